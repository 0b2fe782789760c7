//! URLs that are made by `format!` and that a function gives out as text.

use crate::mir::{Call, Callee, Operand};
use crate::model::Kind;
use crate::report::Lint;

use super::SinkPoint;
use super::definitions::Definition;
use super::frame::Frame;
use super::types;
use super::values::Value;

impl<'a> Frame<'_, 'a> {
    /// `format!("https://example.org/{token}")` as the result of a function that nobody here calls: what is done with it is
    /// not seen.
    pub(super) fn check_url_text(&mut self, path: &str, call: &'a Call, result: &Value) {
        let is_result = call.destination.local == 0 && call.destination.projections.is_empty();
        if !is_result || types::last_segment(&types::without_arguments(path)) != "must_use" {
            return;
        }
        let labels = self.state.labels(result);
        if labels.is_empty() || !self.is_url(call).unwrap_or(false) {
            return;
        }
        let name = types::last_segment(&self.body.path);
        if name.ends_with('}') || self.engine.program.called_names().contains(name) {
            return;
        }
        let span = self.here();
        self.sink(
            SinkPoint {
                lint: Lint::SecretInUrl,
                takes: Kind::Exposed,
                span,
                label: "this puts the secret into a URL".into(),
                is_returned: false,
            },
            labels,
            Vec::new(),
        );
    }

    /// Whether the text that `must_use` passes on begins like a URL.
    fn is_url(&mut self, must_use: &'a Call) -> Option<bool> {
        let format = self.made_by(must_use, "format")?;
        let arguments = self.made_by(format, "new")?;
        let (Operand::Copy(template) | Operand::Move(template)) = arguments.arguments.first()?
        else {
            return None;
        };
        let template = self.constant_of(template.local)?;
        // `b"\x1chttps://example.org/\xc0\x00"`: the length of a piece stands before it.
        let text = template.text.trim().trim_start_matches("const ");
        let text = text.strip_prefix("b\"")?;
        let start = text.find("http")?;
        let is_first = !text[..start].contains("\\xc0") && start <= 8;
        Some(
            is_first
                && ["http://", "https://"]
                    .iter()
                    .any(|scheme| text[start..].starts_with(scheme)),
        )
    }

    /// The call of this name whose result is the first argument.
    fn made_by(&mut self, call: &'a Call, name: &str) -> Option<&'a Call> {
        let (Operand::Copy(place) | Operand::Move(place)) = call.arguments.first()? else {
            return None;
        };
        match self.definition(place.local)? {
            Definition::Called(made) => {
                let Callee::Path(path) = &made.callee else {
                    return None;
                };
                (types::last_segment(&types::without_arguments(path)) == name).then_some(made)
            }
            Definition::Assigned(_) => None,
        }
    }
}
