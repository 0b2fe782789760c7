//! The type as written: its name, generics, fields, and the attributes that matter here.
//!
//! Macros are compiled without optimisation, and most of the time of a parser goes into the types of fields, which are
//! copied as they are. So they are kept as tokens, and syn reads the attributes and generics alone.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree, token_stream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::token::{Bracket, Paren};
use syn::{AttrStyle, Attribute, Error, Generics, MacroDelimiter, Meta, MetaList, Result, Token};

pub(crate) struct Input {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) data: Data,
}

pub(crate) enum Data {
    Struct(Fields),
    Enum(Vec<Variant>),
    /// With the place of the word `union`.
    Union(Span),
}

pub(crate) struct Variant {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
    pub(crate) fields: Fields,
}

pub(crate) enum Fields {
    Named(Vec<Field>),
    Tuple(Vec<Field>),
    Unit,
}

pub(crate) struct Field {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Option<Ident>,
    pub(crate) ty: TokenStream,
}

impl Fields {
    pub(crate) fn list(&self) -> &[Field] {
        match self {
            Self::Named(fields) | Self::Tuple(fields) => fields,
            Self::Unit => &[],
        }
    }
}

impl Input {
    pub(crate) fn parse(tokens: TokenStream) -> Result<Self> {
        let mut tokens = Tokens::new(tokens);
        let attributes = tokens.attributes()?;
        tokens.skip_visibility();
        let keyword = tokens.ident()?;
        let name = tokens.ident()?;
        let mut generics = tokens.until(|token| {
            is_group(token, Delimiter::Parenthesis) || is_ident(token, "where") || ends_head(token)
        });
        // The parentheses of a tuple stand before the `where`.
        let tuple = tokens.tuple()?;
        generics.extend(tokens.until(ends_head));
        let data = match tuple {
            Some(fields) => Data::Struct(fields),
            None => tokens.data(&keyword)?,
        };
        Ok(Self {
            attributes,
            name,
            generics: parse_generics(generics)?,
            data,
        })
    }
}

/// Whether the token ends the generics and their `where` clause.
fn ends_head(token: &TokenTree) -> bool {
    is_group(token, Delimiter::Brace) || is_punct(token, ';')
}

/// Generics with the `where` clause behind them.
fn parse_generics(tokens: TokenStream) -> Result<Generics> {
    if tokens.is_empty() {
        return Ok(Generics::default());
    }
    let parser = |input: ParseStream<'_>| {
        let mut generics: Generics = input.parse()?;
        generics.where_clause = input.parse()?;
        Ok(generics)
    };
    parser.parse2(tokens)
}

/// What is left to read.
struct Tokens {
    tokens: Peekable<token_stream::IntoIter>,
    end: Span,
}

impl Tokens {
    fn new(tokens: TokenStream) -> Self {
        Self {
            tokens: tokens.into_iter().peekable(),
            end: Span::call_site(),
        }
    }

    fn of(group: &Group) -> Self {
        Self {
            tokens: group.stream().into_iter().peekable(),
            end: group.span_close(),
        }
    }

    fn is_empty(&mut self) -> bool {
        self.tokens.peek().is_none()
    }

    fn next_if(&mut self, matches: impl FnOnce(&TokenTree) -> bool) -> Option<TokenTree> {
        self.tokens.next_if(matches)
    }

    fn next_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        match self.next_if(|token| is_group(token, delimiter)) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        }
    }

    fn ident(&mut self) -> Result<Ident> {
        match self.tokens.next() {
            Some(TokenTree::Ident(ident)) => Ok(ident),
            Some(token) => Err(Error::new(token.span(), "expected a name")),
            None => Err(Error::new(self.end, "expected a name")),
        }
    }

    /// The attributes of this derive and of serde; all others are skipped.
    fn attributes(&mut self) -> Result<Vec<Attribute>> {
        let mut attributes = Vec::new();
        while let Some(pound) = self.next_if(|token| is_punct(token, '#')) {
            let Some(group) = self.next_group(Delimiter::Bracket) else {
                return Err(Error::new(pound.span(), "expected an attribute"));
            };
            let matters = first(&group)
                .is_some_and(|name| is_ident(&name, "redact") || is_ident(&name, "serde"));
            if matters {
                attributes.push(attribute(&pound, &group)?);
            }
        }
        Ok(attributes)
    }

    /// Skips `pub` and `pub(…)`, also where they come out of a macro, as a group without delimiters.
    fn skip_visibility(&mut self) {
        let of_macro = self.next_if(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                first(group).is_none_or(|first| is_ident(&first, "pub"))
            }
            _ => false,
        });
        if of_macro.is_none() && self.next_if(|token| is_ident(token, "pub")).is_some() {
            self.next_if(is_scope);
        }
    }

    /// The tokens before the first one that ends them and stands outside angle brackets.
    fn until(&mut self, ends: impl Fn(&TokenTree) -> bool) -> TokenStream {
        let mut found = Vec::new();
        let mut depth = 0_usize;
        let mut arrow = false;
        while let Some(token) = self.next_if(|token| depth > 0 || !ends(token)) {
            let mut dash = false;
            if let TokenTree::Punct(punct) = &token {
                match punct.as_char() {
                    '<' => depth += 1,
                    '>' if !arrow => depth = depth.saturating_sub(1),
                    '-' => dash = punct.spacing() == Spacing::Joint,
                    _ => {}
                }
            }
            arrow = dash;
            found.push(token);
        }
        TokenStream::from_iter(found)
    }

    fn skip_comma(&mut self) {
        self.next_if(is_comma);
    }

    fn data(&mut self, keyword: &Ident) -> Result<Data> {
        if keyword == "union" {
            return Ok(Data::Union(keyword.span()));
        }
        let body = self.next_group(Delimiter::Brace);
        match (body, keyword) {
            (Some(body), keyword) if keyword == "enum" => {
                Tokens::of(&body).variants().map(Data::Enum)
            }
            (Some(body), _) => Tokens::of(&body).named().map(Data::Struct),
            (None, keyword) if keyword == "struct" => Ok(Data::Struct(Fields::Unit)),
            _ => Err(Error::new(keyword.span(), "expected a type")),
        }
    }

    fn tuple(&mut self) -> Result<Option<Fields>> {
        let Some(group) = self.next_group(Delimiter::Parenthesis) else {
            return Ok(None);
        };
        let mut inside = Tokens::of(&group);
        let mut fields = Vec::new();
        while !inside.is_empty() {
            let attributes = inside.attributes()?;
            inside.skip_visibility();
            fields.push(Field {
                attributes,
                name: None,
                ty: inside.until(is_comma),
            });
            inside.skip_comma();
        }
        Ok(Some(Fields::Tuple(fields)))
    }

    fn named(&mut self) -> Result<Fields> {
        let mut fields = Vec::new();
        while !self.is_empty() {
            let attributes = self.attributes()?;
            self.skip_visibility();
            let name = self.ident()?;
            self.next_if(|token| is_punct(token, ':'));
            fields.push(Field {
                attributes,
                name: Some(name),
                ty: self.until(is_comma),
            });
            self.skip_comma();
        }
        Ok(Fields::Named(fields))
    }

    fn variants(&mut self) -> Result<Vec<Variant>> {
        let mut variants = Vec::new();
        while !self.is_empty() {
            let attributes = self.attributes()?;
            self.skip_visibility();
            let name = self.ident()?;
            let fields = match self.tuple()? {
                Some(tuple) => tuple,
                None => match self.next_group(Delimiter::Brace) {
                    Some(body) => Tokens::of(&body).named()?,
                    None => Fields::Unit,
                },
            };
            self.skip_discriminant();
            self.skip_comma();
            variants.push(Variant {
                attributes,
                name,
                fields,
            });
        }
        Ok(variants)
    }

    /// Skips `= expression`, in which `<` is an angle bracket only after `::`.
    fn skip_discriminant(&mut self) {
        let mut depth = 0_usize;
        let mut colon = false;
        while let Some(token) = self.next_if(|token| depth > 0 || !is_comma(token)) {
            if is_punct(&token, '<') && (colon || depth > 0) {
                depth += 1;
            } else if is_punct(&token, '>') {
                depth = depth.saturating_sub(1);
            }
            colon = is_punct(&token, ':');
        }
    }
}

/// Usual attributes, a word alone or with parentheses, are not worth a parser.
fn attribute(pound: &TokenTree, group: &Group) -> Result<Attribute> {
    let mut inside = group.stream().into_iter();
    let meta = match (inside.next(), inside.next(), inside.next()) {
        (Some(TokenTree::Ident(name)), None, _) => Meta::Path(name.into()),
        (Some(TokenTree::Ident(name)), Some(TokenTree::Group(list)), None)
            if list.delimiter() == Delimiter::Parenthesis =>
        {
            Meta::List(MetaList {
                path: name.into(),
                delimiter: MacroDelimiter::Paren(Paren {
                    span: list.delim_span(),
                }),
                tokens: list.stream(),
            })
        }
        _ => Meta::parse.parse2(group.stream())?,
    };
    Ok(Attribute {
        pound_token: Token![#](pound.span()),
        style: AttrStyle::Outer,
        bracket_token: Bracket {
            span: group.delim_span(),
        },
        meta,
    })
}

/// The first token inside, also where it comes out of a macro, as a group without delimiters.
fn first(group: &Group) -> Option<TokenTree> {
    match group.stream().into_iter().next() {
        Some(TokenTree::Group(inner)) if inner.delimiter() == Delimiter::None => first(&inner),
        token => token,
    }
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn is_comma(token: &TokenTree) -> bool {
    is_punct(token, ',')
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// Whether this is the `(crate)` of `pub(crate)`, and not the type of a field.
fn is_scope(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let mut inside = group.stream().into_iter();
    group.delimiter() == Delimiter::Parenthesis
        && match (inside.next(), inside.next()) {
            (Some(first), None) => ["crate", "self", "super"]
                .iter()
                .any(|scope| is_ident(&first, scope)),
            (Some(first), Some(_)) => is_ident(&first, "in"),
            _ => false,
        }
}
