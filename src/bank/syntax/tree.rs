//! The tree that a file is read into: values, and where each of them stands.

use std::borrow::Cow;

use crate::bank::locate::Span;

/// A value and where it stands.
#[derive(Debug)]
pub(in crate::bank) struct Node<'a> {
    pub span: Span,
    pub value: Value<'a>,
}

/// The values of RON that a question file can hold.
#[derive(Debug)]
pub(in crate::bank) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Bool(bool),
    /// A bare word such as `None`.
    Word(&'a str),
    /// `[a, b]`
    List(Vec<Node<'a>>),
    /// `{ a: b }`
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// `(a, b)` or `Name(a, b)`
    Tuple(Name<'a>, Vec<Node<'a>>),
    /// `(a: 1)` or `Name(a: 1)`
    Struct(Name<'a>, Vec<Field<'a>>),
}

/// The name before a bracket (empty if there is none) and where it stands (at the bracket if there is none).
#[derive(Debug, Clone, Copy)]
pub(in crate::bank) struct Name<'a> {
    pub text: &'a str,
    pub span: Span,
}

/// `name: value`
#[derive(Debug)]
pub(in crate::bank) struct Field<'a> {
    pub name: &'a str,
    pub span: Span,
    pub value: Node<'a>,
}
