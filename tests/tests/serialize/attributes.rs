//! Serde's own attributes on fields.

use std::fmt;
use std::time::Duration;

use secret_core::{Redact, Secret, SecretBytes, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::nested::Foreign;
use crate::{RedactedView, RevealedView, Views, assert_json, canary, secret, views};

mod millis {
    use super::{Deserialize, Deserializer, Duration, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        value: &Duration,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_millis().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

/// Generic in what it takes, so that it must be given the field itself and no wrapper of it.
mod text {
    use super::{Deserialize, Deserializer, Serializer, fmt};
    use std::str::FromStr;

    pub(super) trait Plain: fmt::Display {}
    impl Plain for u32 {}

    pub(super) fn serialize<T: Plain, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom("not a number"))
    }
}

/// A user's own way to write a secret.
mod reversed {
    use super::{Deserialize, Deserializer, SecretString, Serializer};

    pub(super) fn serialize<S: Serializer>(
        value: &SecretString,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&value.expose_secret().chars().rev().collect::<String>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<SecretString, D::Error> {
        Ok(String::deserialize(deserializer)?
            .chars()
            .rev()
            .collect::<String>()
            .into())
    }

    pub(super) fn foreign<S: Serializer>(
        value: &super::Foreign,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(value.0)
    }

    pub(super) mod pair {
        use super::{Deserialize, Deserializer, SecretString, Serializer};

        pub(in super::super) fn serialize<S: Serializer>(
            value: &(u16, SecretString),
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            super::serialize(&value.1, serializer)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<(u16, SecretString), D::Error> {
            let text = String::deserialize(deserializer)?;
            Ok((1, text.chars().rev().collect::<String>().into()))
        }
    }
}

#[derive(Redact, Deserialize, PartialEq)]
#[redact(serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Attributes {
    #[serde(rename = "KEY", alias = "key")]
    api_key: Option<SecretString>,
    #[serde(rename(serialize = "written", deserialize = "written"))]
    renamed_both_ways: u16,
    some_number: u16,
    #[serde(skip)]
    skipped: u16,
    #[serde(skip_serializing, default)]
    not_written: Option<SecretString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spare_key: Option<SecretString>,
    #[serde(skip_serializing_if = "Vec::is_empty", default = "Vec::new")]
    #[redact]
    old_keys: Vec<String>,
    #[serde(with = "millis")]
    timeout: Duration,
    #[serde(
        serialize_with = "text::serialize",
        deserialize_with = "text::deserialize"
    )]
    number: u32,
    #[serde(with = "millis")]
    #[redact]
    hidden: Duration,
    #[serde(with = "secret_core::serde::base64")]
    base64: SecretBytes,
    #[serde(with = "secret_core::serde::hex")]
    #[redact(safe)]
    hex: SecretBytes,
    #[serde(with = "reversed")]
    reversed: SecretString,
    #[serde(with = "reversed::pair")]
    pair: (u16, SecretString),
    #[serde(with = "reversed::pair")]
    #[redact(safe)]
    safe_pair: (u16, SecretString),
    #[serde(with = "millis")]
    #[redact(safe)]
    safe_timeout: Duration,
    #[serde(serialize_with = "reversed::foreign")]
    #[redact(safe)]
    foreign: Foreign,
}

views!(Attributes);

fn attributes() -> Attributes {
    Attributes {
        api_key: Some(secret()),
        renamed_both_ways: 1,
        some_number: 2,
        timeout: Duration::from_secs(2),
        hidden: Duration::from_secs(3),
        number: 7,
        base64: vec![1, 2, 3].into(),
        hex: vec![1, 255].into(),
        reversed: String::from("abc").into(),
        pair: (1, String::from("abc").into()),
        safe_pair: (1, String::from("abc").into()),
        safe_timeout: Duration::from_secs(4),
        foreign: Foreign(7),
        skipped: 0,
        not_written: None,
        spare_key: None,
        old_keys: Vec::new(),
    }
}

#[test]
fn attributes_of_serde_hold() {
    let mut attributes = attributes();
    assert_json(
        &attributes,
        concat!(
            r#"{"KEY":"[REDACTED]","written":1,"someNumber":2,"timeout":2000,"number":"7","hidden":"[REDACTED]","#,
            r#""base64":"[REDACTED]","hex":"[REDACTED]","reversed":"[REDACTED]","#,
            r#""pair":[1,"[REDACTED]"],"safePair":[1,"[REDACTED]"],"safeTimeout":4000,"foreign":7}"#,
        ),
        concat!(
            r#"{"KEY":"hunter2-correct-horse","written":1,"someNumber":2,"timeout":2000,"number":"7","hidden":3000,"#,
            r#""base64":"AQID","hex":"01ff","reversed":"cba","#,
            r#""pair":"cba","safePair":"cba","safeTimeout":4000,"foreign":7}"#,
        ),
    );
    attributes.spare_key = Some(secret());
    attributes.old_keys = vec![canary()];
    let redacted = serde_json::to_string(&attributes.redacted()).unwrap();
    assert!(
        redacted.contains(r#""spareKey":"[REDACTED]","oldKeys":["[REDACTED]"]"#),
        "{redacted}"
    );
    attributes.skipped = 1;
    attributes.not_written = Some(secret());
    let revealed =
        serde_json::to_string(&attributes.revealed("the test looks for a field")).unwrap();
    assert!(
        !revealed.contains("skipped") && !revealed.contains("notWritten"),
        "{revealed}"
    );
}

#[test]
fn redacted_output_is_refused_as_input() {
    let redacted = serde_json::to_string(&attributes().redacted()).unwrap();
    let error = serde_json::from_str::<Attributes>(&redacted)
        .unwrap_err()
        .to_string();
    assert!(error.contains("give the secret itself"), "{error}");
}

#[derive(PartialEq, Redact, Deserialize)]
#[redact(serialize)]
struct Encoded {
    #[serde(with = "secret_core::serde::base64")]
    seed: Secret<[u8; 3]>,
    #[serde(with = "secret_core::serde::base64url", default)]
    token: Option<SecretString>,
    #[serde(with = "secret_core::serde::hex", default)]
    old_key: Option<SecretBytes>,
    #[serde(with = "secret_core::serde::array")]
    pin: Secret<[u8; 2]>,
}

views!(Encoded);

#[test]
fn encoded_secrets_are_read_as_they_are_written() {
    assert_json(
        &Encoded {
            seed: Secret::new(Box::new([1, 2, 3])),
            token: Some(String::from("a?>").into()),
            old_key: None,
            pin: Secret::new(Box::new([4, 7])),
        },
        r#"{"seed":"[REDACTED]","token":"[REDACTED]","old_key":null,"pin":"[REDACTED]"}"#,
        r#"{"seed":"AQID","token":"YT8-","old_key":null,"pin":[4,7]}"#,
    );
}
