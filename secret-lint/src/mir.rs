//! The typed MIR: what the analysis needs of a crate's functions, in types of our own.
//!
//! `parse` is the one module that knows how rustc prints it.

pub(crate) mod interned;
pub mod parse;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in the source: from one position to another in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file as rustc names it, relative to where it ran or absolute.
    #[serde(with = "interned")]
    pub file: Arc<str>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, not included.
    pub end: Position,
}

/// A line and a column, both counted from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
}

/// All bodies of one crate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Crate {
    /// Its name as rustc has it, with `_`: the paths of its own items are printed without it.
    pub name: String,
    /// Functions, closures, coroutines, constants, statics and promoted constants.
    pub bodies: Vec<Body>,
    /// What could not be read, with where it stands; each is reported as not checked.
    pub unparsed: Vec<Unparsed>,
    /// The static variable or function behind each `allocN` that is one.
    pub allocations: Vec<Allocation>,
}

/// A piece of text that the parser does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unparsed {
    /// The body that it stands in, if any.
    pub body: Option<String>,
    /// The line of the MIR text, counted from 1.
    pub line: usize,
    /// The text.
    pub text: String,
}

/// What an `allocN` stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The number.
    pub id: u64,
    /// The body whose footer names it; numbers are reused between bodies.
    pub body: String,
    /// `static: path`, if it is one.
    pub of_static: Option<String>,
    /// The bytes, where they are text.
    pub text: Option<String>,
}

/// A function or something else that has code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The path as printed: `krate::module::<impl at src/lib.rs:3:1: 3:8>::name`, `f::{closure#0}`.
    pub path: String,
    /// What kind of code it is.
    pub kind: BodyKind,
    /// The number of parameters; they are the locals from 1 on.
    pub parameters: usize,
    /// By number; 0 is what is returned.
    pub locals: Vec<Local>,
    /// The names that the source gives to places.
    pub names: Vec<Name>,
    /// By number.
    pub blocks: Vec<Block>,
}

/// What kind of code a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BodyKind {
    /// A function, method, closure or coroutine.
    Function,
    /// A constant, or a promoted one.
    Constant,
    /// A static variable.
    Static,
}

/// A variable of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Local {
    /// Its type as printed.
    #[serde(with = "interned")]
    pub ty: Type,
    /// Where it is declared.
    pub span: Option<Span>,
}

/// A type as printed, with full paths: `&std::option::Option<secrecy::SecretBox<str>>`.
pub type Type = Arc<str>;

/// A name of the source for a place: `debug dsn => (*(_1.0: &String))`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// As the source has it.
    pub name: String,
    /// What it names; nothing where it is a constant.
    pub place: Option<Place>,
    /// Where it is declared.
    pub span: Option<Span>,
}

/// Statements without branches, and where they lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Reached only by unwinding.
    pub is_cleanup: bool,
    /// In order.
    pub statements: Vec<Statement>,
    /// What follows them.
    pub terminator: Terminator,
    /// Where that stands.
    pub terminator_span: Option<Span>,
}

/// A statement and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Where it stands.
    pub span: Option<Span>,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StatementKind {
    /// `_1 = …`.
    Assign(Place, Rvalue),
    /// Moves no value: storage markers, discriminants, coverage, intrinsics that only assume.
    Nothing,
    /// `copy_nonoverlapping(dst = …, src = …, count = …)`.
    CopyNonOverlapping {
        /// Where to.
        destination: Operand,
        /// Where from.
        source: Operand,
    },
}

/// A variable and what is selected of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The number of the local.
    pub local: usize,
    /// From the outside in.
    pub projections: Vec<Projection>,
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Projection {
    /// `*place`.
    Deref,
    /// `place.0: Type`.
    Field(usize, #[serde(with = "interned")] Type),
    /// `place as Variant`, or `variant#3` of a coroutine.
    Downcast(String),
    /// Some element: `place[_1]` with that variable, `place[-1 of 2]`.
    Element(Option<usize>),
    /// This element: `place[0 of 2]`.
    ElementAt(usize),
    /// Some of the elements: `place[1..3]`, `place[1:]`.
    Slice,
}

/// A value that is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Operand {
    /// `copy place`.
    Copy(Place),
    /// `move place`.
    Move(Place),
    /// `const …`.
    Constant(Constant),
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constant {
    /// As printed: `"text"`, `42_u8`, a path, `{alloc3: &str}`.
    pub text: String,
    /// Its type, where it is printed.
    #[serde(with = "interned::option")]
    pub ty: Option<Type>,
    /// The span that rustc prints for it, which is the user's even inside a macro.
    pub span: Option<Span>,
}

/// What is assigned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rvalue {
    /// The value itself.
    Use(Operand),
    /// `&place`, `&mut place`, `&raw const place`.
    Reference {
        /// Whether it can be written through.
        is_mutable: bool,
        /// What is referred to.
        place: Place,
    },
    /// `operand as Type (Kind)`.
    Cast {
        /// What is cast.
        operand: Operand,
        /// To what.
        #[serde(with = "interned")]
        ty: Type,
        /// `PointerCoercion(Unsize, …)` and so on, as printed.
        kind: String,
    },
    /// A struct, tuple, array, enum variant, closure or coroutine made of values.
    Aggregate {
        /// What it is.
        kind: Aggregate,
        /// Field by field; of a closure, what it captures.
        operands: Vec<(Option<String>, Operand)>,
    },
    /// `[operand; N]`.
    Repeat(Operand),
    /// `Add(a, b)` and the like, comparisons included: the name and both sides.
    Binary(String, Operand, Operand),
    /// `Not(a)`, `Neg(a)`, `PtrMetadata(a)`.
    Unary(String, Operand),
    /// `Len(place)`, `discriminant(place)`: says something about it that is no text.
    About(Place),
    /// `&/*tls*/ path`: a thread-local static.
    ThreadLocal(String),
    /// Reads nothing: `SizeOf(T)` and other constants.
    Nothing,
}

/// What an aggregate is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Aggregate {
    /// `(a, b)`.
    Tuple,
    /// `[a, b]`.
    Array,
    /// `path::Struct { … }` or `path::Enum::Variant(…)`, with its generic arguments, as printed.
    Named(String),
    /// `{closure@…}`: the type as printed, and the path of its body by the comment below it.
    Closure {
        /// As printed.
        #[serde(with = "interned")]
        ty: Type,
        /// `krate::f::{closure#0}`, where rustc prints it.
        body: Option<String>,
    },
}

/// How a block ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Terminator {
    /// Goes on in one of these blocks, whatever decides that.
    Goto(Vec<usize>),
    /// Branches on a value.
    Switch {
        /// What decides.
        operand: Operand,
        /// Where to.
        targets: Vec<usize>,
    },
    /// Ends the function.
    Return,
    /// `unreachable`, `resume`, `terminate`: nothing follows.
    End,
    /// Calls a function.
    Call(Call),
    /// Drops a value.
    Drop {
        /// Which.
        place: Place,
        /// Goes on there.
        targets: Vec<usize>,
    },
    /// Panics unless it holds: overflow, bounds. The message's operands are numbers.
    Assert {
        /// Goes on there.
        targets: Vec<usize>,
    },
    /// Of a coroutine: gives a value out and takes one in.
    Yield {
        /// What is given out.
        value: Operand,
        /// Where what comes in is put.
        resume: Place,
        /// Goes on there.
        targets: Vec<usize>,
    },
}

/// A call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// With what.
    pub arguments: Vec<Operand>,
    /// Where the result is put.
    pub destination: Place,
    /// Goes on there: the return first, if there is one, then unwinding.
    pub targets: Vec<usize>,
    /// The span of the name that is called, which is the user's even where the call's own is a macro's.
    pub callee_span: Option<Span>,
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Callee {
    /// A function by its path, as printed: `<T as Trait>::method::<U>`.
    Path(String),
    /// A value: a function pointer, or a closure behind `dyn Fn`.
    Value(Operand),
}
