//! Where the fields of a question stand, for findings that are made after the reading.

use super::fields::bare;
use crate::bank::{
    locate::Span,
    syntax::{Field, Node, Value},
};

/// The fields of a question, or of the bank itself, in the file.
#[derive(Debug, Clone, Copy)]
pub(in crate::bank) struct Anchor<'t> {
    pub(super) name: Span,
    pub(super) fields: &'t [Field<'t>],
}

impl Anchor<'_> {
    /// The value of a field, or the question's first word if the file does not have the field.
    pub fn field(&self, name: &str) -> Span {
        self.value(name).map_or(self.name, |node| node.span)
    }

    /// An entry of a list, by its index; both sides of a pair for a map.
    pub fn item(&self, name: &str, index: usize) -> Span {
        let item = self.value(name).and_then(|node| match &node.value {
            Value::List(items) | Value::Tuple(_, items) => items.get(index).map(|item| item.span),
            _ => None,
        });
        item.unwrap_or_else(|| self.field(name))
    }

    /// A name between `{` and `}`.
    pub fn entry(&self, name: &str, key: &str) -> Span {
        let entry = self.value(name).and_then(|node| match &node.value {
            Value::Map(entries) => entries.iter().find(|(k, _)| matches!(&k.value, Value::Text(text) if text == key)),
            _ => None,
        });
        entry.map_or_else(|| self.field(name), |(key, _)| key.span)
    }

    /// A field of a bracket, such as the document of a source.
    pub fn inner(&self, name: &str, inner: &str) -> Span {
        let field = self.value(name).and_then(|node| match &node.value {
            Value::Struct(_, fields) => fields.iter().find(|f| f.name == inner),
            _ => None,
        });
        field.map_or_else(|| self.field(name), |field| field.value.span)
    }

    fn value(&self, name: &str) -> Option<&Node<'_>> {
        self.fields.iter().find(|f| f.name == name).map(|f| bare(&f.value))
    }
}
