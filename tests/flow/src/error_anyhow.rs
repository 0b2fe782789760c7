//! anyhow: anyhow!, bail!, ensure!, context, with_context, Error::msg, Error::new.

// real: juspay/hyperswitch#1943 (a decoding error echoes the body)
use anyhow::{Context, Result, anyhow, bail, ensure};
use secrecy::{ExposeSecret, SecretString};

pub fn leak_anyhow(s: &SecretString) -> anyhow::Result<()> {
    Err(anyhow!("cannot use {}", s.expose_secret())) //~ LEAK secret_in_error
}

pub fn leak_bail(s: &SecretString) -> Result<()> {
    let text = s.expose_secret();
    if !text.starts_with("sk-") {
        bail!("no such key: {text}"); //~ LEAK secret_in_error
    }
    Ok(()) //~ OK
}

pub fn leak_ensure(s: &SecretString) -> Result<()> {
    ensure!(s.expose_secret().len() > 99, "too short: {:?}", s.expose_secret()); //~ LEAK secret_in_error
    Ok(())
}

pub fn leak_context(s: &SecretString) -> Result<u32> {
    let text = s.expose_secret();
    text.parse::<u32>().context(format!("{text} is no number")) //~ LEAK secret_in_error
}

pub fn leak_with_context(s: &SecretString) -> Result<u32> {
    s.expose_secret().parse().with_context(|| format!("{} is no number", s.expose_secret())) //~ LEAK secret_in_error
}

pub fn leak_message(s: &SecretString) -> Result<()> {
    Err(anyhow::Error::msg(s.expose_secret().to_owned())) //~ LEAK secret_in_error
}

pub fn leak_option_context(s: &SecretString) -> Result<usize> {
    let text = s.expose_secret().to_owned();
    text.find('@').with_context(|| text.clone()) //~ LEAK secret_in_error
}

pub fn ok_messages(s: &SecretString) -> Result<()> {
    ensure!(!s.expose_secret().is_empty(), "the key is empty"); //~ OK
    ensure!(s.expose_secret().len() < 999, "{} bytes are too many", s.expose_secret().len()); //~ OK
    bail!("{s:?} was refused") //~ OK
}

pub fn ok_context(s: &SecretString) -> Result<u32> {
    let user = "ada";
    s.expose_secret().parse().with_context(|| format!("the code of {user} is no number")) //~ OK
}

pub fn ok_passed_on(s: &SecretString) -> Result<String> {
    let text = std::fs::read_to_string("/nonexistent").context("no settings")?; //~ OK
    Ok(format!("{text}{}", s.expose_secret())) //~ OK
}
