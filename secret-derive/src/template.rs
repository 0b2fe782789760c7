//! The template of `#[redact(display = "…")]`: text with `{field}` in it.

use syn::LitStr;

use crate::fault::Faults;

pub(crate) struct Template {
    /// The template for `format_args!`, in which each `{field}` has become the position of its value.
    pub(crate) format: String,
    /// The values, in order of position.
    pub(crate) values: Vec<Placeholder>,
}

pub(crate) struct Placeholder {
    /// Which field, by its position in the type.
    pub(crate) field: usize,
    /// `{field:?}`: what `Debug` shows of it.
    pub(crate) debug: bool,
}

impl Template {
    /// Reads a template for a type with these fields; what is wrong with it is added to the faults.
    pub(crate) fn parse(literal: &LitStr, fields: &[String], faults: &mut Faults) -> Option<Self> {
        let text = literal.value();
        let mut template = Self {
            format: String::new(),
            values: Vec::new(),
        };
        let mut sound = true;
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            template.format.push_str(before);
            if let Some(after) = ["{{", "}}"].iter().find_map(|b| from.strip_prefix(b)) {
                template.format.push_str(&from[..2]);
                rest = after;
                continue;
            }
            let Some((inside, after)) =
                from.strip_prefix('{').and_then(|from| from.split_once('}'))
            else {
                faults.add(literal.span(), unpaired(&from[..1]));
                return None;
            };
            if let Err(message) = template.push(inside, fields) {
                faults.add(literal.span(), message);
                sound = false;
            }
            rest = after;
        }
        template.format.push_str(rest);
        sound.then_some(template)
    }

    /// Adds what stands between two braces.
    fn push(&mut self, inside: &str, fields: &[String]) -> Result<(), String> {
        let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
        let name = name.trim();
        let Some(field) = fields.iter().position(|field| field == name) else {
            return Err(unknown(name, fields));
        };
        if !is_format(format.trim_end()) {
            return Err(format!(
                "`{{{inside}}}` cannot be written: a field is `{{{name}}}` or `{{{name}:?}}`, with a width such as `{{{name}:>8}}`"
            ));
        }
        let position = self.values.len();
        for part in ["{", &position.to_string(), ":", format, "}"] {
            self.format.push_str(part);
        }
        self.values.push(Placeholder {
            field,
            debug: format.trim_end().ends_with('?'),
        });
        Ok(())
    }
}

/// Whether this is `[[fill]align][sign][#][0][width][.precision][?]` with numbers for width and precision.
fn is_format(format: &str) -> bool {
    let is_align = |character: char| matches!(character, '<' | '^' | '>');
    let mut characters = format.chars();
    let rest = match (characters.next(), characters.next()) {
        (Some(_), Some(align)) if is_align(align) => characters.as_str(),
        (Some(align), _) if is_align(align) => &format[1..],
        _ => format,
    };
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    let digits = |text: &str| {
        text.trim_start_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    };
    let mut rest = digits(rest);
    if let Some(precision) = rest.strip_prefix('.') {
        if !precision.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        rest = digits(precision);
    }
    matches!(rest.as_str(), "" | "?")
}

fn unpaired(brace: &str) -> String {
    format!("`{brace}` stands alone in the template: write `{brace}{brace}` to show a brace")
}

fn unknown(name: &str, fields: &[String]) -> String {
    let known: Vec<_> = fields
        .iter()
        .map(|field| format!("`{{{field}}}`"))
        .collect();
    match (name, known.is_empty()) {
        (_, true) => {
            format!("`{{{name}}}` names no field: there are none; write `{{{{` to show a brace")
        }
        ("", false) => format!("`{{}}` names no field: write one of {}", known.join(", ")),
        _ => format!(
            "`{{{name}}}` is no field: write one of {}",
            known.join(", ")
        ),
    }
}
