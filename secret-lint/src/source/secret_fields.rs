//! The types of a source file that hold secrets, by how their fields are declared: with a secret type, or `#[redact]`.

use std::ops::Range;

use ra_ap_rustc_lexer::TokenKind;

use super::tokens::{Token, code_tokens, group_end};

/// What the secret types of `secret-core`, `secrecy` and `redact` are called.
const SECRET_TYPES: &[&str] = &[
    "Secret",
    "SecretString",
    "SecretBytes",
    "SecretBox",
    "SecretVec",
    "SecretSlice",
    "Redacted",
];

/// A struct, enum or union with secrets in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) name: String,
    /// Where its name stands.
    pub(crate) start: usize,
    pub(crate) fields: Vec<SecretField>,
    /// Whether serde knows it by names of its own.
    pub(crate) is_renamed: bool,
}

/// One of its fields.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SecretField {
    /// The variant of an enum.
    pub(crate) variant: Option<String>,
    /// Its number in a tuple.
    pub(crate) name: String,
    /// Counted from 0.
    pub(crate) number: usize,
    /// As written.
    pub(crate) ty: String,
    /// Where it begins.
    pub(crate) start: usize,
    /// Whether serde knows it by a name of its own.
    pub(crate) is_renamed: bool,
}

/// In the order of the text.
pub(crate) fn holders(text: &str) -> Vec<Holder> {
    let reader = Reader {
        text,
        code: code_tokens(text).collect(),
    };
    let mut found = Vec::new();
    let mut at = 0;
    let mut marks = Marks::default();
    while at < reader.code.len() {
        let (after, read) = reader.attributes(at);
        if after > at {
            marks.add(&read);
            at = after;
            continue;
        }
        at = reader.visibility(at);
        let is_item = matches!(reader.word(at), "struct" | "enum" | "union")
            && reader.kind(at + 1) == Some(TokenKind::Ident);
        if is_item {
            found.extend(reader.holder(at, &marks));
        }
        marks = Marks::default();
        at += 1;
    }
    found
}

/// What attributes say of a type, a variant or a field.
#[derive(Default)]
struct Marks {
    is_marked: bool,
    is_all: bool,
    is_renamed: bool,
}

impl Marks {
    fn add(&mut self, other: &Self) {
        self.is_marked |= other.is_marked;
        self.is_all |= other.is_all;
        self.is_renamed |= other.is_renamed;
    }
}

struct Reader<'t> {
    text: &'t str,
    code: Vec<Token>,
}

impl<'t> Reader<'t> {
    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.code.get(at).map(|token| token.kind)
    }

    fn word(&self, at: usize) -> &'t str {
        self.code
            .get(at)
            .map_or("", |token| &self.text[token.range.clone()])
    }

    /// The attributes that begin there, and what follows them.
    fn attributes(&self, mut at: usize) -> (usize, Marks) {
        let mut marks = Marks::default();
        while self.kind(at) == Some(TokenKind::Pound) {
            let end = group_end(&self.code, at + 1);
            let words: Vec<_> = (at..end).map(|at| self.word(at)).collect();
            let is_redact = words.get(2) == Some(&"redact");
            let is_about_the_type = ["all", "default", "display", "serialize", "variant", "crate"]
                .iter()
                .any(|word| words.contains(word));
            marks.is_all |= is_redact && words.contains(&"all");
            marks.is_marked |= is_redact && !words.contains(&"safe") && !is_about_the_type;
            marks.is_renamed |= words.get(2) == Some(&"serde");
            at = end;
        }
        (at, marks)
    }

    /// What follows `pub` or `pub(crate)`.
    fn visibility(&self, at: usize) -> usize {
        match (self.word(at), self.kind(at + 1)) {
            ("pub", Some(TokenKind::OpenParen)) => group_end(&self.code, at + 1),
            ("pub", _) => at + 1,
            _ => at,
        }
    }

    fn holder(&self, at: usize, marks: &Marks) -> Option<Holder> {
        let mut open = at + 2;
        if self.kind(open) == Some(TokenKind::Lt) {
            open = group_end(&self.code, open);
        }
        if self.kind(open) != Some(TokenKind::OpenParen) {
            // Behind what `where` says.
            let is_end =
                |at: &usize| matches!(self.kind(*at), Some(TokenKind::OpenBrace | TokenKind::Semi));
            open = (open..self.code.len()).find(is_end)?;
        }
        let mut fields = Vec::new();
        if self.word(at) == "enum" {
            for variant in self.entries(open) {
                let (name, of_variant) = self.attributes(variant.start);
                let is_all = marks.is_all || of_variant.is_marked;
                if name + 1 < variant.end {
                    self.add_fields(name + 1, Some(self.word(name)), is_all, &mut fields);
                }
            }
        } else {
            self.add_fields(open, None, marks.is_all, &mut fields);
        }
        (!fields.is_empty()).then(|| Holder {
            name: self.word(at + 1).to_owned(),
            start: self.code[at + 1].range.start,
            fields,
            is_renamed: marks.is_renamed,
        })
    }

    /// The secret ones among the fields in the bracket that opens there.
    fn add_fields(
        &self,
        open: usize,
        variant: Option<&str>,
        is_all: bool,
        fields: &mut Vec<SecretField>,
    ) {
        let has_names = self.kind(open) == Some(TokenKind::OpenBrace);
        for (number, entry) in self.entries(open).into_iter().enumerate() {
            let (start, marks) = self.attributes(entry.start);
            let name = self.visibility(start);
            let ty = if has_names { name + 2 } else { name }..entry.end;
            let is_secret = is_all
                || marks.is_marked
                || ty.clone().any(|at| SECRET_TYPES.contains(&self.word(at)));
            let (Some(first), Some(last)) = (self.code.get(ty.start), self.code.get(entry.end - 1))
            else {
                continue;
            };
            if !is_secret || ty.is_empty() {
                continue;
            }
            let written = &self.text[first.range.start..last.range.end];
            fields.push(SecretField {
                variant: variant.map(str::to_owned),
                name: if has_names {
                    self.word(name).to_owned()
                } else {
                    number.to_string()
                },
                number,
                ty: written.split_whitespace().collect::<Vec<_>>().join(" "),
                start: self.code[start].range.start,
                is_renamed: marks.is_renamed,
            });
        }
    }

    /// What stands between commas in the bracket that opens there.
    fn entries(&self, open: usize) -> Vec<Range<usize>> {
        let is_open = matches!(
            self.kind(open),
            Some(TokenKind::OpenBrace | TokenKind::OpenParen)
        );
        if !is_open {
            return Vec::new();
        }
        let end = group_end(&self.code, open).saturating_sub(1);
        let mut found = Vec::new();
        let (mut start, mut at) = (open + 1, open + 1);
        while at < end {
            if self.kind(at) == Some(TokenKind::Comma) {
                found.push(start..at);
                start = at + 1;
                at += 1;
            } else {
                at = group_end(&self.code, at);
            }
        }
        found.push(start..end);
        found.retain(|entry| !entry.is_empty());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<String> {
        let all = holders(text);
        let shown = |holder: &Holder| {
            let of = holder.name.clone();
            let shown = holder.fields.iter().map(move |field| {
                let variant = field.variant.iter().map(|variant| format!("{variant}."));
                let variant: String = variant.collect();
                format!("{of}.{variant}{}: {}", field.name, field.ty)
            });
            shown.collect::<Vec<_>>()
        };
        all.iter().flat_map(shown).collect()
    }

    #[test]
    fn fields_are_secret_by_type_or_mark() {
        let text = "
            #[derive(Redact)]
            #[redact(display = \"{port}\")]
            pub struct Config<T> where T: Fn(u8) -> u8 {
                port: u16,
                /// The key.
                pub(crate) api_key: Option<SecretString>,
                #[redact(safe)] host: String,
                #[redact(first = 2)]
                #[serde(default)]
                card: HashMap<String, Vec<T>>,
            }
            struct ApiKey(pub secret_core::Secret<[u8; 32]>);
            struct Plain { secret: String } // struct X { a: SecretString }
            struct Unit;
            enum Login { None, Token(u8, SecretBox<str>), #[redact] Basic { user: String }, }
            #[redact(all)] struct All { a: u8, b: u8 }
        ";
        assert_eq!(
            fields(text),
            [
                "Config.api_key: Option<SecretString>",
                "Config.card: HashMap<String, Vec<T>>",
                "ApiKey.0: secret_core::Secret<[u8; 32]>",
                "Login.Token.1: SecretBox<str>",
                "Login.Basic.user: String",
                "All.a: u8",
                "All.b: u8",
            ]
        );
        let config = &holders(text)[0];
        assert!(!config.is_renamed && !config.fields[0].is_renamed && config.fields[1].is_renamed);
        assert_eq!(config.fields[1].number, 3);
        assert!(text[config.fields[1].start..].starts_with("card"));
    }

    #[test]
    fn what_is_cut_off_is_no_panic() {
        let text = "#[redact(all)] pub(in a) struct A<T> { #[redact] a: Secret<T>, b: (u8, u8) } enum B { C(Secret<u8>) = 3 }";
        for end in 0..text.len() {
            let _ = holders(&text[..end]);
        }
    }
}
