//! How a value passes through a function, as the model writes it: `0.Some.0 -> return.[]`.

/// From one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// What is read; nothing for `nothing`.
    pub from: Option<Expression>,
    /// Where it goes.
    pub to: Expression,
    /// `=>`: in place of what was there.
    pub replaces: bool,
}

/// A place of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// `&`: a reference to it.
    pub is_reference: bool,
    /// `*` before it: what it refers to, as it is now.
    pub is_followed: bool,
    /// Of what.
    pub base: Base,
    /// Which part.
    pub path: Vec<String>,
    /// `*`: all that is in it, without its structure.
    pub is_flat: bool,
}

/// What a place begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// `0`: an argument.
    Argument(usize),
    /// `return`.
    Return,
    /// `1()`: what the function in this argument returns.
    Result(usize),
    /// `1!`: what the function in this argument panics with.
    Panic(usize),
    /// `1(0)`: what the function in this argument is called with.
    Parameter(usize, usize),
    /// `heap`: something made on the heap by this call.
    Heap,
}

impl Flow {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// If it is not of this form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no flow: expected `0.Some.0 -> return`");
        let (from, to, replaces) = match text.split_once("=>") {
            Some((from, to)) => (from, to, true),
            None => text
                .split_once("->")
                .map(|(from, to)| (from, to, false))
                .ok_or_else(wrong)?,
        };
        let from = if from.trim() == "nothing" {
            None
        } else {
            Some(Expression::parse(from).ok_or_else(wrong)?)
        };
        Ok(Self {
            from,
            to: Expression::parse(to).ok_or_else(wrong)?,
            replaces,
        })
    }
}

impl Expression {
    /// Reads one; nothing if it is wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_reference, text) = text
            .strip_prefix('&')
            .map_or((false, text), |rest| (true, rest));
        let (is_followed, text) = text
            .strip_prefix('*')
            .map_or((false, text), |rest| (true, rest));
        let mut parts = text.split('.');
        let first = parts.next()?;
        let base = if first == "return" {
            Base::Return
        } else if first == "heap" {
            Base::Heap
        } else if let Some(function) = first.strip_suffix('!') {
            Base::Panic(function.parse().ok()?)
        } else if let Some((function, parameter)) = first
            .strip_suffix(')')
            .and_then(|call| call.split_once('('))
        {
            let function = function.parse().ok()?;
            if parameter.is_empty() {
                Base::Result(function)
            } else {
                Base::Parameter(function, parameter.parse().ok()?)
            }
        } else {
            Base::Argument(first.parse().ok()?)
        };
        let mut path: Vec<String> = Vec::new();
        let mut is_flat = false;
        for part in parts {
            if part == "*" {
                is_flat = true;
            } else if let Some(variant) = path.last_mut().filter(|variant| {
                variant.starts_with(char::is_uppercase)
                    && !variant.contains('.')
                    && part.parse::<usize>().is_ok()
            }) {
                variant.push('.');
                variant.push_str(part);
            } else {
                path.push(part.to_owned());
            }
        }
        Some(Self {
            is_reference,
            is_followed,
            base,
            path,
            is_flat,
        })
    }
}
