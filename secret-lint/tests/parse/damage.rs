//! Damaged text: never a panic, and what is lost is reported.

use std::{ops::Range, sync::LazyLock};

use proptest::{prelude::*, sample::Index};
use secret_lint::mir::{Crate, Operand, Rvalue, StatementKind, Terminator, parse::parse};

use crate::rustc::FIXTURE;

static WHOLE: LazyLock<Crate> = LazyLock::new(|| parse(&FIXTURE));

/// How much there is, counted in what a flow can go through.
fn size(krate: &Crate) -> usize {
    krate
        .bodies
        .iter()
        .flat_map(|body| &body.blocks)
        .map(|block| block.statements.len() + 1)
        .sum::<usize>()
        + krate.bodies.len()
        + krate
            .bodies
            .iter()
            .map(|body| body.names.len() + body.locals.len())
            .sum::<usize>()
}

/// Whether every number leads somewhere, as those who read the bodies rely on.
fn is_sound(krate: &Crate) -> bool {
    krate.bodies.iter().all(|body| {
        let locals = body.locals.len();
        body.parameters < locals
            && body
                .names
                .iter()
                .filter_map(|name| name.place.as_ref())
                .all(|place| place.local < locals)
            && body.blocks.iter().all(|block| {
                let statements = block
                    .statements
                    .iter()
                    .all(|statement| match &statement.kind {
                        StatementKind::Assign(
                            place,
                            Rvalue::Use(Operand::Copy(source) | Operand::Move(source)),
                        ) => place.local < locals && source.local < locals,
                        StatementKind::Assign(
                            place,
                            Rvalue::Reference {
                                place: referred, ..
                            },
                        ) => place.local < locals && referred.local < locals,
                        StatementKind::Assign(place, _) => place.local < locals,
                        _ => true,
                    });
                let targets = match &block.terminator {
                    Terminator::Goto(targets)
                    | Terminator::Switch { targets, .. }
                    | Terminator::Drop { targets, .. }
                    | Terminator::Assert { targets } => targets.as_slice(),
                    Terminator::Call(call) => &call.targets,
                    _ => &[],
                };
                statements && targets.iter().all(|target| *target < body.blocks.len())
            })
    })
}

fn at_character(text: &str, index: Index) -> usize {
    let mut at = index.index(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Some characters of one line, from a place in it on.
fn part_of_line(text: &str, start: Index, length: usize) -> Range<usize> {
    let start = at_character(text, start);
    let line_end = text[start..]
        .find('\n')
        .map_or(text.len(), |end| start + end);
    let end = text[start..line_end]
        .char_indices()
        .nth(length)
        .map_or(line_end, |(at, _)| start + at);
    start..end
}

/// Whether nothing was lost without a word.
fn check(damaged_text: &str) -> Result<(), TestCaseError> {
    let damaged = parse(damaged_text);
    prop_assert!(is_sound(&damaged));
    if size(&damaged) < size(&WHOLE) {
        let changed = damaged_text
            .lines()
            .zip(FIXTURE.lines())
            .find(|(damaged, line)| damaged != line);
        prop_assert!(
            !damaged.unparsed.is_empty(),
            "lost without a word at {changed:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_truncated_text_says_so(end in any::<Index>()) {
        let end = at_character(&FIXTURE, end);
        let part = parse(&FIXTURE[..end]);
        prop_assert!(is_sound(&part));
        let is_a_beginning = WHOLE.bodies.starts_with(&part.bodies);
        prop_assert!(is_a_beginning || !part.unparsed.is_empty(), "lost without a word");
    }

    #[test]
    fn a_line_with_a_part_missing_is_reported(start in any::<Index>(), length in 1..200_usize) {
        let range = part_of_line(&FIXTURE, start, length);
        let mut text = FIXTURE.clone();
        let line = FIXTURE[..range.start].rfind('\n').map_or(0, |end| end + 1);
        // A line that is gone as a whole leaves no trace.
        let is_whole = FIXTURE[line..range.start].trim().is_empty() && FIXTURE[range.end..].starts_with('\n');
        prop_assume!(!is_whole);
        text.replace_range(range, "");
        check(&text)?;
    }

    #[test]
    fn a_line_with_another_text_in_it_is_reported(
        start in any::<Index>(), length in 0..3_usize, new in r#"[-a-z_0-9(){}\[\]<>;:,"'/* ä]{1,4}"#,
    ) {
        let range = part_of_line(&FIXTURE, start, length);
        let mut text = FIXTURE.clone();
        text.replace_range(range, &new);
        check(&text)?;
    }

    #[test]
    fn lines_joined_are_reported(start in any::<Index>()) {
        let start = at_character(&FIXTURE, start);
        if let Some(end) = FIXTURE[start..].find('\n') {
            let mut text = FIXTURE.clone();
            text.replace_range(start + end..=start + end, "");
            check(&text)?;
        }
    }

    #[test]
    fn anything_is_read_without_a_panic(text in "(fn f|const c|static s|alloc1 |    bb0: \\{\n|let _1: u8;|[-_a-z0-9(){}\\[\\]<>;:,\"'/* \nä]){0,60}") {
        prop_assert!(is_sound(&parse(&text)));
    }
}

#[test]
fn numbers_beyond_any_variable_are_no_reason_to_fill_the_memory() {
    let text = "fn f() -> u8 {\n    let mut _4000000000: u8;\n    bb99999999999: {\n        _4000000000 = const 1_u8;\n        goto -> bb77;\n    }\n}\n";
    let krate = parse(text);
    assert!(is_sound(&krate));
    assert!(krate.unparsed.len() >= 3, "{:?}", krate.unparsed);
}

#[test]
fn brackets_without_end_are_no_reason_to_use_up_the_stack() {
    for open in [
        "(",
        "[",
        "<",
        "{",
        "(*",
        "'",
        "\"",
        "<impl at ",
        "{closure@",
        "&",
    ] {
        let deep = open.repeat(50_000);
        let text = format!(
            "fn f() -> u8 {{\n    let mut _0: {deep};\n    bb0: {{\n        _0 = {deep};\n        return;\n    }}\n}}\n"
        );
        let krate = parse(&text);
        assert!(!krate.unparsed.is_empty(), "{open}");
    }
}
