//! Enums: `LEVEL=debug` for a variant without fields, `STORE__S3__BUCKET=…` for one with fields.

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, VariantAccess, Visitor};

use super::key::Key;
use super::{Asked, Error, Node};
use crate::name;

/// The variant that was chosen, and what its fields are read from.
pub(super) struct Variant<'a> {
    name: String,
    content: Node<'a>,
}

impl<'a> Variant<'a> {
    pub(super) fn of(node: &Node<'a>, variants: &'static [&'static str]) -> Self {
        let chosen = if node.is_group() {
            of_group(node, variants)
        } else {
            of_text(node, variants)
        };
        chosen.unwrap_or_else(|| Self {
            name: variants.first().copied().unwrap_or_default().to_owned(),
            content: Node {
                is_stand_in: true,
                depth: node.depth + 1,
                ..node.clone()
            },
        })
    }
}

fn of_text<'a>(node: &Node<'a>, variants: &[&str]) -> Option<Variant<'a>> {
    let expected = format!("one of {}", list(variants));
    let text = node.text(&expected, Asked::Choice)?;
    if !variants.contains(&text) {
        node.note_malformed(&expected);
        return None;
    }
    Some(Variant {
        name: text.to_owned(),
        content: node.clone(),
    })
}

fn of_group<'a>(node: &Node<'a>, variants: &[&str]) -> Option<Variant<'a>> {
    let group = node.group();
    let mut chosen = variants
        .iter()
        .filter(|variant| group.contains(&name::variable(variant)));
    let (Some(variant), None) = (chosen.next(), chosen.next()) else {
        let prefix = node.prefix();
        let names: Vec<_> = variants
            .iter()
            .map(|variant| format!("{prefix}{}", name::variable(variant)))
            .collect();
        node.note_malformed(&format!("exactly one of the variants {}", names.join(", ")));
        return None;
    };
    Some(Variant {
        name: (*variant).to_owned(),
        content: node.child(variant),
    })
}

fn list(variants: &[&str]) -> String {
    let quoted: Vec<_> = variants
        .iter()
        .map(|variant| format!("`{variant}`"))
        .collect();
    quoted.join(", ")
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Error;
    type Variant = Node<'a>;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Node<'a>), Error> {
        let variant = seed.deserialize(Key(&self.name))?;
        Ok((variant, self.content))
    }
}

impl<'a> VariantAccess<'a> for Node<'a> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Error> {
        let node = self.clone();
        node.visit(seed.deserialize(self))
    }

    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_struct("", fields, visitor)
    }
}
