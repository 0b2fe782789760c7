//! What is printed and read again is the same.

use std::sync::Arc;

use proptest::{collection::vec, option, prelude::*, sample::select};
use secret_lint::mir::{
    Aggregate, Allocation, Block, Body, BodyKind, Call, Callee, Constant, Crate, Local, Name,
    Operand, Place, Position, Projection, Rvalue, Span, Statement, StatementKind, Terminator,
    parse::parse,
};

use crate::print::print;

const LOCALS: usize = 5;
const BLOCKS: usize = 3;

/// What types look like that are hard to find the end of.
const TYPES: &[&str] = &[
    "u8",
    "()",
    "&str",
    "(u8, &'static str)",
    "[u8; 4096]",
    "Add",
    "fn(u8, &'a str) -> (u8, [u8; 2])",
    "for<'a, 'b> fn(&'a str) -> &'b str",
    "&dyn std::ops::Fn(&str) -> std::option::Option<u8> + Send",
    "*const dyn Trait<Output = (u8, u8)>",
    "impl Future<Output = Result<(), Box<dyn Error>>>",
    "P<'(', '\\'', \"a)\\\"b\">",
    "{closure@src/with } and: 1 (2).rs:1:2: 3:4}",
    "{closure@sequence::tuple<&mut W, ({closure@slice<&[u8], W>::{closure#0}}, fn(u8) -> u8 {m::f})>::{closure#0}}",
    "{closure@multi::all<{closure@src/a.rs:3:9: 3:34}, W>::{closure#0}::{closure#1}}",
    "{async fn body of <impl at src/a >::b.rs:1:2: 3:4>::f<'_>()}",
    "<T as std::iter::Iterator>::Item",
    "Const<{ N > 1 }>",
    "größe::Wörter",
];

/// And constants, with what comes after a constant inside of them.
const CONSTANTS: &[&str] = &[
    r#""text""#,
    r#""a \" quote; // scope 1 at src/a.rs:1:1: 2:2""#,
    r#"" -> [return: bb1] as u8 (IntToInt)""#,
    r#""\\""#,
    r#"b"\x00\"""#,
    r#"*b"abc""#,
    "{alloc3: &&[(u8, &str)]}",
    "{0x4 as *const u8}",
    "{transmute(0x00): Option<&str>}",
    "main::f::promoted[0]",
    "<T as Trait<u8, ')'>>::NAME",
    r#"Foo {{ a: "}", b: [1_u8, 2_u8] }}"#,
    "std::option::Option::<&str>::None",
    "std::convert::From::<u8>::from",
    r#"("a", 1_u8)"#,
    "m::<impl at src/lib.rs:1:2: 3:4>::f::{constant#0}",
    "f32::NAN",
];

const SCALARS: &[&str] = &[
    "42_u8", "-1_i32", "true", "()", "'\\''", "'\"'", "'('", "1.5f64",
];

const PATHS: &[&str] = &[
    "f",
    "krate::module::<impl at src/lib.rs:3:1: 3:8>::name",
    "f::{closure#0}",
    "_::<impl at src/my file: (1).rs:3:1: 3:8>::f::{closure#2}::{closure#0}",
    "größe::f",
];

const CALLED: &[&str] = &[
    "<T as Trait<(u8, u8)>>::method::<fn(u8) -> u8>",
    "std::string::String::from",
    "<{closure@src/a.rs:1:2: 3:4} as FnOnce<(u8,)>>::call_once",
    "core::str::<impl str>::trim",
    "discriminant",
    "Add",
    "f::<'(', { 1 }>",
];

const FILES: &[&str] = &[
    "src/lib.rs",
    "/rustc/0/library/core/src/a.rs",
    "src/my file: 1:2.rs",
    "c:\\a b\\lib.rs",
    "<anon>",
];

fn text(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(from).prop_map(str::to_owned)
}

fn ty() -> impl Strategy<Value = Arc<str>> {
    select(TYPES).prop_map(Arc::from)
}

fn span() -> impl Strategy<Value = Option<Span>> {
    let position =
        || (1..10_000_u32, 1..200_u32).prop_map(|(line, column)| Position { line, column });
    option::of(
        (select(FILES), position(), position()).prop_map(|(file, start, end)| Span {
            file: file.into(),
            start,
            end,
        }),
    )
}

fn place() -> impl Strategy<Value = Place> {
    let projection = prop_oneof![
        Just(Projection::Deref),
        Just(Projection::Element(None)),
        // Every body has this one.
        Just(Projection::Element(Some(0))),
        (0..9_usize).prop_map(Projection::ElementAt),
        Just(Projection::Slice),
        (0..20_usize, ty()).prop_map(|(number, ty)| Projection::Field(number, ty)),
        text(&["Some", "variant#3", "Größe", "r_2"]).prop_map(Projection::Downcast),
    ];
    (0..LOCALS, vec(projection, 0..5)).prop_map(|(local, projections)| Place { local, projections })
}

fn constant() -> impl Strategy<Value = Constant> {
    prop_oneof![
        text(SCALARS).prop_map(|text| Constant {
            text,
            ty: None,
            span: None
        }),
        (text(CONSTANTS), ty(), span()).prop_map(|(text, ty, span)| Constant {
            text,
            ty: Some(ty),
            span
        }),
    ]
}

fn operand() -> impl Strategy<Value = Operand> {
    prop_oneof![
        place().prop_map(Operand::Copy),
        place().prop_map(Operand::Move),
        constant().prop_map(Operand::Constant)
    ]
}

fn unnamed(most: usize) -> impl Strategy<Value = Vec<(Option<String>, Operand)>> {
    vec(operand().prop_map(|operand| (None, operand)), 0..=most)
}

fn named() -> impl Strategy<Value = Vec<(Option<String>, Operand)>> {
    vec(
        (
            text(&["name", "r_2", "größe", "0"]).prop_map(Some),
            operand(),
        ),
        1..4,
    )
}

fn closure() -> impl Strategy<Value = Rvalue> {
    let ty = text(&[
        "{closure@src/a } b: (1).rs:1:2: 3:4}",
        "{coroutine@a.rs:2:41: 2:46 (#12)}",
    ]);
    let body = option::of(text(&[
        "f::{closure#0}::{closure#1}",
        "elsewhere::{closure#2}",
    ]));
    (ty, body, prop_oneof![Just(Vec::new()), named()]).prop_map(|(ty, body, operands)| {
        Rvalue::Aggregate {
            kind: Aggregate::Closure {
                ty: ty.into(),
                body,
            },
            operands,
        }
    })
}

fn aggregate() -> impl Strategy<Value = Rvalue> {
    let name = || {
        text(&[
            "std::option::Option::<&str>::Some",
            "E::A",
            "Struct::<'(', fn(u8) -> u8>",
        ])
    };
    prop_oneof![
        unnamed(3).prop_map(|operands| Rvalue::Aggregate {
            kind: Aggregate::Tuple,
            operands
        }),
        unnamed(3).prop_map(|operands| Rvalue::Aggregate {
            kind: Aggregate::Array,
            operands
        }),
        (name(), prop_oneof![unnamed(3), named()]).prop_map(|(name, operands)| Rvalue::Aggregate {
            kind: Aggregate::Named(name),
            operands
        }),
        closure(),
    ]
}

fn rvalue() -> impl Strategy<Value = Rvalue> {
    let kind = || {
        text(&[
            "PointerCoercion(Unsize, AsCast)",
            "IntToInt",
            "Transmute",
            "RawPtr",
            "ShallowInitBox",
        ])
    };
    let binary = || text(&["Add", "AddWithOverflow", "Eq", "Offset", "Sub"]);
    prop_oneof![
        operand().prop_map(Rvalue::Use),
        (any::<bool>(), place())
            .prop_map(|(is_mutable, place)| Rvalue::Reference { is_mutable, place }),
        (operand(), ty(), kind()).prop_map(|(operand, ty, kind)| Rvalue::Cast {
            operand,
            ty,
            kind
        }),
        aggregate(),
        operand().prop_map(Rvalue::Repeat),
        (binary(), operand(), operand())
            .prop_map(|(name, left, right)| Rvalue::Binary(name, left, right)),
        (text(&["Not", "Neg", "PtrMetadata"]), operand())
            .prop_map(|(name, operand)| Rvalue::Unary(name, operand)),
        place().prop_map(Rvalue::About),
        text(PATHS).prop_map(Rvalue::ThreadLocal),
        Just(Rvalue::Nothing),
    ]
}

fn statement() -> impl Strategy<Value = Statement> {
    let kind = prop_oneof![
        // A place whose type is called like an operation takes a struct, which `constructs` tests.
        8 => (place(), rvalue()).prop_filter_map("makes a struct", |(place, value)| {
            let is_add = matches!(place.projections.last(), Some(Projection::Field(_, ty)) if &**ty == "Add");
            (!is_add).then_some(StatementKind::Assign(place, value))
        }),
        1 => Just(StatementKind::Nothing),
        1 => (operand(), operand())
            .prop_map(|(destination, source)| StatementKind::CopyNonOverlapping { destination, source }),
    ];
    (kind, span()).prop_map(|(kind, span)| Statement { kind, span })
}

fn call() -> impl Strategy<Value = Terminator> {
    let callee = prop_oneof![
        (text(CALLED), span()).prop_map(|(path, span)| (Callee::Path(path), span)),
        operand()
            .prop_filter(
                "no tuple is called",
                |operand| !matches!(operand, Operand::Constant(Constant { text, .. })
                if text.contains('(') || text.starts_with(|first: char| !first.is_alphabetic()))
            )
            .prop_map(|operand| (Callee::Value(operand), None)),
    ];
    (callee, vec(operand(), 0..4), place(), vec(0..BLOCKS, 0..3)).prop_map(
        |((callee, callee_span), arguments, destination, targets)| {
            Terminator::Call(Call {
                callee,
                arguments,
                destination,
                targets,
                callee_span,
            })
        },
    )
}

fn terminator() -> impl Strategy<Value = Terminator> {
    let targets = || vec(0..BLOCKS, 0..4);
    prop_oneof![
        targets().prop_map(Terminator::Goto),
        (operand(), targets())
            .prop_map(|(operand, targets)| Terminator::Switch { operand, targets }),
        Just(Terminator::Return),
        Just(Terminator::End),
        call(),
        (place(), targets()).prop_map(|(place, targets)| Terminator::Drop { place, targets }),
        targets().prop_map(|targets| Terminator::Assert { targets }),
        (operand(), place(), targets()).prop_map(|(value, resume, targets)| Terminator::Yield {
            value,
            resume,
            targets
        }),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    (any::<bool>(), vec(statement(), 0..5), terminator(), span()).prop_map(
        |(is_cleanup, statements, terminator, terminator_span)| Block {
            is_cleanup,
            statements,
            terminator,
            terminator_span,
        },
    )
}

fn body() -> impl Strategy<Value = Body> {
    let kind = select(&[BodyKind::Function, BodyKind::Constant, BodyKind::Static][..]);
    let local = (
        ty().prop_filter("named like an operation", |ty| &**ty != "Add"),
        span(),
    );
    let names = vec(
        (
            text(&["name", "größe", "self"]),
            option::of(place()),
            span(),
        ),
        0..3,
    );
    (
        text(PATHS),
        kind,
        0..LOCALS,
        vec(local, LOCALS),
        names,
        vec(block(), BLOCKS),
    )
        .prop_map(|(path, kind, parameters, locals, names, blocks)| {
            let parameters = if kind == BodyKind::Function {
                parameters
            } else {
                0
            };
            let local = |(at, (ty, span))| Local {
                ty,
                span: if (1..=parameters).contains(&at) {
                    None
                } else {
                    span
                },
            };
            Body {
                path,
                kind,
                parameters,
                locals: locals.into_iter().enumerate().map(local).collect(),
                names: names
                    .into_iter()
                    .map(|(name, place, span)| Name { name, place, span })
                    .collect(),
                blocks,
            }
        })
}

fn krate() -> impl Strategy<Value = Crate> {
    let texts = &[
        "event",
        "größer als sechzehn\nBytes",
        "\"quoted\" │ barred",
        "0x41",
    ];
    let allocation = prop_oneof![
        text(PATHS).prop_map(|path| (Some(path), None)),
        text(texts).prop_map(|text| (None, Some(text))),
    ];
    vec((body(), vec((any::<u32>(), allocation), 0..3)), 0..3).prop_map(|bodies| {
        let mut krate = Crate::default();
        for (body, allocations) in bodies {
            krate
                .allocations
                .extend(
                    allocations
                        .into_iter()
                        .map(|(id, (of_static, text))| Allocation {
                            id: id.into(),
                            body: body.path.clone(),
                            of_static,
                            text,
                        }),
                );
            krate.bodies.push(body);
        }
        krate
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(krate in krate()) {
        let text = print(&krate);
        let again = parse(&text);
        prop_assert_eq!(&again.unparsed, &Vec::new(), "of\n{}", text);
        for (body, printed) in again.bodies.iter().zip(&krate.bodies) {
            prop_assert_eq!(body, printed, "of\n{}", text);
        }
        prop_assert_eq!(&again.allocations, &krate.allocations, "of\n{}", text);
        prop_assert_eq!(again.bodies.len(), krate.bodies.len());
    }
}
