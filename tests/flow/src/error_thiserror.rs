//! thiserror: variants that hold text, #[from], #[source], transparent, hidden fields.

// real: stacks-network/stacks-core#5245 (a bad key is echoed in the parse error)
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

#[derive(Debug, Error)]
enum LoginError {
    #[error("refused {0}")] // alt=refused //~ ANY
    Refused(String), // alt=refused //~ ANY
    #[error("too short: {length}")]
    Short { length: usize },
    #[error("bad code for {user}")]
    Bad { user: String, code: String }, // alt=bad //~ ANY
    #[error(transparent)]
    Number(#[from] std::num::ParseIntError),
    #[error("cannot read it")]
    Io(#[from] std::io::Error),
}

pub fn leak_tuple_variant(s: &SecretString) -> Result<(), Box<dyn std::error::Error>> {
    Err(LoginError::Refused(s.expose_secret().to_owned()))? // id=refused //~ LEAK secret_in_error
}

fn check(code: &str) -> Result<(), LoginError> {
    if code.len() < 99 {
        return Err(LoginError::Bad { user: "ada".into(), code: code.into() }); // id=bad //~ LEAK secret_in_error
    }
    Err(LoginError::Short { length: code.len() }) //~ OK
}

pub fn leak_struct_variant(s: &SecretString) -> Result<(), Box<dyn std::error::Error>> {
    check(s.expose_secret())?; // alt=bad //~ ANY
    Ok(())
}

pub fn leak_mapped(s: &SecretString) -> Result<u32, Box<dyn std::error::Error>> {
    let text = s.expose_secret();
    Ok(text.parse::<u32>().map_err(|_| LoginError::Refused(format!("code {text}")))?) // id=refused //~ LEAK secret_in_error
}

#[derive(Debug, Error)]
#[error("cannot parse `{text}`")] // alt=parse //~ ANY
struct ParseError {
    text: String, // alt=parse //~ ANY
    #[source]
    cause: std::num::ParseIntError,
}

pub fn leak_struct(s: &SecretString) -> Result<u32, Box<dyn std::error::Error>> {
    let text = s.expose_secret();
    let number = text.parse::<u32>().map_err(|cause| ParseError { text: text.into(), cause })?; // id=parse //~ LEAK secret_in_error
    Ok(number)
}

pub fn ok_variants(s: &SecretString) -> Result<u32, Box<dyn std::error::Error>> {
    let text = s.expose_secret();
    if text.len() > 99 {
        Err(LoginError::Short { length: text.len() })?; //~ OK
    }
    if text.is_empty() {
        Err(LoginError::Refused("empty".into()))?; //~ OK
    }
    Ok(text.parse::<u32>().map_err(LoginError::Number)?) //~ OK
}

fn number(s: &SecretString) -> Result<u32, LoginError> {
    let file = std::fs::File::open("/dev/null")?; //~ OK
    Ok(s.expose_secret().parse::<u32>()?) //~ OK
}

#[derive(Debug, Error)]
#[error("{key:?} was refused")]
struct Refused {
    key: SecretString,
}

pub fn ok_typed(s: &SecretString) -> Result<u32, Box<dyn std::error::Error>> {
    if let Ok(number) = number(s) {
        return Ok(number);
    }
    Err(Refused { key: s.clone() })? //~ OK
}
