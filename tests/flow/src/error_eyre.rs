//! eyre: eyre!, bail!, ensure!, wrap_err, wrap_err_with.

use eyre::{Result, WrapErr, bail, ensure, eyre};
use secrecy::{ExposeSecret, SecretString};

pub fn leak_eyre(s: &SecretString) -> Result<()> {
    Err(eyre!("cannot use {}", s.expose_secret())) //~ LEAK secret_in_error
}

pub fn leak_bail(s: &SecretString) -> Result<()> {
    bail!("refused {}", s.expose_secret()) //~ LEAK secret_in_error
}

pub fn leak_ensure(s: &SecretString) -> Result<()> {
    let text = s.expose_secret();
    ensure!(text.len() > 99, "too short: {text}"); //~ LEAK secret_in_error
    Ok(())
}

pub fn leak_wrap(s: &SecretString) -> Result<u32> {
    let text = s.expose_secret();
    text.parse::<u32>().wrap_err(text.to_owned()) //~ LEAK secret_in_error
}

pub fn leak_wrap_with(s: &SecretString) -> Result<u32> {
    s.expose_secret().parse::<u32>().wrap_err_with(|| format!("no number: {}", s.expose_secret())) //~ LEAK secret_in_error
}

pub fn leak_message(s: &SecretString) -> Result<()> {
    Err(eyre::Report::msg(s.expose_secret().to_uppercase())) //~ LEAK secret_in_error
}

pub fn ok_messages(s: &SecretString) -> Result<()> {
    ensure!(s.expose_secret().is_ascii(), "not ASCII"); //~ OK
    ensure!(s.expose_secret().len() > 99, "too short: {}", s.expose_secret().len()); //~ OK
    bail!("refused {s:?}") //~ OK
}

pub fn ok_wrapped(s: &SecretString) -> Result<u32> {
    let number = s.expose_secret().parse::<u32>().wrap_err("the code is no number")?; //~ OK
    Ok(number + 1) //~ OK
}
