//! What would hide a field: a secret type for it, or a `Debug` of its type that does not show it.

use crate::mir::Span;
use crate::report::{Applicability, Edit, Suggestion};
use crate::source::tokens::tokens;
use crate::source::words::looks_secret;

use super::super::SourceText;
use super::super::source::{offset_of, position_of};
use super::declaration::{self, Field};
use super::names::{Verdict, verdict};

/// Types that `Redact` shows without being told to.
const SHOWN: &[&str] = &[
    "bool",
    "char",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "Duration",
    "SecretString",
    "SecretBytes",
];

/// For a field that `of_trait`, which the derive writes, shows.
pub(super) fn of_field(
    texts: &dyn SourceText,
    field: &Span,
    derive: &Span,
    of_trait: &str,
) -> Vec<Suggestion> {
    let Some(text) = texts.text(&field.file) else {
        return Vec::new();
    };
    let redacting = (of_trait == "Debug" && derive.file == field.file)
        .then(|| redacting(&text, field, derive))
        .flatten();
    secret_type(&text, field, derive)
        .into_iter()
        .chain(redacting)
        .collect()
}

/// `String` becomes `SecretString`, which whatever fills or reads the field has to be changed for.
fn secret_type(text: &str, field: &Span, derive: &Span) -> Option<Suggestion> {
    let range = offset_of(text, field.start)?..offset_of(text, field.end)?;
    let declared = text.get(range.clone())?;
    let (_, ty) = declared.rsplit_once(':')?;
    let ty: String = ty.split_whitespace().collect();
    let at = declared.rfind("String")?;
    let is_path = declared[..at].trim_end().ends_with("::");
    if is_path || !matches!(&*ty, "String" | "Option<String>") {
        return None;
    }
    let start = range.start + at;
    Some(Suggestion {
        message: "make the field a `SecretString`".to_owned(),
        edits: vec![Edit {
            span: span(text, derive, start, start + "String".len()),
            replacement: "SecretString".to_owned(),
        }],
        applicability: Applicability::MaybeIncorrect,
    })
}

/// `Debug` becomes `Redact`, and each field that is a secret by its name is marked. It is sure where the derive decides on
/// every other field as well, and where its name is known.
fn redacting(text: &str, field: &Span, derive: &Span) -> Option<Suggestion> {
    let (fields, has_parameters) = declaration::fields_of_struct(text, derive)?;
    let shown_at = offset_of(text, field.start)?;
    let is_marked = |of: &Field<'_>| {
        of.start == shown_at || (is_text(of) && verdict(of.name) == Verdict::Secret)
    };
    let is_decided = |of: &Field<'_>| {
        matches!(of.ty.as_slice(), [ty] if SHOWN.contains(ty))
            && (!looks_secret(of.name) || of.ty[0].starts_with("Secret"))
    };
    let is_sure = !has_parameters
        && fields.iter().all(|of| is_marked(of) || is_decided(of))
        && is_plain_derive(text, derive)
        && knows_redact(text);
    let mut edits = vec![Edit {
        span: derive.clone(),
        replacement: "Redact".to_owned(),
    }];
    edits.extend(fields.iter().filter(|of| is_marked(of)).map(|of| Edit {
        span: span(text, derive, of.start, of.start),
        replacement: format!("#[redact]{}", space_before(text, of.start)),
    }));
    Some(Suggestion {
        message: "derive `Redact` in place of `Debug`".to_owned(),
        edits,
        applicability: if is_sure {
            Applicability::MachineApplicable
        } else {
            Applicability::MaybeIncorrect
        },
    })
}

fn is_text(field: &Field<'_>) -> bool {
    matches!(
        field.ty.as_slice(),
        ["String"] | ["Option", "<", "String", ">"]
    )
}

/// A line of its own for an attribute where the field has one.
fn space_before(text: &str, at: usize) -> String {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = &text[line..at];
    if indent.trim().is_empty() {
        format!("\n{indent}")
    } else {
        " ".to_owned()
    }
}

/// Whether the derive is always there: `#[cfg_attr(test, derive(Debug))]` is not.
fn is_plain_derive(text: &str, derive: &Span) -> bool {
    let before = offset_of(text, derive.start).and_then(|at| text.get(..at));
    let attribute = before.and_then(|before| Some(&before[before.rfind("#[")? + 2..]));
    attribute.is_some_and(|attribute| attribute.trim_start().starts_with("derive"))
}

/// Whether the file imports `Redact`.
fn knows_redact(text: &str) -> bool {
    let mut is_import = false;
    tokens(text).any(|token| {
        match &text[token.range] {
            "use" => is_import = true,
            ";" => is_import = false,
            "Redact" => return is_import,
            _ => {}
        }
        false
    })
}

fn span(text: &str, derive: &Span, start: usize, end: usize) -> Span {
    Span {
        file: derive.file.clone(),
        start: position_of(text, start),
        end: position_of(text, end),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    struct One(&'static str);

    impl SourceText for One {
        fn text(&self, _file: &str) -> Option<Arc<str>> {
            Some(self.0.into())
        }
    }

    /// What the suggestions make of a text, and how sure they are, for the field that is `declared` so.
    fn applied(text: &'static str, declared: &str, of_trait: &str) -> Vec<(String, Applicability)> {
        let place = |part: &str| {
            let at = text.find(part).unwrap();
            Span {
                file: "a.rs".into(),
                start: position_of(text, at),
                end: position_of(text, at + part.len()),
            }
        };
        let found = of_field(&One(text), &place(declared), &place(of_trait), of_trait);
        let apply = |suggestion: Suggestion| {
            let mut changed = text.to_owned();
            for edit in suggestion.edits.iter().rev() {
                let (start, end) = (edit.span.start, edit.span.end);
                let range = offset_of(text, start).unwrap()..offset_of(text, end).unwrap();
                changed.replace_range(range, &edit.replacement);
            }
            (changed, suggestion.applicability)
        };
        found.into_iter().map(apply).collect()
    }

    const SURE: &str = "use secret_core::{Redact, SecretString};

#[derive(Clone, Debug)]
pub struct Login {
    port: u16,
    old: SecretString,
    /// Of the user.
    #[serde(default)]
    pub password: String,
    api_key: Option<String>,
}
";

    #[test]
    fn a_struct_whose_fields_are_all_decided_on_is_changed_for_sure() {
        let [ty, derive] = &applied(SURE, "pub password: String", "Debug")[..] else {
            panic!()
        };
        assert_eq!(ty.1, Applicability::MaybeIncorrect);
        assert_eq!(
            ty.0,
            SURE.replace("password: String", "password: SecretString")
        );
        assert_eq!(derive.1, Applicability::MachineApplicable);
        assert_eq!(
            derive.0,
            SURE.replace("Debug", "Redact")
                .replace("    pub password", "    #[redact]\n    pub password")
                .replace("    api_key", "    #[redact]\n    api_key")
        );
        let other = applied(SURE, "api_key: Option<String>", "Debug");
        assert_eq!(other[1], *derive);
        assert!(other[0].0.contains("api_key: Option<SecretString>"));
    }

    #[test]
    fn what_somebody_has_to_decide_on_is_not_sure() {
        for text in [
            "#[derive(Debug)]\nstruct A { password: String }",
            "use x::Redact;\n#[derive(Debug)]\nstruct A { password: String, user: String }",
            "use x::Redact;\n#[derive(Debug)]\nstruct A { password: String, pin: u32 }",
            "use x::Redact;\n#[derive(Debug)]\nstruct A<T> { password: String, of: PhantomData<T> }",
            "use x::Redact;\n#[cfg_attr(test, derive(Debug))]\nstruct A { password: String }",
        ] {
            let found = applied(text, "password: String", "Debug");
            assert_eq!(found.len(), 2, "{text}");
            assert!(
                found
                    .iter()
                    .all(|(_, sure)| *sure == Applicability::MaybeIncorrect),
                "{text}"
            );
            assert!(found[1].0.contains("{ #[redact] password"), "{found:?}");
        }
    }

    #[test]
    fn there_is_none_where_it_would_not_help() {
        let of = |text, declared, of_trait| applied(text, declared, of_trait).len();
        let text = "#[derive(Serialize)]\nstruct A { password: String }";
        assert_eq!(of(text, "password: String", "Serialize"), 1);
        let text = "#[derive(Debug)]\nenum A { B { password: String } }";
        assert_eq!(of(text, "password: String", "Debug"), 1);
        let text = "#[derive(Serialize)]\nstruct A { password: std::string::String }";
        assert_eq!(of(text, "password: std::string::String", "Serialize"), 0);
        let text = "#[derive(Serialize)]\nstruct A { passwords: Vec<String> }";
        assert_eq!(of(text, "passwords: Vec<String>", "Serialize"), 0);
    }
}
