//! Reports as people read them: in rustc's look.

use std::collections::HashSet;
use std::ops::Range;

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Title, Origin, Padding, Patch,
    Renderer as Annotator, Snippet,
};

use super::levels::{Level, Reason, Report};
use super::sources::{Sources, place};
use super::{Edit, Lint, Suggestion, mask};
use crate::mir::Span;

/// Writes reports one by one. What is to be said of a rule is said with its first report.
#[derive(Debug)]
pub struct Renderer<'a> {
    sources: &'a Sources,
    annotator: Annotator,
    explained: HashSet<Lint>,
}

impl<'a> Renderer<'a> {
    /// Shows source from `sources`, in colour or not.
    pub fn new(sources: &'a Sources, is_coloured: bool) -> Self {
        let annotator = if is_coloured {
            Annotator::styled()
        } else {
            Annotator::plain()
        };
        Self {
            sources,
            annotator: annotator.term_width(DEFAULT_TERM_WIDTH),
            explained: HashSet::new(),
        }
    }

    /// The text of a report, with an empty line at its end.
    pub fn render(&mut self, report: &Report) -> String {
        let closing = self.closing(report);
        self.render_with(report, &closing)
    }

    /// Where source is shown from.
    pub(super) fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// What follows the code: help, and with the first report of a rule why it is strict and where to read on.
    pub(super) fn closing(&mut self, report: &Report) -> Vec<Closing> {
        let finding = &report.finding;
        let mut closing: Vec<_> = finding.help.iter().cloned().map(Closing::Help).collect();
        if self.explained.insert(finding.lint) {
            let name = finding.lint.name();
            closing.push(Closing::Note(match &report.reason {
                Reason::Default => format!("`{name}` is {}", report.level.past()),
                Reason::CommandLine(flag) => format!("requested on the command line with `{flag}`"),
                Reason::Configuration => "requested in the configuration".to_owned(),
            }));
            closing.push(Closing::Help(format!(
                "for more about it, run `cargo secret-lint --explain {name}`"
            )));
        }
        closing
    }

    pub(super) fn render_with(&self, report: &Report, closing: &[Closing]) -> String {
        let finding = &report.finding;
        let title = match report.level {
            Level::Deny => Title::ERROR,
            Level::Warn | Level::Allow => Title::WARNING,
        };
        let steps = steps(report);
        let mut first = vec![Mark {
            is_sink: true,
            ..Mark::primary(&finding.sink, &finding.sink_label)
        }];
        if let Some((span, label)) = &finding.source {
            first.push(Mark::context(span, label));
        }
        let later: Vec<_> = steps
            .iter()
            .map(|(span, label)| Mark::primary(span, label))
            .collect();

        let title = title
            .primary_title(finding.message.as_str())
            .id(finding.lint.name());
        let mut groups = vec![self.show(Group::with_title(title), &first, finding.lint)];
        if !later.is_empty() {
            let title = Title::NOTE.secondary_title("how the secret gets there");
            let group = self.show(Group::with_title(title), &later, finding.lint);
            groups.push(if closing.is_empty() {
                group
            } else {
                group.element(Padding)
            });
        }
        if let Some(last) = groups.pop() {
            groups.push(last.elements(closing.iter().map(|closing| match closing {
                Closing::Help(text) => Title::HELP.message(text.as_str()),
                Closing::Note(text) => Title::NOTE.message(text.as_str()),
            })));
        }
        for suggestion in &finding.suggestions {
            groups.push(self.suggest(suggestion, finding.lint));
        }
        self.annotator.render(&groups) + "\n\n"
    }

    /// Shows what the code would be; where it cannot be shown, the place.
    fn suggest<'text>(&self, suggestion: &'text Suggestion, lint: Lint) -> Group<'text> {
        let group = Group::with_title(Title::HELP.secondary_title(suggestion.message.as_str()));
        let Some(span) = suggestion.edits.first().map(|edit| &edit.span) else {
            return group;
        };
        let file = self.sources.file(&span.file);
        let code = file.as_ref().and_then(|file| mask::shown(file, lint));
        let patches = file.and_then(|file| {
            let patch = |edit: &'text Edit| {
                Some(Patch::new(
                    file.range(&edit.span)?,
                    edit.replacement.as_str(),
                ))
            };
            suggestion
                .edits
                .iter()
                .map(patch)
                .collect::<Option<Vec<_>>>()
        });
        if let (Some(code), Some(patches)) = (code, patches) {
            let snippet = Snippet::source(code.text().to_owned()).path(span.file.to_string());
            group.element(snippet.patches(patches))
        } else {
            let origin = Origin::path(span.file.to_string()).line(span.start.line as usize);
            group.element(origin.char_column(span.start.column as usize))
        }
    }

    /// Adds a snippet for each file, the marks of which are in the order in which they are given; where the code cannot be
    /// shown, the place and the label.
    fn show<'text>(
        &self,
        mut group: Group<'text>,
        marks: &[Mark<'text>],
        lint: Lint,
    ) -> Group<'text> {
        let mut files: Vec<&str> = Vec::new();
        for mark in marks {
            if !files.contains(&&*mark.span.file) {
                files.push(&mark.span.file);
            }
        }
        for name in files {
            let own = || marks.iter().filter(|mark| &*mark.span.file == name);
            let file = self.sources.file(name);
            let code = file.as_ref().and_then(|file| mask::shown(file, lint));
            let range = |mark: &Mark<'_>| code.as_ref().and(file.as_ref())?.range(mark.span);
            let shown: Vec<_> = own()
                .filter_map(|mark| Some(mark.annotate(range(mark)?)))
                .collect();
            let hidden: Vec<_> = own().filter(|mark| range(mark).is_none()).collect();
            if let (Some(code), false) = (code, shown.is_empty()) {
                let snippet = Snippet::source(code.text().to_owned()).path(name.to_owned());
                group = group.element(snippet.annotations(shown));
            }
            for mark in hidden {
                group = mark.without_code(group);
            }
        }
        group
    }
}

/// A line below the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    Help(String),
    Note(String),
}

/// What lies between source and sink, numbered.
pub(super) fn steps(report: &Report) -> Vec<(Span, String)> {
    let path = report.finding.path.iter().enumerate();
    path.map(|(index, (span, label))| (span.clone(), format!("{}: {label}", index + 1)))
        .collect()
}

/// A span and what is said about it.
struct Mark<'text> {
    span: &'text Span,
    label: &'text str,
    kind: AnnotationKind,
    is_sink: bool,
}

impl<'text> Mark<'text> {
    fn primary(span: &'text Span, label: &'text str) -> Self {
        Self {
            span,
            label,
            kind: AnnotationKind::Primary,
            is_sink: false,
        }
    }

    fn context(span: &'text Span, label: &'text str) -> Self {
        Self {
            span,
            label,
            kind: AnnotationKind::Context,
            is_sink: false,
        }
    }

    /// The place and the label; of the sink the place stands where rustc puts it.
    fn without_code(&self, group: Group<'text>) -> Group<'text> {
        let Span { file, start, .. } = self.span;
        if !self.is_sink {
            let text = format!("{} ({})", self.label, place(self.span));
            return group.element(Title::NOTE.message(text));
        }
        let origin = Origin::path(file.to_string()).line(start.line as usize);
        group
            .element(origin.char_column(start.column as usize))
            .element(Title::NOTE.message(self.label))
    }

    fn annotate(&self, range: Range<usize>) -> Annotation<'text> {
        self.kind.span(range).label(self.label)
    }
}
