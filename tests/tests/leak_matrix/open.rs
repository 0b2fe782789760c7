//! What types do not close: the secret is taken out as a plain reference. These are left to the flow check.
//!
//! Each is driven, so that one which is closed some day is noticed.

use std::collections::BTreeMap;
use std::ffi::CString;

use secret_core::secrecy;

use crate::canary::secret;
use crate::channel::output_of;

type Open = (&'static str, fn() -> String);

pub(crate) const CHANNELS: &[Open] = &[
    ("&*key.expose_secret() in a format string", || {
        format!("key={}", &*secret().expose_secret())
    }),
    (
        "let text: &str = &key.expose_secret(), printed later",
        || {
            let key = secret();
            let open = key.expose_secret();
            let text: &str = &open;
            format!("key={text}")
        },
    ),
    ("text.push_str(&key.expose_secret())", || {
        let mut line = String::from("Bearer ");
        line.push_str(&secret().expose_secret());
        line
    }),
    ("text + &key.expose_secret()", || {
        String::from("Bearer ") + &secret().expose_secret()
    }),
    ("a method of the value that makes text", || {
        secret().expose_secret().to_lowercase()
    }),
    ("characters and slices of the value", || {
        format!(
            "{:?}",
            secret()
                .expose_secret()
                .chars()
                .take(12)
                .collect::<String>()
        )
    }),
    ("result.expect(&key.expose_secret())", || {
        std::panic::set_hook(Box::new(|_| {}));
        let caught = std::panic::catch_unwind(|| {
            let key = secret();
            let open = key.expose_secret();
            "x".parse::<u16>().expect(&open)
        });
        drop(std::panic::take_hook());
        *caught.unwrap_err().downcast::<String>().unwrap()
    }),
    ("CString::new(&*key.expose_secret()), its NulError", || {
        let key = secret_core::SecretString::from(format!("{}\0", crate::canary::CANARY));
        let error = CString::new(&*key.expose_secret()).unwrap_err();
        format!("{error:?}")
    }),
    ("URL query by `impl AsRef<str>`", || {
        let key = secret();
        let query = [("token", key.expose_secret())];
        url::Url::parse_with_params("https://host", query)
            .unwrap()
            .to_string()
    }),
    ("Command::arg(&*key.expose_secret())", || {
        output_of(std::process::Command::new("echo").arg(&*secret().expose_secret()))
    }),
    ("secrecy's `ExposeSecret`, once imported", || {
        secrecy::ExposeSecret::expose_secret(&secret()).to_owned()
    }),
    ("declassify with a reason", || {
        let key = secret();
        let open = key.expose_secret().declassify("to show that it opens");
        format!("{:?}", BTreeMap::from([("key", open)]))
    }),
];
