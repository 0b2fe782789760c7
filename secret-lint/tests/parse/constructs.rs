//! One construct at a time: how rustc prints it, and what is read.

use secret_lint::mir::{
    Aggregate, Body, BodyKind, Call, Callee, Constant, Crate, Operand, Place, Projection, Rvalue,
    StatementKind, Terminator, parse::parse,
};

/// A function with these lines in its only block, and with the variables 0 to 9.
fn with_lines(lines: &str) -> Crate {
    let locals: Vec<_> = (0..10)
        .map(|at| format!("    let mut _{at}: u8;"))
        .collect();
    let locals = locals.join("\n");
    parse(&format!(
        "fn f() -> u8 {{\n{locals}\n\n    bb0: {{\n{lines}\n    }}\n}}\n"
    ))
}

/// What a line in a block is read as.
fn statement(line: &str) -> StatementKind {
    let krate = with_lines(&format!("        {line}\n        return;"));
    assert_eq!(krate.unparsed, [], "{line}");
    krate.bodies[0].blocks[0].statements[0].kind.clone()
}

fn assigned(line: &str) -> Rvalue {
    match statement(line) {
        StatementKind::Assign(_, value) => value,
        other => panic!("{line} is {other:?}"),
    }
}

/// What a line at the end of a block is read as.
fn terminator(line: &str) -> Terminator {
    let krate = with_lines(&format!("        {line}"));
    assert_eq!(krate.unparsed, [], "{line}");
    krate.bodies[0].blocks[0].terminator.clone()
}

fn body(header: &str) -> Body {
    let krate = parse(&format!(
        "{header}\n    bb0: {{\n        return;\n    }}\n}}\n"
    ));
    assert_eq!(krate.unparsed, [], "{header}");
    krate.bodies[0].clone()
}

fn local(local: usize) -> Place {
    Place {
        local,
        projections: Vec::new(),
    }
}

fn constant(text: &str) -> Operand {
    Operand::Constant(Constant {
        text: text.to_owned(),
        ty: None,
        span: None,
    })
}

#[test]
fn headers() {
    let cases = [
        ("fn a::f(_1: &str, _2: (u8, u8)) -> () {", "a::f", 2, "()"),
        (
            "fn f(_1: fn(u8) -> u8, _2: &dyn Fn(u8) -> u8) -> impl Fn(u8) -> u8 {",
            "f",
            2,
            "impl Fn(u8) -> u8",
        ),
        (
            "fn <impl at src/a (1).rs:1:2: 3:4>::f(_1: &T) -> ! {",
            "<impl at src/a (1).rs:1:2: 3:4>::f",
            1,
            "!",
        ),
        (
            "fn f::{closure#0}(_1: {closure@a.rs:1:2: 3:4}) -> u8 {",
            "f::{closure#0}",
            1,
            "u8",
        ),
        (
            "const f::promoted[0]: &[&str; 2] = {",
            "f::promoted[0]",
            0,
            "&[&str; 2]",
        ),
        (
            "static mut NAME: Option<&str> = {",
            "NAME",
            0,
            "Option<&str>",
        ),
        ("f::{constant#0}: usize = {", "f::{constant#0}", 0, "usize"),
    ];
    for (header, path, parameters, result) in cases {
        let body = body(header);
        assert_eq!(
            (body.path.as_str(), body.parameters, &*body.locals[0].ty),
            (path, parameters, result)
        );
    }
    let poll = "fn f::{closure#0}(_1: Pin<&mut {async fn body of f()}>, _2: &mut Context<'_>) -> Poll<u8> {";
    assert_eq!(
        &*body(poll).locals[1].ty,
        "Pin<&mut {async fn body of f()}>"
    );
    assert_eq!(body("static A: u8 = {").kind, BodyKind::Static);
}

#[test]
fn a_constant_on_one_line_is_a_body_that_gives_its_value_out() {
    let krate = parse(
        "const m::API_KEY: &str = const \"sk_live; // {\";\n\nalloc1 (static: m::X, size: 8, align: 8) {\n    61 │ a\n}\n",
    );
    assert_eq!(krate.unparsed, []);
    let StatementKind::Assign(_, Rvalue::Use(Operand::Constant(value))) =
        &krate.bodies[0].blocks[0].statements[0].kind
    else {
        panic!("{:?}", krate.bodies[0]);
    };
    assert_eq!(
        (value.text.as_str(), value.ty.as_deref()),
        ("\"sk_live; // {\"", Some("&str"))
    );
    assert_eq!(krate.allocations[0].body, "m::API_KEY");
    assert_eq!(krate.allocations[0].of_static.as_deref(), Some("m::X"));
}

#[test]
fn places() {
    use Projection::{Deref, Downcast, Element, ElementAt, Field, Slice};
    let field = |number| Field(number, "T".into());
    let cases = [
        ("_2", vec![]),
        ("(*_2)", vec![Deref]),
        (
            "((_2 as Some).0: T)",
            vec![Downcast("Some".into()), field(0)],
        ),
        (
            "(((*_2) as variant#3).4: T)",
            vec![Deref, Downcast("variant#3".into()), field(4)],
        ),
        ("(*_2)[_1]", vec![Deref, Element(Some(1))]),
        ("(_2.1: T)[0 of 2]", vec![field(1), ElementAt(0)]),
        ("_2[-1 of 2][1..3]", vec![Element(None), Slice]),
        ("(*(_2[1:].0: T))", vec![Slice, field(0), Deref]),
        ("_2[:-1]", vec![Slice]),
        ("(_2 as fn(u8) -> u8)", vec![]),
        ("(unwrap_binder!(_2; &'a T).0: T)", vec![field(0)]),
    ];
    for (text, projections) in cases {
        let place = Place {
            local: 2,
            projections,
        };
        assert_eq!(
            assigned(&format!("_0 = move {text};")),
            Rvalue::Use(Operand::Move(place)),
            "{text}"
        );
    }
}

#[test]
fn copies_of_every_kind_are_copies() {
    for line in [
        "_0 = copy _1;",
        "_0 = no_retag copy _1;",
        "_0 = deref_copy _1;",
        "_0 = wrap_binder!(copy _1; &'a u8);",
    ] {
        assert_eq!(
            assigned(line),
            Rvalue::Use(Operand::Copy(local(1))),
            "{line}"
        );
    }
}

#[test]
fn references() {
    for (line, is_mutable) in [
        ("_0 = &_1;", false),
        ("_0 = &mut _1;", true),
        ("_0 = &raw const _1;", false),
        ("_0 = &raw const (fake) _1;", false),
        ("_0 = &raw mut _1;", true),
        ("_0 = &fake _1;", false),
        ("_0 = &fake shallow _1;", false),
        ("_0 = &'a mut _1;", true),
    ] {
        assert_eq!(
            assigned(line),
            Rvalue::Reference {
                is_mutable,
                place: local(1)
            },
            "{line}"
        );
    }
    assert_eq!(
        assigned("_0 = &/*tls*/ a::B;"),
        Rvalue::ThreadLocal("a::B".into())
    );
}

#[test]
fn casts() {
    for (line, ty, kind) in [
        ("_0 = copy _1 as u8 (IntToInt);", "u8", "IntToInt"),
        (
            "_0 = copy _1 as &dyn T (PointerCoercion(Unsize, AsCast));",
            "&dyn T",
            "PointerCoercion(Unsize, AsCast)",
        ),
        (
            "_0 = copy _1 as fn() -> (u8, u8) (PtrToPtr);",
            "fn() -> (u8, u8)",
            "PtrToPtr",
        ),
        ("_0 = copy _1 as (A, B) (Transmute);", "(A, B)", "Transmute"),
        (
            "_0 = *mut [u8] from (copy _1, const 2_usize);",
            "[u8]",
            "RawPtr",
        ),
        ("_0 = ShallowInitBox(copy _1, T);", "T", "ShallowInitBox"),
    ] {
        let operand = Operand::Copy(local(1));
        assert_eq!(
            assigned(line),
            Rvalue::Cast {
                operand,
                ty: ty.into(),
                kind: kind.to_owned()
            },
            "{line}"
        );
    }
    let function =
        assigned("_0 = <T as A>::f as fn(u8) (PointerCoercion(ReifyFnPointer, AsCast));");
    assert!(matches!(function, Rvalue::Cast { operand, .. } if operand == constant("<T as A>::f")));
}

#[test]
fn aggregates_and_operations() {
    let one = || vec![(None, Operand::Copy(local(1)))];
    let aggregate = |kind, operands| Rvalue::Aggregate { kind, operands };
    let named = |name: &str| Aggregate::Named(name.to_owned());
    assert_eq!(
        assigned("_0 = (copy _1,);"),
        aggregate(Aggregate::Tuple, one())
    );
    assert_eq!(
        assigned("_0 = [copy _1];"),
        aggregate(Aggregate::Array, one())
    );
    assert_eq!(
        assigned("_0 = A::<(u8, u8)>::B(copy _1);"),
        aggregate(named("A::<(u8, u8)>::B"), one())
    );
    assert_eq!(
        assigned("_0 = A::None;"),
        aggregate(named("A::None"), Vec::new())
    );
    let field = vec![(Some("b".to_owned()), Operand::Copy(local(1)))];
    assert_eq!(
        assigned("_0 = A { b: copy _1 };"),
        aggregate(named("A"), field)
    );
    assert_eq!(
        assigned("_0 = [const 0_u8; 4096];"),
        Rvalue::Repeat(constant("0_u8"))
    );
    let (copied, two) = (Operand::Copy(local(1)), constant("2_u8"));
    assert_eq!(
        assigned("_0 = AddWithOverflow(copy _1, const 2_u8);"),
        Rvalue::Binary("AddWithOverflow".into(), copied, two)
    );
    assert_eq!(assigned("_0 = discriminant(_1);"), Rvalue::About(local(1)));
    assert_eq!(
        assigned("_0 = Len((*_1));"),
        Rvalue::About(Place {
            local: 1,
            projections: vec![Projection::Deref]
        })
    );
    for line in [
        "_0 = SizeOf((u8, u8));",
        "_0 = OffsetOf(T, [(0, 1)]);",
        "_0 = UbChecks();",
        "_0 = UbChecks;",
    ] {
        assert_eq!(assigned(line), Rvalue::Nothing, "{line}");
    }
}

#[test]
fn a_struct_that_is_called_like_an_operation_is_a_struct() {
    let text = "fn f(_1: u8) -> Add {\n    let mut _0: Add;\n\n    bb0: {\n        _0 = Add(copy _1, copy _1);\n        return;\n    }\n}\n";
    let krate = parse(text);
    assert_eq!(krate.unparsed, []);
    let kind = &krate.bodies[0].blocks[0].statements[0].kind;
    assert!(
        matches!(kind, StatementKind::Assign(_, Rvalue::Aggregate { .. })),
        "{kind:?}"
    );
}

#[test]
fn constants_end_where_they_should() {
    for text in [
        r#""a \" b -> [return: bb1]; // scope 0 at a.rs:1:1: 1:2""#,
        r#"b"\\""#,
        "'\\''",
        "'\"'",
        "{alloc3: &&[(u8, fn() -> u8)]}",
        r#"A {{ b: "}", c: 1_u8 }}"#,
        "<A<'('> as B>::C",
    ] {
        let call = terminator(&format!(
            "_0 = f(const {text}, const {text}) -> unwind continue;"
        ));
        let Terminator::Call(Call { arguments, .. }) = call else {
            panic!("{text} is {call:?}")
        };
        assert_eq!(arguments, [constant(text), constant(text)]);
    }
}

#[test]
fn statements_that_move_nothing() {
    for line in [
        "StorageLive(_1);",
        "StorageDead(_1);",
        "FakeRead(ForMatchedPlace(None), _1);",
        "Retag([fn entry] _1);",
        "PlaceMention((*_1));",
        "AscribeUserType(_1, +, UserTypeProjection { base: UserType(0), projs: [] });",
        "Coverage::VirtualCounter(bcb0);",
        "ConstEvalCounter;",
        "nop;",
        "Deinit(_1);",
        "discriminant(_1) = 3;",
        "assume(copy _1);",
        "BackwardIncompatibleDropHint(_1);",
    ] {
        assert_eq!(statement(line), StatementKind::Nothing, "{line}");
    }
    let kind =
        statement("copy_nonoverlapping(dst = copy _1, src = move _2, count = const 4_usize);");
    let (destination, source) = (Operand::Copy(local(1)), Operand::Move(local(2)));
    assert_eq!(
        kind,
        StatementKind::CopyNonOverlapping {
            destination,
            source
        }
    );
}

#[test]
fn terminators() {
    let targets = || vec![0];
    for (line, expected) in [
        ("goto -> bb0;", Terminator::Goto(targets())),
        (
            "falseEdge -> [real: bb0, imaginary: bb0];",
            Terminator::Goto(vec![0, 0]),
        ),
        (
            "falseUnwind -> [real: bb0, unwind: bb0];",
            Terminator::Goto(vec![0, 0]),
        ),
        ("return;", Terminator::Return),
        ("resume;", Terminator::End),
        ("terminate(abi);", Terminator::End),
        ("unreachable;", Terminator::End),
        ("coroutine_drop;", Terminator::End),
        (
            "drop(_1) -> [return: bb0, unwind terminate(cleanup)];",
            Terminator::Drop {
                place: local(1),
                targets: targets(),
            },
        ),
        (
            "async drop(_1; poll=_2) -> [return: bb0, drop: bb0];",
            Terminator::Drop {
                place: local(1),
                targets: vec![0, 0],
            },
        ),
        (
            "assert(!move _1, \"`{}); no\", copy _2) -> [success: bb0, unwind unreachable];",
            Terminator::Assert { targets: targets() },
        ),
        (
            "switchInt(copy _1) -> [':': bb0, -1: bb0, otherwise: bb0];",
            Terminator::Switch {
                operand: Operand::Copy(local(1)),
                targets: vec![0, 0, 0],
            },
        ),
        (
            "_2 = yield(move _1) -> [resume: bb0, drop: bb0];",
            Terminator::Yield {
                value: Operand::Move(local(1)),
                resume: local(2),
                targets: vec![0, 0],
            },
        ),
        (
            "asm!(\"a\n}}\n \" b, options(\", in(reg) _1, options(PURE | NOMEM)) -> [return: bb0];",
            Terminator::Goto(targets()),
        ),
    ] {
        assert_eq!(terminator(line), expected, "{line}");
    }
}

#[test]
fn calls() {
    let path = |path: &str| Callee::Path(path.to_owned());
    for (line, callee, targets) in [
        (
            "_0 = f(move _1) -> [return: bb0, unwind: bb0];",
            path("f"),
            vec![0, 0],
        ),
        (
            "_0 = <A as B<(u8, u8)>>::f::<fn() -> u8>(move _1) -> bb0;",
            path("<A as B<(u8, u8)>>::f::<fn() -> u8>"),
            vec![0],
        ),
        ("_0 = f(move _1) -> unwind continue;", path("f"), vec![]),
        ("tailcall f(move _1);", path("f"), vec![]),
        (
            "_0 = move _2(move _1) -> [return: bb0, unwind continue];",
            Callee::Value(Operand::Move(local(2))),
            vec![0],
        ),
        (
            "_0 = const A::F(move _1) -> bb0;",
            Callee::Value(constant("A::F")),
            vec![0],
        ),
    ] {
        let arguments = vec![Operand::Move(local(1))];
        let expected = Call {
            callee,
            arguments,
            destination: local(0),
            targets,
            callee_span: None,
        };
        assert_eq!(terminator(line), Terminator::Call(expected), "{line}");
    }
}

#[test]
fn comments_give_spans_and_types_and_the_body_of_a_closure() {
    let pad = " ".repeat(41);
    let krate = parse(&format!(
        "fn m::<impl at a.rs:1:1: 2:2>::f(_1: &str) -> () {{\n    debug text => _1;  // in scope 0 at my file: a.rs:5:1: 5:2\n    let mut _0: ();\n\n    bb0: {{\n        _0 = {{closure@a.rs:3:4: 5:6}} {{ text: copy _1 }}; // scope 0 at a.rs:3:1: 3:9\n{pad}// closure\n{pad}// + def_id: DefId(0:3 ~ krate[00ff]::m::{{impl#7}}::f::{{closure#1}})\n{pad}// + args: [\n{pad}//     (),\n{pad}// ]\n        _0 = g(const N, const \"x\") -> unwind continue; // scope 0 at no-location\n{pad}// mir::ConstOperand\n{pad}// + span: a.rs:7:1: 7:2\n{pad}// + const_: Const {{ ty: fn(u8) {{g}}, val: Value(g) }}\n{pad}// mir::ConstOperand\n{pad}// + span: a.rs:8:1: 8:2\n{pad}// + const_: Const {{ ty: &str, val: Value(\"x\") }}\n    }}\n}}\n"
    ));
    assert_eq!(krate.unparsed, []);
    let body = &krate.bodies[0];
    assert_eq!(
        body.names[0]
            .span
            .as_ref()
            .map(|span| (&*span.file, span.start.line)),
        Some(("my file: a.rs", 5))
    );
    let block = &body.blocks[0];
    let StatementKind::Assign(
        _,
        Rvalue::Aggregate {
            kind: Aggregate::Closure { body, .. },
            ..
        },
    ) = &block.statements[0].kind
    else {
        panic!("{block:?}");
    };
    assert_eq!(
        body.as_deref(),
        Some("m::<impl at a.rs:1:1: 2:2>::f::{closure#1}")
    );
    let Terminator::Call(call) = &block.terminator else {
        panic!("{block:?}")
    };
    assert_eq!(
        call.callee_span.as_ref().map(|span| span.start.line),
        Some(7)
    );
    // Which of the two has the comment is seen by its value: numbers have none.
    let types = call.arguments.iter().map(|argument| match argument {
        Operand::Constant(constant) => constant.ty.as_deref(),
        _ => None,
    });
    assert_eq!(types.collect::<Vec<_>>(), [None, Some("&str")]);
}

#[test]
fn texts_in_memory_are_read_and_other_bytes_are_not() {
    let krate = parse(
        "static A: u8 = const 1_u8;\n\nalloc1 (size: 17, align: 1) {\n    0x00 │ 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70 │ abcdefghijklmnop\n    0x10 │ 71                                              │ q\n}\n\nalloc2 (size: 9, align: 8) {\n    ╾─alloc3<imm>─╼ 61 │ ╾──────╼a\n}\n\nalloc4 (vtable: impl A for B)\n\nalloc5 (fn: f)\n\nalloc6 (extern static: environ)\n\nalloc7 (size: 0, align: 1) {}\n",
    );
    assert_eq!(krate.unparsed, []);
    let found: Vec<_> = krate
        .allocations
        .iter()
        .map(|found| (found.id, found.text.as_deref(), found.of_static.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (1, Some("abcdefghijklmnopq"), None),
            (6, None, Some("environ"))
        ]
    );
}

#[test]
fn what_is_unknown_is_reported_where_it_stands() {
    let krate =
        with_lines("        _0 = novelty!(copy _1);\n        mov _1 -> bb0;\n        return;");
    let lines: Vec<_> = krate
        .unparsed
        .iter()
        .map(|unparsed| (unparsed.line, unparsed.body.as_deref()))
        .collect();
    assert_eq!(lines, [(14, Some("f")), (15, Some("f"))]);
    assert_eq!(krate.unparsed[0].text, "_0 = novelty!(copy _1);");
    let lost = parse(
        "func f() {\n    let _0: u8;\n\n    bb0: {\n    }\n}\n\nfunc g() {\n\nfn h() -> u8 {\n    bb0: {\n        return;\n    }\n}\n",
    );
    assert_eq!((lost.unparsed.len(), lost.bodies.len()), (2, 1), "{lost:?}");
}
