//! No error of a real format echoes what stood where a secret was expected.

use std::error::Error;
use std::fmt::Debug;

use figment::providers::Format as _;
use secret_core::serde::quiet;
use secret_core::{Redacted, Secret, SecretBytes, SecretString};
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};

const CANARY: &str = "hunter2-correct-horse";

/// Pieces of the canaries below that no error may hold.
const CANARY_PIECES: &[&str] = &["hunter2", "correct", "4711", "815"];

/// Values that are wrong for one secret type or another; one line is valid in JSON, YAML and TOML.
const VALUES: &[&str] = &[
    "\"hunter2-correct-horse\"",
    "\"hunter2-correct\\u002dhorse\"",
    "47110",
    "4711008150",
    "-4711008150",
    "471100.815",
    "true",
    "[\"hunter2-correct-horse\"]",
    "[47110, 47110]",
    "[]",
];

/// A map, which TOML writes in another way.
const JSON_MAP: &str = "{\"hunter2\": \"correct-horse\"}";
const TOML_MAP: &str = "{ hunter2 = \"correct-horse\" }";

trait Format {
    const NAME: &str;
    const MAP: &str = JSON_MAP;

    /// Writes a document with one entry.
    fn entry(name: &str, value: &str) -> String {
        format!("{name}: {value}\n")
    }

    fn parse<T: DeserializeOwned>(document: &str) -> Result<T, Box<dyn Error>>;
}

struct Json;
struct Yaml;
struct Toml;
struct Figment;
struct Config;

impl Format for Json {
    const NAME: &str = "serde_json";

    fn entry(name: &str, value: &str) -> String {
        format!("{{\"{name}\": {value}}}")
    }

    fn parse<T: DeserializeOwned>(document: &str) -> Result<T, Box<dyn Error>> {
        Ok(serde_json::from_str(document)?)
    }
}

impl Format for Yaml {
    const NAME: &str = "serde_norway";

    fn parse<T: DeserializeOwned>(document: &str) -> Result<T, Box<dyn Error>> {
        Ok(serde_norway::from_str(document)?)
    }
}

/// The errors of `toml` quote the document by themselves; `quiet` is the remedy.
impl Format for Toml {
    const NAME: &str = "toml under `quiet`";
    const MAP: &str = TOML_MAP;

    fn entry(name: &str, value: &str) -> String {
        format!("{name} = {value}\n")
    }

    fn parse<T: DeserializeOwned>(document: &str) -> Result<T, Box<dyn Error>> {
        Ok(quiet(toml::from_str(document))?)
    }
}

impl Format for Figment {
    const NAME: &str = "figment";
    const MAP: &str = TOML_MAP;

    fn entry(name: &str, value: &str) -> String {
        Toml::entry(name, value)
    }

    fn parse<T: DeserializeOwned>(document: &str) -> Result<T, Box<dyn Error>> {
        let document = figment::providers::Toml::string(document);
        Ok(figment::Figment::from(document).extract()?)
    }
}

impl Format for Config {
    const NAME: &str = "config";
    const MAP: &str = TOML_MAP;

    fn entry(name: &str, value: &str) -> String {
        Toml::entry(name, value)
    }

    fn parse<T: DeserializeOwned>(document: &str) -> Result<T, Box<dyn Error>> {
        let document = config::File::from_str(document, config::FileFormat::Toml);
        let config = config::Config::builder().add_source(document).build()?;
        Ok(config.try_deserialize()?)
    }
}

/// All forms in which an error is printed: `Display`, `Debug`, and those of its sources.
fn every_form(error: &(dyn Error + 'static)) -> String {
    let forms: Vec<_> = std::iter::successors(Some(error), |&error| error.source())
        .map(|error| format!("{error}\n{error:?}\n{error:#?}"))
        .collect();
    forms.join("\n")
}

#[track_caller]
fn assert_quiet(format: &str, error: &(dyn Error + 'static)) {
    let text = every_form(error);
    for piece in CANARY_PIECES {
        assert!(
            !text.contains(piece),
            "{format}: the error echoes its input: {text}"
        );
    }
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Holder<T> {
    value: T,
}

/// Reads every value as a `T` and returns how many were refused, each without an echo. A format may be lenient: YAML
/// gives the number `4711` to who asks for text.
fn refusals<F: Format, T: DeserializeOwned>() -> usize {
    VALUES
        .iter()
        .chain([&F::MAP])
        .filter_map(|value| F::parse::<Holder<T>>(&F::entry("value", value)).err())
        .inspect(|error| assert_quiet(F::NAME, &**error))
        .count()
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its errors are looked at")]
enum Level {
    Low,
}

impl secret_core::zeroize::Zeroize for Level {
    fn zeroize(&mut self) {}
}

/// A secret read through one of the modules for `#[serde(with = …)]`.
macro_rules! read_with {
    ($name:ident, $module:literal, $type:ty) => {
        #[derive(Deserialize)]
        #[serde(transparent)]
        #[allow(dead_code, reason = "only its errors are looked at")]
        struct $name(#[serde(with = $module)] $type);
    };
}

read_with!(Array, "secret_core::serde::array", Secret<[u8; 16]>);
read_with!(Hex, "secret_core::serde::hex", SecretBytes);
read_with!(HexArray, "secret_core::serde::hex", Secret<[u8; 16]>);
read_with!(Base64, "secret_core::serde::base64", SecretBytes);
read_with!(Base64Array, "secret_core::serde::base64", Secret<[u8; 16]>);
read_with!(
    MaybeBase64,
    "secret_core::serde::base64",
    Option<SecretBytes>
);
read_with!(Base64Url, "secret_core::serde::base64url", SecretString);

fn no_type_echoes_in<F: Format>() {
    let refused = [
        ("SecretString", refusals::<F, SecretString>()),
        ("SecretBytes", refusals::<F, SecretBytes>()),
        ("Secret<String>", refusals::<F, Secret<String>>()),
        ("Secret<u8>", refusals::<F, Secret<u8>>()),
        ("Secret<u16>", refusals::<F, Secret<u16>>()),
        ("Secret<i64>", refusals::<F, Secret<i64>>()),
        ("Secret<bool>", refusals::<F, Secret<bool>>()),
        ("Secret<[u8; 16]>", refusals::<F, Secret<[u8; 16]>>()),
        ("Secret<Vec<u8>>", refusals::<F, Secret<Vec<u8>>>()),
        ("Secret<Level>", refusals::<F, Secret<Level>>()),
        ("Redacted<char>", refusals::<F, Redacted<char>>()),
        (
            "Option<SecretString>",
            refusals::<F, Option<SecretString>>(),
        ),
        ("array", refusals::<F, Array>()),
        ("hex", refusals::<F, Hex>()),
        ("hex, array", refusals::<F, HexArray>()),
        ("base64", refusals::<F, Base64>()),
        ("base64, array", refusals::<F, Base64Array>()),
        ("base64, option", refusals::<F, MaybeBase64>()),
        ("base64url", refusals::<F, Base64Url>()),
    ];
    for (name, refused) in refused {
        println!("{}: {name}: {refused} wrong values refused", F::NAME);
        assert!(refused > 0, "{}: {name} takes everything", F::NAME);
    }
}

#[test]
fn a_secret_that_is_not_there_is_named() {
    fn missing<T: DeserializeOwned>() -> String {
        let result = serde_json::from_str::<Holder<T>>("{}");
        result.err().expect("the field is required").to_string()
    }
    for error in [
        missing::<SecretString>(),
        missing::<SecretBytes>(),
        missing::<Secret<u16>>(),
        missing::<Array>(),
    ] {
        assert!(error.starts_with("missing field `value`"), "{error}");
    }
}

#[test]
fn json_echoes_nothing() {
    no_type_echoes_in::<Json>();
}

#[test]
fn yaml_echoes_nothing() {
    no_type_echoes_in::<Yaml>();
}

#[test]
fn toml_under_quiet_echoes_nothing() {
    no_type_echoes_in::<Toml>();
}

#[test]
fn figment_echoes_nothing() {
    no_type_echoes_in::<Figment>();
}

#[test]
fn config_echoes_nothing() {
    no_type_echoes_in::<Config>();
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Service {
    key: SecretString,
    port: u16,
}

/// A parser's error about another field, and what `quiet` leaves of it.
fn unrelated_field<E: Error + Debug + 'static>(
    parse: impl Fn(&str) -> Result<Service, E>,
    document: &str,
) -> String {
    let loud = parse(document).expect_err("the port is wrong");
    assert!(
        every_form(&loud).contains("4711"),
        "control: the format echoes"
    );
    let error = quiet(parse(document)).expect_err("the port is wrong");
    assert_quiet("quiet", &error);
    error.to_string()
}

#[test]
fn quiet_keeps_the_place_and_nothing_else() {
    let text = format!("{{\n\"key\": \"{CANARY}\",\n\"port\": \"4711\"}}");
    let message = unrelated_field(|text| serde_json::from_str(text), &text);
    assert_eq!(message, "the document is not valid (line 3, column 14)");

    let text = format!("key = \"{CANARY}\"\nport = \"4711\"\n");
    let message = unrelated_field(|text| toml::from_str(text), &text);
    assert_eq!(message, "the document is not valid (line 2, column 8)");

    let text = format!("key: \"{CANARY}\"\nport: \"4711\"\n");
    let message = unrelated_field(|text| serde_norway::from_str(text), &text);
    assert_eq!(message, "the document is not valid (line 2, column 7)");
}

#[test]
fn an_error_says_what_was_expected_and_where() {
    fn message<T: DeserializeOwned>(value: &str) -> String {
        let error = Json::parse::<Holder<T>>(&Json::entry("value", value)).err();
        error.expect("it is refused").to_string()
    }
    for (message, expected) in [
        (
            message::<SecretString>("4711"),
            "expected a secret as text (in quotes) at line 1",
        ),
        (
            message::<Secret<u16>>("\"x\""),
            "the secret is not a valid `u16` at line 1",
        ),
        (
            message::<Secret<[u8; 16]>>("[1]"),
            "the secret is not a valid `[u8; 16]` at line 1",
        ),
        (
            message::<Array>("[1]"),
            "expected a secret of exactly 16 bytes",
        ),
        (
            message::<Array>("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"),
            "expected a secret of exactly 16 bytes",
        ),
        (
            message::<HexArray>("\"00\""),
            "the secret does not have exactly 16 bytes",
        ),
        (
            message::<Base64Array>("\"AAAA\""),
            "the secret does not have exactly 16 bytes",
        ),
        (message::<Hex>("\"0\""), "the secret is not valid hex"),
        (message::<Base64>("\"!\""), "the secret is not valid base64"),
        (
            message::<MaybeBase64>("\"!\""),
            "the secret is not valid base64",
        ),
        (
            message::<MaybeBase64>("1"),
            "expected a secret as text (in quotes)",
        ),
        (
            message::<Base64Url>("\"/w==\""),
            "the secret is not valid URL-safe base64",
        ),
        (
            message::<Base64Url>("\"_w==\""),
            "the secret is not valid UTF-8",
        ),
        (
            message::<SecretString>("\"[REDACTED]\""),
            "give the secret itself",
        ),
        (
            message::<SecretBytes>("\"[REDACTED]\""),
            "give the secret itself",
        ),
        (
            message::<Secret<String>>("\"[REDACTED]\""),
            "give the secret itself",
        ),
        (
            message::<Redacted<Option<String>>>("\"[REDACTED]\""),
            "give the secret itself",
        ),
    ] {
        assert!(
            message.starts_with(expected) || message.contains(expected),
            "{message}"
        );
        assert_eq!(message.matches(" at line ").count(), 1, "{message}");
    }
}

/// Formats such as query strings hand a bare value to who asks for an option.
#[test]
fn a_bare_value_in_place_of_an_option_is_not_echoed() {
    let bare: StrDeserializer<'_, serde::de::value::Error> = CANARY.into_deserializer();
    let error = MaybeBase64::deserialize(bare).err().expect("it is refused");
    assert_quiet("serde", &error);
}

#[test]
fn a_secret_is_read_whole() {
    let key: SecretString = serde_json::from_str(&format!("\"{CANARY}\\u0021\"")).unwrap();
    assert!(key == format!("{CANARY}!"));
    let bytes: SecretBytes = serde_json::from_str("[1, 2, 3]").unwrap();
    assert!(bytes == [1, 2, 3]);
    let Array(key) = serde_json::from_str("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]").unwrap();
    assert!(*key.expose_secret() == std::array::from_fn(|index| u8::try_from(index).unwrap()));
    let MaybeBase64(nothing) = serde_json::from_str("null").unwrap();
    assert!(nothing.is_none());
    for text in ["\"+/8=\"", "\"+/8\""] {
        let Base64(key) = serde_json::from_str(text).unwrap();
        assert!(key == [0xfb, 0xff]);
    }
}
