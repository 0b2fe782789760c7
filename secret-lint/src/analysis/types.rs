//! Types and paths as rustc prints them, taken apart.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What the type parameters of a body stand for, by their names.
pub(super) type Bindings = BTreeMap<String, Arc<str>>;

/// The parts of `text` between top-level commas.
pub(super) fn split_list(text: &str) -> Vec<&str> {
    split_top(text, ",")
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Splits at a separator that is not inside brackets of any kind.
pub(super) fn split_top<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut depth, mut start, mut at) = (0_i32, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'<' | b'(' | b'[' | b'{' => depth += 1,
            b'>' if at > 0 && (bytes[at - 1] == b'-' || bytes[at - 1] == b'=') => {}
            b'>' | b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && text[at..].starts_with(separator) && text.is_char_boundary(at) {
            parts.push(&text[start..at]);
            at += separator.len();
            start = at;
            continue;
        }
        at += 1;
        while at < bytes.len() && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Where the bracket that opens `text` closes.
pub(super) fn closing(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_i32;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' | b'(' | b'[' | b'{' => depth += 1,
            b'>' if at > 0 && (bytes[at - 1] == b'-' || bytes[at - 1] == b'=') => {}
            b'>' | b')' | b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// What is behind one `&`, `&mut`, `*const` or `*mut`.
pub(super) fn pointee(ty: &str) -> Option<&str> {
    let ty = ty.trim();
    let rest = if let Some(rest) = ty.strip_prefix('&') {
        let rest = match rest.strip_prefix('\'') {
            Some(lifetime) => lifetime.split_once(' ').map_or("", |(_, rest)| rest),
            None => rest,
        };
        rest.strip_prefix("mut ").unwrap_or(rest)
    } else {
        ty.strip_prefix("*const ")
            .or_else(|| ty.strip_prefix("*mut "))?
    };
    Some(rest.trim())
}

/// Whether it can be written through.
pub(super) fn is_mutable_reference(ty: &str) -> bool {
    let ty = ty.trim();
    let inner = strip_pin(ty);
    inner.starts_with("*mut ")
        || inner.strip_prefix('&').is_some_and(|rest| {
            rest.starts_with("mut ")
                || (rest.starts_with('\'')
                    && rest
                        .split_once(' ')
                        .is_some_and(|(_, rest)| rest.starts_with("mut ")))
        })
}

/// `T` of `Pin<T>`.
pub(super) fn strip_pin(ty: &str) -> &str {
    ty.strip_prefix("std::pin::Pin<")
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(ty)
}

/// Whether it is a reference, a raw pointer or a pinned one.
pub(super) fn is_reference(ty: &str) -> bool {
    pointee(strip_pin(ty.trim())).is_some()
}

/// All references taken off.
pub(super) fn peel_references(ty: &str) -> &str {
    let mut ty = strip_pin(ty.trim());
    while let Some(inner) = pointee(ty) {
        ty = strip_pin(inner);
    }
    ty
}

/// References and owning pointers taken off.
pub(super) fn peel(ty: &str) -> &str {
    let mut ty = peel_references(ty);
    while let Some(inner) = [
        "Box",
        "Arc",
        "Rc",
        "Cow",
        "Ref",
        "RefMut",
        "MutexGuard",
        "RwLockReadGuard",
        "RwLockWriteGuard",
        "Reverse",
        "Wrapping",
        "ManuallyDrop",
    ]
    .iter()
    .find_map(|name| {
        (base(ty).starts_with("std::") && last_segment(base(ty)) == *name)
            .then(|| arguments(ty).last().copied())
            .flatten()
    }) {
        ty = peel_references(inner);
    }
    ty
}

/// The path of a type without its arguments.
pub(super) fn base(ty: &str) -> &str {
    let ty = ty.trim();
    if ty.starts_with(['<', '[', '(', '{']) {
        return ty;
    }
    arguments_start(ty).map_or(ty, |start| {
        let base = &ty[..start];
        base.strip_suffix("::").unwrap_or(base)
    })
}

/// Where the type arguments open. A type inside of a method has the method's `impl` block in its path.
fn arguments_start(ty: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(start) = ty[from..].find("<impl ") {
        from += start + closing(&ty[from + start..])?;
    }
    ty[from..].find('<').map(|start| from + start)
}

/// The type arguments, without lifetimes and constants.
pub(super) fn arguments(ty: &str) -> Vec<&str> {
    let ty = ty.trim();
    if ty.starts_with(['<', '(', '[', '{']) {
        return Vec::new();
    }
    let Some(open) = arguments_start(ty) else {
        return Vec::new();
    };
    let Some(close) = closing(&ty[open..]) else {
        return Vec::new();
    };
    split_list(&ty[open + 1..open + close])
        .into_iter()
        .filter(|part| !part.starts_with('\''))
        .collect()
}

/// The parts of a tuple.
pub(super) fn tuple(ty: &str) -> Option<Vec<&str>> {
    let inner = ty.trim().strip_prefix('(')?.strip_suffix(')')?;
    Some(split_list(inner))
}

/// The element of an array or slice.
pub(super) fn slice_element(ty: &str) -> Option<&str> {
    let inner = ty.trim().strip_prefix('[')?.strip_suffix(']')?;
    Some(split_top(inner, ";")[0].trim())
}

/// What follows the last `::`.
pub(super) fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// What a thread leaves: its result, or what it panicked with.
pub(super) fn is_join_handle(base: &str) -> bool {
    matches!(
        base,
        "std::thread::JoinHandle" | "std::thread::ScopedJoinHandle"
    )
}

/// A number, boolean or unit that is not a piece of text: bytes are, which C has as `i8`.
pub(super) fn is_number(ty: &str) -> bool {
    matches!(
        ty,
        "bool"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "f32"
            | "f64"
            | "!"
            | "()"
    )
}

/// A number that can hold several characters.
pub(super) fn is_integer(ty: &str) -> bool {
    is_number(ty) && ty.starts_with(['i', 'u'])
}

/// Whether all types that are named in a type are of the standard library.
pub(super) fn is_of_std(ty: &str) -> bool {
    ty.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'))
        .all(|word| {
            !word.contains("::") && !word.starts_with(char::is_uppercase)
                || ["std::", "core::", "alloc::"]
                    .iter()
                    .any(|root| word.starts_with(root))
        })
}

/// Puts types for type parameters.
pub(super) fn substitute(text: &str, bindings: &Bindings) -> String {
    if bindings.is_empty() {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    for (name, ty) in bindings
        .iter()
        .filter(|(name, _)| name.starts_with("impl "))
    {
        out = out.replace(name.as_str(), ty);
    }
    let text = out;
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_alphabetic() || c == '_') {
        let end = rest[start..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(rest.len(), |len| start + len);
        out.push_str(&rest[..start]);
        let word = &rest[start..end];
        let before = &out;
        let is_alone =
            !before.ends_with("::") && !before.ends_with('\'') && !rest[end..].starts_with("::");
        match bindings.get(word) {
            Some(ty) if is_alone => out.push_str(ty),
            _ => out.push_str(word),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Finds what the type parameters in `pattern` stand for where it is used with `actual`.
pub(super) fn unify(pattern: &str, actual: &str, bindings: &mut Bindings) -> bool {
    let mut pending = vec![(pattern.trim(), actual.trim())];
    let mut fits = true;
    while let Some((pattern, actual)) = pending.pop() {
        if pattern == actual {
            continue;
        }
        let (pattern, actual) = (strip_pin(pattern), strip_pin(actual));
        if let Some(inner) = pointee(pattern) {
            match pointee(actual) {
                Some(actual) => pending.push((inner, actual)),
                None => fits = false,
            }
        } else if pattern.starts_with("impl ") || is_parameter(pattern) {
            if actual != "_" && !actual.is_empty() {
                bindings
                    .entry(pattern.to_owned())
                    .or_insert_with(|| actual.into());
            }
        } else if let (Some(one), Some(other)) = (tuple(pattern), tuple(actual)) {
            fits &= one.len() == other.len();
            pending.extend(one.into_iter().zip(other));
        } else if let (Some(one), Some(other)) = (slice_element(pattern), slice_element(actual)) {
            pending.push((one, other));
        } else if last_segment(base(pattern)) == last_segment(base(actual))
            && !pattern.starts_with(['{', '<'])
        {
            pending.extend(arguments(pattern).into_iter().zip(arguments(actual)));
        } else {
            fits = false;
        }
    }
    fits
}

/// Whether it looks like a type parameter: one word that is no primitive type. A type at a crate's root looks the same.
pub(super) fn is_parameter(ty: &str) -> bool {
    ty.starts_with(|c: char| c.is_alphabetic())
        && ty.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !is_number(ty)
        && !matches!(ty, "str" | "char" | "u8" | "i8")
}

/// A callee's path, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct CalleePath {
    /// The type before `as`, or that the method belongs to.
    pub(super) self_type: Option<String>,
    /// The trait after `as`, without arguments.
    pub(super) trait_path: Option<String>,
    /// `std::option::Option::map`, `std::iter::Iterator::map`, `str::len`: without generic arguments.
    pub(super) name: String,
    /// The arguments of the method itself.
    pub(super) generics: Vec<String>,
}

impl CalleePath {
    /// Takes a path apart.
    pub(super) fn parse(path: &str) -> Self {
        let path = path.trim().trim_start_matches("const ");
        let mut result = Self::default();
        let mut rest = path;
        if path.starts_with('<')
            && let Some(close) = closing(path)
        {
            let inner = &path[1..close];
            let parts = split_top(inner, " as ");
            result.self_type = Some(parts[0].trim().to_owned());
            if let Some(of) = parts.get(1) {
                let of = without_arguments(of);
                result.trait_path = Some(of.clone());
                result.name = of;
            } else {
                result.name = without_arguments(parts[0]);
            }
            rest = path[close + 1..].trim_start_matches("::");
        }
        for segment in split_top(rest, "::") {
            if let Some(of) = segment
                .strip_prefix("<impl ")
                .and_then(|of| of.strip_suffix('>'))
                .filter(|of| !of.starts_with("at "))
            {
                let of = split_top(of, " for ").last().copied().unwrap_or(of);
                result.self_type = Some(of.to_owned());
                result.name = if slice_element(of).is_some() {
                    "slice".to_owned()
                } else if pointee(of).is_some() {
                    "pointer".to_owned()
                } else {
                    base(of).to_owned()
                };
            } else if segment.starts_with('<') && !segment.starts_with("<impl at") {
                result.generics = segment
                    .get(1..segment.len() - 1)
                    .map(split_list)
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|part| !part.starts_with('\''))
                    .map(str::to_owned)
                    .collect();
            } else {
                let generics = std::mem::take(&mut result.generics);
                if !generics.is_empty() && result.trait_path.is_none() {
                    result.self_type = Some(format!("{}<{}>", result.name, generics.join(", ")));
                }
                if !result.name.is_empty() {
                    result.name.push_str("::");
                }
                result.name.push_str(segment);
            }
        }
        if result.self_type.is_none() {
            result.self_type = result
                .name
                .rsplit_once("::")
                .map(|(owner, _)| owner.to_owned());
        }
        result
    }

    /// The name of the function alone.
    pub(super) fn method(&self) -> &str {
        last_segment(&self.name)
    }
}

/// A path without generic arguments.
pub(super) fn without_arguments(path: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_i32;
    let mut before = ' ';
    for c in path.trim().chars() {
        match c {
            '<' => depth += 1,
            '>' if before != '-' => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
        before = c;
    }
    while out.contains("::::") {
        out = out.replace("::::", "::");
    }
    out.trim_end_matches("::").to_owned()
}
