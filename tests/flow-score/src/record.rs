//! Prints what goes to `log` and `tracing`, a line each.

use std::fmt::{self, Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};

use log::kv::{Error, Key, Value, VisitSource};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

pub(crate) fn start() {
    log::set_logger(&Printer).expect("it is the only one");
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Printer).expect("it is the only one");
}

struct Printer;

struct Line(String);

impl Line {
    fn print(&self) {
        println!("{}", self.0.replace('\n', "\\n"));
    }

    fn add(&mut self, name: &str, value: fmt::Arguments<'_>) {
        write!(self.0, " {name}={value}").expect("a String takes it");
    }
}

impl log::Log for Printer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let mut line = Line(format!("log: {} {}", record.target(), record.args()));
        record
            .key_values()
            .visit(&mut line)
            .expect("it always goes on");
        line.print();
    }

    fn flush(&self) {}
}

impl<'a> VisitSource<'a> for Line {
    fn visit_pair(&mut self, key: Key<'a>, value: Value<'a>) -> Result<(), Error> {
        self.add(key.as_str(), format_args!("{value}"));
        Ok(())
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.add(field.name(), format_args!("{value:?}"));
    }
}

impl Subscriber for Printer {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        static SPANS: AtomicU64 = AtomicU64::new(1);
        let mut line = Line(format!("span: {}", attributes.metadata().name()));
        attributes.record(&mut line);
        line.print();
        Id::from_u64(SPANS.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line("record:".to_owned());
        values.record(&mut line);
        line.print();
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line("event:".to_owned());
        event.record(&mut line);
        line.print();
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
