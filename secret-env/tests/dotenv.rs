//! The `.env` parser, rule by rule, and what must hold for every text.

use proptest::prelude::*;
use secret_env::dotenv::{Entry, Fault, parse};

/// The names and values of a text that is right.
fn entries(text: &[u8]) -> Vec<(String, Vec<u8>)> {
    let entries = parse(text).unwrap_or_else(|error| panic!("{}: {error}", text.escape_ascii()));
    entries.iter().map(pair).collect()
}

fn pair(entry: &Entry) -> (String, Vec<u8>) {
    (
        entry.name.clone(),
        entry
            .value
            .expose_secret()
            .declassify("a value of a test")
            .to_vec(),
    )
}

/// Every case is a rule, a text and the one value that `A` has in it.
const VALUES: &[(&str, &[u8], &[u8])] = &[
    ("plain", b"A=b", b"b"),
    ("line break at the end", b"A=b\n", b"b"),
    ("nothing", b"A=", b""),
    ("nothing and a line break", b"A=\n", b""),
    ("nothing before CRLF", b"A=\r\n", b""),
    ("blank lines around", b"\n \t\n\nA=b\n\n", b"b"),
    ("blanks before the name", b"  \tA=b", b"b"),
    ("blanks around =", b"A \t=\t b", b"b"),
    ("blanks after the value", b"A=b \t", b"b"),
    ("blanks inside", b"A=b  c", b"b  c"),
    ("CRLF", b"A=b\r\n", b"b"),
    ("a lone carriage return is text", b"A=b\rc\n", b"b\rc"),
    ("byte order mark", b"\xef\xbb\xbfA=b", b"b"),
    ("byte order mark and CRLF", b"\xef\xbb\xbf\r\nA=b\r\n", b"b"),
    ("= inside", b"A=b=c==", b"b=c=="),
    ("export", b"export A=b", b"b"),
    ("export and blanks", b" export \t A = b", b"b"),
    ("# inside", b"A=b#c", b"b#c"),
    ("# first", b"A=#b", b"#b"),
    ("comment", b"A=b #c", b"b"),
    ("comment after a tab", b"A=b\t#c", b"b"),
    ("comment instead of a value", b"A= # c", b""),
    ("comment lines", b"# A=x\nA=b\n  # A=y", b"b"),
    ("quotes inside", b"A=b'c\"d", b"b'c\"d"),
    ("backslash unquoted", br"A=b\n\", br"b\n\"),
    ("dollar unquoted", b"A=$b${c}$$", b"$b${c}$$"),
    ("single quotes", b"A='b'", b"b"),
    ("single quotes, nothing", b"A=''", b""),
    (
        "single quotes take all as it is",
        br#"A='\n # $b "c"'"#,
        br#"\n # $b "c""#,
    ),
    ("single quotes keep blanks", b"A=' b '", b" b "),
    (
        "single quotes over lines",
        b"A='b\n# c\n\nd'\n",
        b"b\n# c\n\nd",
    ),
    (
        "line breaks in quotes stay as they are",
        b"A='b\r\nc'\r\n",
        b"b\r\nc",
    ),
    ("double quotes", b"A=\"b\"", b"b"),
    ("double quotes, nothing", b"A=\"\"", b""),
    ("double quotes keep # and '", b"A=\"b # 'c'\"", b"b # 'c'"),
    ("double quotes over lines", b"A=\"b\nc\"\n", b"b\nc"),
    ("escapes", br#"A="\n\r\t\\\"\$""#, b"\n\r\t\\\"$"),
    ("backslash before the closing quote", br#"A="b\\""#, br"b\"),
    ("dollar in double quotes", b"A=\"$b${c}\"", b"$b${c}"),
    ("comment after quotes", b"A='b' # c", b"b"),
    ("comment right after quotes", b"A=\"b\"#c", b"b"),
    ("blanks after quotes", b"A='b' \t\r\n", b"b"),
    ("not UTF-8", b"A=\xff\xfe", b"\xff\xfe"),
    ("not UTF-8 in quotes", b"A=\"\xff\\n\"", b"\xff\n"),
    (
        "letters of other scripts",
        "A='schlüssel'".as_bytes(),
        "schlüssel".as_bytes(),
    ),
];

#[test]
fn values_follow_the_rules() {
    for (rule, text, value) in VALUES {
        assert_eq!(
            entries(text),
            [(String::from("A"), value.to_vec())],
            "{rule}"
        );
    }
}

#[test]
fn names_are_taken_as_written() {
    for name in ["a", "_", "A1", "A.b-c", "export", "exported", "EXPORT"] {
        let text = format!("{name}=1");
        assert_eq!(entries(text.as_bytes()), [(name.to_owned(), b"1".to_vec())]);
    }
    assert_eq!(entries(b"export =1")[0].0, "export");
    assert_eq!(entries(b"export export=1")[0].0, "export");
}

#[test]
fn a_name_may_be_set_twice_and_lines_are_counted() {
    let entries = parse(b"A=1\r\n\n# x\nB='\n\n'\nA=2").expect("the text is right");
    let lines: Vec<_> = entries
        .iter()
        .map(|entry| (entry.name.as_str(), entry.line))
        .collect();
    assert_eq!(lines, [("A", 1), ("B", 4), ("A", 7)]);
    assert!(entries[2].value == b"2");
}

/// Every case is a text, and the line, the column and the fault in it.
const FAULTS: &[(&[u8], usize, usize, Fault)] = &[
    (b"=b", 1, 1, Fault::Name),
    (b"A=b\n  1A=b", 2, 3, Fault::Name),
    (b"'A'=b", 1, 1, Fault::Name),
    ("ä=b".as_bytes(), 1, 1, Fault::Name),
    (b"\xef\xbb\xbf1=b", 1, 1, Fault::Name),
    (b"export 1=b", 1, 8, Fault::Name),
    (b"export ", 1, 8, Fault::Name),
    (b"A", 1, 2, Fault::EqualsSign),
    (b"A=b\r\nA b=c", 2, 3, Fault::EqualsSign),
    (b"A: b", 1, 2, Fault::EqualsSign),
    (b"export A", 1, 9, Fault::EqualsSign),
    (b"export\nA=b", 1, 7, Fault::EqualsSign),
    (b"A='b\n\nc", 1, 3, Fault::OpenQuote),
    (b"\nA = \"b\\\"", 2, 5, Fault::OpenQuote),
    (b"A=\"b\\", 1, 3, Fault::OpenQuote),
    (br#"A="b\d""#, 1, 5, Fault::Escape),
    (b"A=\"b\n\\'\"", 2, 1, Fault::Escape),
    (b"A=\"b\\\n\"", 1, 5, Fault::Escape),
    (b"A='b'c", 1, 6, Fault::AfterQuote),
    (b"A=\"b\"\t'c'", 1, 7, Fault::AfterQuote),
    (b"A='b\nc' d", 2, 4, Fault::AfterQuote),
    (b"A=b\nB=c\0", 2, 4, Fault::Nul),
    (b"# \0", 1, 3, Fault::Nul),
];

#[test]
fn faults_are_told_by_line_and_column() {
    for (text, line, column, fault) in FAULTS {
        let error = parse(text).expect_err("the text has a fault");
        let found = (error.line, error.column, error.fault);
        assert_eq!(found, (*line, *column, *fault), "{}", text.escape_ascii());
    }
}

#[test]
fn each_fault_says_what_is_wrong() {
    let message = |text: &[u8]| parse(text).expect_err("the text has a fault").to_string();
    assert_eq!(
        message(b"1"),
        "line 1, column 1: a name was expected: letters, digits and `_`, not beginning with a digit"
    );
    assert_eq!(
        message(b"A"),
        "line 1, column 2: `=` was expected after the name"
    );
    assert_eq!(
        message(b"A='"),
        "line 1, column 3: the quote that opens here is never closed"
    );
    assert_eq!(
        message(br#"A="\x""#),
        "line 1, column 4: this is no escape: write `\\\\` for a backslash, or put the value in single quotes"
    );
    assert_eq!(
        message(b"A='' b"),
        "line 1, column 6: only a comment may follow the closing quote"
    );
    assert_eq!(
        message(b"\0"),
        "line 1, column 1: a NUL byte cannot be part of a variable"
    );
}

/// Expansion is asked for through the loader, so its faults are seen through a file.
#[test]
fn expansion_has_faults_of_its_own() {
    #[derive(serde::Deserialize)]
    struct Config {}
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join(".env");
    for (text, fault) in [
        (
            "A=1\nB=${",
            "line 2, column 3: `${` needs a name and `}`; write `\\$` in double quotes for a dollar sign",
        ),
        (
            "A=\"1 ${A B}\"",
            "line 1, column 6: `${` needs a name and `}`; write `\\$` in double quotes for a dollar sign",
        ),
        (
            "A=1\nB=x${C}",
            "line 2, column 4: the name to expand is set neither above nor in the environment",
        ),
    ] {
        std::fs::write(&path, text).expect("the directory can be written to");
        let loader = secret_env::Loader::new()
            .variables([("X", "")])
            .dotenv(&path)
            .expand();
        let error = loader
            .load::<Config>()
            .err()
            .expect("the text has a fault")
            .to_string();
        assert!(error.contains(fault), "{error}");
    }
}

/// Writes a value so that the parser gives it back, by each quote that can hold it.
fn written(value: &[u8]) -> Vec<Vec<u8>> {
    let mut doubly = vec![b'"'];
    for byte in value {
        match byte {
            b'\n' => doubly.extend(br"\n"),
            b'\r' => doubly.extend(br"\r"),
            b'"' | b'\\' => doubly.extend([b'\\', *byte]),
            _ => doubly.push(*byte),
        }
    }
    doubly.push(b'"');
    let mut all = vec![doubly];
    if !value.contains(&b'\'') {
        all.push([b"'", value, b"'"].concat());
    }
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"$\\{}=:/+".contains(byte);
    if value.iter().all(is_plain) {
        all.push(value.to_vec());
    }
    all
}

fn any_value() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        prop::sample::select(b"\n\r\t \\\"'#$={}".as_slice()),
        1..=u8::MAX,
    ];
    prop_oneof![
        prop::collection::vec(byte, 0..40),
        "[a-zA-Z0-9$/+]{0,40}".prop_map(String::into_bytes)
    ]
}

/// Bytes that the grammar is made of, so that random texts get past the first line.
fn any_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "A", "B_1", "=", "'", "\"", "\\", "\n", "\r\n", "#", " ", "\t", "export ", "$", "${A}",
            "\u{feff}", "\0",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Occurs in no message and in no name.
const CANARY: &str = "qX7zKw";

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn written_values_are_given_back(values in prop::collection::vec(any_value(), 1..5), pick: usize, crlf: bool) {
        let mut text = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let ways = written(value);
            text.extend(format!("V{index}=").into_bytes());
            text.extend(&ways[pick % ways.len()]);
            text.extend(if crlf { "\r\n" } else { "\n" }.as_bytes());
        }
        let expected: Vec<_> = values.into_iter().enumerate().map(|(index, value)| (format!("V{index}"), value)).collect();
        prop_assert_eq!(entries(&text), expected);
    }

    #[test]
    fn no_text_panics_and_faults_lie_within_it(text in any_text()) {
        let lines: Vec<_> = text.split(|byte| *byte == b'\n').collect();
        match parse(&text) {
            Ok(entries) => {
                let ascending = entries.is_sorted_by_key(|entry| entry.line);
                prop_assert!(ascending && entries.iter().all(|entry| (1..=lines.len()).contains(&entry.line)));
            }
            Err(error) => {
                prop_assert!((1..=lines.len()).contains(&error.line));
                prop_assert!((1..=lines[error.line - 1].len() + 1).contains(&error.column));
            }
        }
    }

    #[test]
    fn no_error_has_text_in_it(before in any_text(), after in any_text()) {
        let text = [&before, CANARY.as_bytes(), &after].concat();
        if let Err(error) = parse(&text) {
            let said = format!("{error} {error:?} {error:#?}");
            prop_assert!(!said.contains(CANARY), "{}", said);
        }
    }
}

#[test]
fn a_mebibyte_is_read() {
    let line = b"SOME_NAME='some value' # and a comment\n";
    let text = line.repeat((1 << 20) / line.len());
    assert_eq!(entries(&text).len(), text.len() / line.len());
    let quotes = b"A=\"".repeat((1 << 20) / 3);
    assert!(parse(&quotes).is_err());
}
