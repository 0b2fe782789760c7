//! Prints the typed MIR as rustc would, for the tests to read again.

use std::fmt::Write as _;

use secret_lint::mir::{
    Aggregate, Allocation, Body, BodyKind, Call, Callee, Constant, Crate, Operand, Place,
    Projection, Rvalue, Span, Statement, StatementKind, Terminator,
};

/// All of a crate, with the footers of each body behind it.
pub(crate) fn print(krate: &Crate) -> String {
    let mut text = String::new();
    let mut allocations = krate.allocations.iter().peekable();
    for body in &krate.bodies {
        print_body(&mut text, body);
        while let Some(allocation) = allocations.next_if(|allocation| allocation.body == body.path)
        {
            print_allocation(&mut text, allocation);
        }
    }
    text
}

macro_rules! line {
    ($text:expr, $($argument:tt)*) => { writeln!($text, $($argument)*).expect("a string takes everything") };
}

fn print_body(text: &mut String, body: &Body) {
    if let Some(value) = trivial_value(body) {
        line!(
            text,
            "const {}: {} = const {};\n",
            body.path,
            body.locals[0].ty,
            value.text
        );
        return;
    }
    let result = &body.locals[0].ty;
    match body.kind {
        BodyKind::Function => {
            let parameters: Vec<_> = (1..=body.parameters)
                .map(|at| format!("_{at}: {}", body.locals[at].ty))
                .collect();
            line!(
                text,
                "fn {}({}) -> {result} {{",
                body.path,
                parameters.join(", ")
            );
        }
        BodyKind::Constant => line!(text, "const {}: {result} = {{", body.path),
        BodyKind::Static => line!(text, "static mut {}: {result} = {{", body.path),
    }
    for (at, local) in body.locals.iter().enumerate() {
        if at == 0 || at > body.parameters {
            line!(
                text,
                "    let mut _{at}: {};{}",
                local.ty,
                comment("in scope 0", local.span.as_ref())
            );
        }
    }
    line!(text, "    scope 1 {{");
    for name in &body.names {
        let value = name
            .place
            .as_ref()
            .map_or_else(|| "const 0_u8".to_owned(), place);
        line!(
            text,
            "        debug {} => {value};{}",
            name.name,
            comment("in scope 1", name.span.as_ref())
        );
    }
    line!(text, "    }}\n");
    for (at, block) in body.blocks.iter().enumerate() {
        line!(
            text,
            "    bb{at}{}: {{",
            if block.is_cleanup { " (cleanup)" } else { "" }
        );
        for statement in &block.statements {
            print_statement(text, statement, &body.path);
        }
        print_terminator(text, &block.terminator, block.terminator_span.as_ref());
        line!(text, "    }}\n");
    }
    line!(text, "}}\n");
}

/// What a constant gives out that rustc prints on one line.
fn trivial_value(body: &Body) -> Option<&Constant> {
    let [block] = body.blocks.as_slice() else {
        return None;
    };
    let [
        Statement {
            kind: StatementKind::Assign(_, Rvalue::Use(Operand::Constant(value))),
            span: None,
        },
    ] = block.statements.as_slice()
    else {
        return None;
    };
    let is_trivial = body.kind == BodyKind::Constant
        && body.locals.len() == 1
        && body.names.is_empty()
        && value.span.is_none()
        && value.ty.as_ref() == Some(&body.locals[0].ty);
    is_trivial.then_some(value)
}

fn print_allocation(text: &mut String, allocation: &Allocation) {
    let bytes = allocation.text.as_deref().unwrap_or_default();
    let size = bytes.len();
    let of_static = allocation
        .of_static
        .as_ref()
        .map(|path| format!("static: {path}, "))
        .unwrap_or_default();
    line!(
        text,
        "alloc{} ({of_static}size: {size}, align: 1) {{",
        allocation.id
    );
    for (at, row) in bytes.as_bytes().chunks(16).enumerate() {
        let hex: Vec<_> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let offset = if size > 16 {
            format!("0x{at:x}0 │ ")
        } else {
            String::new()
        };
        line!(text, "    {offset}{} │ ................", hex.join(" "));
    }
    line!(text, "}}\n");
}

fn comment(scope: &str, span: Option<&Span>) -> String {
    span.map(|span| format!(" // {scope} at {}", span_text(span)))
        .unwrap_or_default()
}

fn span_text(span: &Span) -> String {
    let Span { file, start, end } = span;
    format!(
        "{file}:{}:{}: {}:{}",
        start.line, start.column, end.line, end.column
    )
}

fn print_statement(text: &mut String, statement: &Statement, path: &str) {
    let mut comments = Vec::new();
    let printed = match &statement.kind {
        StatementKind::Nothing => "nop".to_owned(),
        StatementKind::CopyNonOverlapping {
            destination,
            source,
        } => {
            let (destination, source) = (
                operand(destination, &mut comments),
                operand(source, &mut comments),
            );
            format!(
                "copy_nonoverlapping(dst = {destination}, src = {source}, count = const 1_usize)"
            )
        }
        StatementKind::Assign(destination, value) => {
            let value = rvalue(value, path, &mut comments);
            format!("{} = {value}", place(destination))
        }
    };
    line!(
        text,
        "        {printed};{}",
        comment("scope 2", statement.span.as_ref())
    );
    print_comments(text, &comments);
}

fn print_comments(text: &mut String, comments: &[String]) {
    for comment in comments {
        line!(text, "{:40} // {comment}", "");
    }
}

fn print_terminator(text: &mut String, terminator: &Terminator, span: Option<&Span>) {
    let mut comments = Vec::new();
    let printed = match terminator {
        Terminator::Goto(blocks) => match blocks.as_slice() {
            [] => "asm!(\"say \"no\"\n   twice\", options()) -> unwind continue".to_owned(),
            [block] => format!("goto -> bb{block}"),
            _ => format!("falseEdge{}", targets(blocks)),
        },
        Terminator::Switch {
            operand: value,
            targets: blocks,
        } => {
            format!(
                "switchInt({}){}",
                operand(value, &mut comments),
                targets(blocks)
            )
        }
        Terminator::Return => "return".to_owned(),
        Terminator::End => "unreachable".to_owned(),
        Terminator::Drop {
            place: dropped,
            targets: blocks,
        } => format!("drop({}){}", place(dropped), targets(blocks)),
        Terminator::Assert { targets: blocks } => {
            format!(
                "assert(!move _0, \"a `)` that {{}} closes; nothing\", const 1_u8){}",
                targets(blocks)
            )
        }
        Terminator::Yield {
            value,
            resume,
            targets: blocks,
        } => {
            format!(
                "{} = yield({}){}",
                place(resume),
                operand(value, &mut comments),
                targets(blocks)
            )
        }
        Terminator::Call(call) => print_call(call, &mut comments),
    };
    line!(text, "        {printed};{}", comment("scope 3", span));
    print_comments(text, &comments);
}

fn print_call(call: &Call, comments: &mut Vec<String>) -> String {
    let callee = match &call.callee {
        Callee::Path(path) => {
            comments.extend(about_constant(
                call.callee_span.as_ref(),
                "fn() -> u8 {f}",
                path,
            ));
            path.clone()
        }
        Callee::Value(value) => operand(value, comments),
    };
    let arguments: Vec<_> = call
        .arguments
        .iter()
        .map(|argument| operand(argument, comments))
        .collect();
    format!(
        "{} = {callee}({}){}",
        place(&call.destination),
        arguments.join(", "),
        targets(&call.targets)
    )
}

fn targets(blocks: &[usize]) -> String {
    const LABELS: [&str; 4] = ["return", "':'", "0", "otherwise"];
    if blocks.is_empty() {
        return " -> unwind terminate(cleanup)".to_owned();
    }
    let blocks: Vec<_> = blocks
        .iter()
        .zip(LABELS.iter().cycle())
        .map(|(block, label)| format!("{label}: bb{block}"))
        .collect();
    format!(" -> [{}, unwind continue]", blocks.join(", "))
}

pub(crate) fn place(place: &Place) -> String {
    place.projections.iter().fold(
        format!("_{}", place.local),
        |inner, projection| match projection {
            Projection::Deref => format!("(*{inner})"),
            Projection::Field(number, ty) => format!("({inner}.{number}: {ty})"),
            Projection::Downcast(name) => format!("({inner} as {name})"),
            Projection::Element(None) => format!("{inner}[-1 of 2]"),
            Projection::Element(Some(local)) => format!("{inner}[_{local}]"),
            Projection::ElementAt(number) => format!("{inner}[{number} of 20]"),
            Projection::Slice => format!("{inner}[1:]"),
        },
    )
}

fn operand(operand: &Operand, comments: &mut Vec<String>) -> String {
    match operand {
        Operand::Copy(copied) => format!("copy {}", place(copied)),
        Operand::Move(moved) => format!("move {}", place(moved)),
        Operand::Constant(constant) => {
            if let Some(ty) = &constant.ty {
                comments.extend(about_constant(constant.span.as_ref(), ty, &constant.text));
            }
            format!("const {}", constant.text)
        }
    }
}

fn about_constant(span: Option<&Span>, ty: &str, value: &str) -> [String; 3] {
    let span = span.map_or_else(|| "no-location".to_owned(), span_text);
    [
        "mir::ConstOperand".to_owned(),
        format!("+ span: {span}"),
        format!("+ const_: Const {{ ty: {ty}, val: Value({value}) }}"),
    ]
}

fn rvalue(value: &Rvalue, path: &str, comments: &mut Vec<String>) -> String {
    match value {
        Rvalue::Use(used) => operand(used, comments),
        Rvalue::Reference {
            is_mutable,
            place: referred,
        } => {
            format!(
                "&{}{}",
                if *is_mutable { "mut " } else { "" },
                place(referred)
            )
        }
        Rvalue::Cast {
            operand: cast,
            ty,
            kind,
        } => {
            let cast = operand(cast, comments);
            match kind.as_str() {
                "RawPtr" => format!("*const {ty} from ({cast}, const 1_usize)"),
                "ShallowInitBox" => format!("ShallowInitBox({cast}, {ty})"),
                _ => format!("{cast} as {ty} ({kind})"),
            }
        }
        Rvalue::Aggregate { kind, operands } => aggregate(kind, operands, path, comments),
        Rvalue::Repeat(repeated) => format!("[{}; 4096]", operand(repeated, comments)),
        Rvalue::Binary(name, left, right) => {
            let left = operand(left, comments);
            format!("{name}({left}, {})", operand(right, comments))
        }
        Rvalue::Unary(name, inner) => format!("{name}({})", operand(inner, comments)),
        Rvalue::About(asked) => format!("discriminant({})", place(asked)),
        Rvalue::ThreadLocal(path) => format!("&/*tls*/ {path}"),
        Rvalue::Nothing => "SizeOf((u8, [u8; 2]))".to_owned(),
    }
}

fn aggregate(
    kind: &Aggregate,
    operands: &[(Option<String>, Operand)],
    path: &str,
    comments: &mut Vec<String>,
) -> String {
    let printed: Vec<_> = operands
        .iter()
        .map(|(name, value)| {
            let value = operand(value, comments);
            name.as_ref()
                .map_or_else(|| value.clone(), |name| format!("{name}: {value}"))
        })
        .collect();
    let list = printed.join(", ");
    let is_named = operands.first().is_some_and(|(name, _)| name.is_some());
    match kind {
        Aggregate::Tuple if operands.len() == 1 => format!("({list},)"),
        Aggregate::Tuple => format!("({list})"),
        Aggregate::Array => format!("[{list}]"),
        Aggregate::Named(name) if is_named => format!("{name} {{ {list} }}"),
        Aggregate::Named(name) if operands.is_empty() => name.clone(),
        Aggregate::Named(name) => format!("{name}({list})"),
        Aggregate::Closure { ty, body } => {
            if let Some(body) = body {
                comments.push("closure".to_owned());
                comments.push(format!(
                    "+ def_id: DefId(0:7 ~ krate[00ff]::{})",
                    definition(body, path)
                ));
                comments.extend(["+ args: [", "    (),", "]"].map(str::to_owned));
            }
            if operands.is_empty() {
                ty.to_string()
            } else {
                format!("{ty} {{ {list} }}")
            }
        }
    }
}

/// The path of a closure's body as rustc's definitions have it, where it is one of the body that makes it.
fn definition(closure: &str, maker: &str) -> String {
    let maker = maker.split("::promoted[").next().unwrap_or(maker);
    let Some(own) = closure.strip_prefix(maker) else {
        return closure.to_owned();
    };
    let mut printed = maker.to_owned();
    while let Some(start) = printed.find("<impl at ") {
        let end = printed[start..]
            .find(">::")
            .map_or(printed.len(), |end| start + end + 1);
        printed.replace_range(start..end, "{impl#3}");
    }
    format!("{printed}{own}")
}
