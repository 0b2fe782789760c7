//! JSON Schema: a secret is `format: password` and `writeOnly: true`, so that forms hide it and answers leave it out.

use alloc::borrow::Cow;
use alloc::format;

use ::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use zeroize::Zeroize;

use crate::redacted::Redacted;
use crate::secret::{Secret, SecretBytes, SecretString};

/// Marks the schema of what is inside.
fn hidden(mut schema: Schema) -> Schema {
    schema.insert("format".into(), "password".into());
    schema.insert("writeOnly".into(), true.into());
    schema
}

macro_rules! schema {
    ($({$($generics:tt)*} $type:ty, $name:expr, $generator:ident => $inside:expr;)*) => { $(
        impl<$($generics)*> JsonSchema for $type {
            /// The marks belong to the property, not to a definition that others share.
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                hidden($inside)
            }
        }
    )* };
}

schema! {
    {} SecretString, "SecretString".into(), _generator => json_schema!({ "type": "string" });
    {} SecretBytes, "SecretBytes".into(), _generator => json_schema!({
        "type": ["string", "array"],
        "items": { "type": "integer", "minimum": 0, "maximum": 255 },
    });
    {T: JsonSchema + Zeroize} Secret<T>, format!("Secret_{}", T::schema_name()).into(),
        generator => generator.subschema_for::<T>();
    {T: JsonSchema} Redacted<T>, format!("Redacted_{}", T::schema_name()).into(),
        generator => generator.subschema_for::<T>();
}
