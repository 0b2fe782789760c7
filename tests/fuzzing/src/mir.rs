//! Text that might be MIR.

use std::sync::{Arc, LazyLock};

use secret_lint::analysis::{SourceText, analyse};
use secret_lint::mir::parse::parse;
use secret_lint::model::Model;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::builtin().expect("it can be read"));

/// The sources are gone.
struct Nowhere;

impl SourceText for Nowhere {
    fn text(&self, _: &str) -> Option<Arc<str>> {
        None
    }
}

/// Reads a text as the MIR of a crate and follows the flows in whatever comes of it: neither panics.
///
/// # Panics
///
/// When one of them does, or when the text has a body without an end and nothing is said of it.
///
/// ```
/// secret_fuzzing::mir(b"fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n        return;\n");
/// ```
pub fn mir(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let bodies = parse(&text);
    let is_open = text.starts_with("fn ") && !text.contains("\n}");
    assert!(
        !is_open || !bodies.unparsed.is_empty(),
        "a body without an end is passed over"
    );
    analyse(&[bodies], &MODEL, &Nowhere);
}
