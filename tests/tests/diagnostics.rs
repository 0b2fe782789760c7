//! Every message that the derive can give is shown by a case in `tests/ui`.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::LitStr;

/// Where the macro's own messages stand.
const MACRO: &[&str] = &["attribute.rs", "template.rs", "validate.rs"];

/// Where the compiler is told what to say of a missing trait.
const TRAITS: &[&str] = &[
    "__private.rs",
    "__private/in_template.rs",
    "__private/wipe.rs",
    "log_safe.rs",
    "mask/text.rs",
];

/// Shorter pieces between two placeholders say nothing.
const SHORTEST_PIECE: usize = 4;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn tokens(path: &Path) -> TokenStream {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The texts in the tokens: those in `#[diagnostic::…]`, or those outside all attributes.
fn texts(tokens: TokenStream, in_diagnostics: bool, found: &mut Vec<String>) {
    let mut after_hash = false;
    for token in tokens {
        let opens_attribute = match &token {
            TokenTree::Punct(punct) => {
                punct.as_char() == '#' || after_hash && punct.as_char() == '!'
            }
            _ => false,
        };
        match token {
            TokenTree::Group(group) if after_hash => {
                texts_of_attribute(group.stream(), in_diagnostics, found);
            }
            TokenTree::Group(group) => texts(group.stream(), in_diagnostics, found),
            TokenTree::Literal(literal) if !in_diagnostics => {
                found.extend(syn::parse_str(&literal.to_string()).map(|text: LitStr| text.value()));
            }
            _ => {}
        }
        after_hash = opens_attribute;
    }
}

fn texts_of_attribute(attribute: TokenStream, in_diagnostics: bool, found: &mut Vec<String>) {
    if !in_diagnostics || !attribute.to_string().starts_with("diagnostic") {
        return;
    }
    for token in attribute {
        if let TokenTree::Group(arguments) = token {
            texts(arguments.stream(), false, found);
        }
    }
}

/// The pieces of a message between its placeholders.
fn pieces(message: &str) -> Vec<String> {
    let message = message.replace("{{", "\u{1}").replace("}}", "\u{2}");
    message
        .split('{')
        .enumerate()
        .filter_map(|(index, part)| match index {
            0 => Some(part),
            _ => part.split_once('}').map(|(_, text)| text),
        })
        .map(|piece| piece.replace('\u{1}', "{").replace('\u{2}', "}"))
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| piece.contains(' ') && piece.len() >= SHORTEST_PIECE)
        .collect()
}

fn expected_errors() -> String {
    let mut text = String::new();
    for folder in ["derive", "exposed", "secret", "serialize"] {
        let folder = workspace().join("tests/ui").join(folder);
        for entry in fs::read_dir(folder).expect("the cases are there") {
            let path = entry.expect("the cases are readable").path();
            if path
                .extension()
                .is_some_and(|extension| extension == "stderr")
            {
                text.push_str(&read(&path));
            }
        }
    }
    text
}

#[test]
fn every_message_has_a_case() {
    let mut messages = Vec::new();
    for file in MACRO {
        let path = workspace().join("secret-derive/src").join(file);
        texts(tokens(&path), false, &mut messages);
    }
    for file in TRAITS {
        let path = workspace().join("secret-core/src").join(file);
        texts(tokens(&path), true, &mut messages);
    }
    let shown = expected_errors();
    let pieces: Vec<_> = messages
        .iter()
        .flat_map(|message| pieces(message))
        .collect();
    assert!(pieces.len() > 40, "the messages are found: {pieces:#?}");
    let missing: Vec<_> = pieces
        .iter()
        .filter(|piece| !shown.contains(piece.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "no case in tests/ui shows: {missing:#?}"
    );
}
