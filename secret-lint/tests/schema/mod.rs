//! A validator for the part of JSON Schema (draft 7) that the schema of SARIF uses. A keyword that it does not know is a
//! panic, so that nothing of the schema is passed over.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The schema of SARIF as OASIS publishes it, out of the package `serde-sarif` that cargo has fetched for this test.
pub(crate) static SARIF: LazyLock<Value> = LazyLock::new(|| {
    let metadata = cargo_metadata::MetadataCommand::new()
        .other_options(vec!["--offline".into()])
        .exec()
        .unwrap();
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name == "serde-sarif")
        .unwrap();
    let path = package
        .manifest_path
        .with_file_name("src")
        .join("schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// What is wrong with a value by a schema, each with the place.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Validator {
        root: schema,
        faults: &mut faults,
    }
    .check(schema, value, "");
    faults
}

struct Validator<'a> {
    root: &'a Value,
    faults: &'a mut Vec<String>,
}

impl Validator<'_> {
    fn check(&mut self, schema: &Value, value: &Value, place: &str) {
        for (keyword, rule) in schema.as_object().unwrap() {
            self.check_keyword(keyword, rule, schema.as_object().unwrap(), value, place);
        }
    }

    fn check_keyword(
        &mut self,
        keyword: &str,
        rule: &Value,
        schema: &Map<String, Value>,
        value: &Value,
        place: &str,
    ) {
        let length = value.as_array().map(Vec::len);
        let number = value.as_f64();
        let holds = match keyword {
            "type" => match rule {
                Value::String(name) => is_of_type(value, name),
                names => names
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|name| is_of_type(value, name.as_str().unwrap())),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "required" => value.as_object().is_none_or(|object| {
                rule.as_array()
                    .unwrap()
                    .iter()
                    .all(|name| object.contains_key(name.as_str().unwrap()))
            }),
            "minimum" => number.is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => number.is_none_or(|number| number <= rule.as_f64().unwrap()),
            "minItems" => length.is_none_or(|length| length as u64 >= rule.as_u64().unwrap()),
            "uniqueItems" if rule == false => true,
            "uniqueItems" => value.as_array().is_none_or(|items| {
                items
                    .iter()
                    .enumerate()
                    .all(|(index, item)| !items[..index].contains(item))
            }),
            "anyOf" => self.fitting(rule, value) >= 1,
            "oneOf" => self.fitting(rule, value) == 1,
            "format" => value
                .as_str()
                .is_none_or(|text| is_of_format(text, rule.as_str().unwrap())),
            "pattern" => panic!("{place} has a pattern, which this validator does not know"),
            "$ref" => {
                let target = rule.as_str().unwrap().strip_prefix('#').unwrap();
                self.check(self.root.pointer(target).unwrap(), value, place);
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(rule, item, &format!("{place}/{index}"));
                }
                true
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        self.check(rule, value, &format!("{place}/{name}"));
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, value) in value.as_object().into_iter().flatten() {
                    if known.is_some_and(|known| known.contains_key(name)) {
                        continue;
                    }
                    match rule {
                        Value::Bool(true) => {}
                        Value::Bool(false) => {
                            self.faults.push(format!("{place}/{name}: not known"));
                        }
                        rule => self.check(rule, value, &format!("{place}/{name}")),
                    }
                }
                true
            }
            "$schema" | "$id" | "title" | "description" | "definitions" | "default" => true,
            _ => panic!("`{keyword}` is not known"),
        };
        if !holds {
            self.faults.push(format!("{place}: {keyword}"));
        }
    }

    fn fitting(&self, schemas: &Value, value: &Value) -> usize {
        let fits = |schema: &&Value| {
            let mut faults = Vec::new();
            Validator {
                root: self.root,
                faults: &mut faults,
            }
            .check(schema, value, "");
            faults.is_empty()
        };
        schemas.as_array().unwrap().iter().filter(fits).count()
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => panic!("type `{name}` is not known"),
    }
}

/// Of URIs it asks that they are made of what URIs may be made of.
fn is_of_format(text: &str, name: &str) -> bool {
    match name {
        "uri" | "uri-reference" => text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)),
        _ => panic!("format `{name}` is not known"),
    }
}
