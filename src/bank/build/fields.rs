//! Fields by name and shape: each reader takes a field, complains of what is wrong with it, and gives a plain value.

use std::collections::BTreeMap;

use super::{Builder, MAX_ENTRIES, MAX_NAME, MAX_TEXT};
use crate::bank::{
    locate::Span,
    suggest,
    syntax::{Field, Name, Node, Value, shorten},
};

/// Numbers beyond this are not exact any more.
const MAX_NUMBER: f64 = 9_007_199_254_740_992.0;

/// Looks through `Some(…)`, which a file may write and need not.
pub(super) fn bare<'t>(node: &'t Node<'t>) -> &'t Node<'t> {
    match &node.value {
        Value::Tuple(Name { text: "Some", .. }, items) if items.len() == 1 => &items[0],
        _ => node,
    }
}

/// A bracket with named fields.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    /// What it is, for sentences: "a question".
    pub noun: &'static str,
    pub name: Name<'t>,
    pub list: &'t [Field<'t>],
}

impl<'t> Fields<'t> {
    pub(super) fn get(&self, name: &str) -> Option<&'t Node<'t>> {
        let node = bare(&self.list.iter().find(|f| f.name == name)?.value);
        (!matches!(node.value, Value::Word("None"))).then_some(node)
    }

    /// Where to say that something is missing: the name, or the bracket.
    pub(super) const fn span(&self) -> Span {
        self.name.span
    }
}

// The readers record what is wrong and go on with an empty value: their caller drops the whole if anything was recorded.
impl Builder<'_> {
    /// The fields of a bracket, all of them known.
    pub(super) fn fields<'t>(
        &mut self,
        node: &'t Node<'t>,
        noun: &'static str,
        names: &[&str],
        known: &[&[&'static str]],
    ) -> Option<Fields<'t>> {
        let node = bare(node);
        let Value::Struct(name, fields) = &node.value else {
            let what =
                format!("{noun} should be a bracket with names and values, but this is {}", describe(&node.value));
            let first = known.first().and_then(|k| k.first()).copied().unwrap_or_default();
            self.error("wrong-shape", node.span, what, format!("Write `({first}: …)`."));
            return None;
        };
        if !name.text.is_empty() && !names.contains(&name.text) {
            let what = format!("`{}` stands where {noun} should", shorten(name.text));
            let todo = suggest::nearest(name.text, names)
                .map_or_else(|| format!("Write {}.", suggest::listed(names)), |n| format!("Did you mean `{n}`?"));
            self.error("wrong-name", name.span, what, todo);
            return None;
        }
        let fields = Fields { noun, name: *name, list: fields };
        self.known(&fields, known);
        Some(fields)
    }

    pub(super) fn known(&mut self, fields: &Fields<'_>, known: &[&[&'static str]]) {
        if fields.list.len() > MAX_ENTRIES {
            let what = format!("{} has {} parts", fields.noun, fields.list.len());
            self.error("wrong-count", fields.span(), what, "Check where its bracket closes.");
            return;
        }
        for (index, field) in fields.list.iter().enumerate() {
            if !known.iter().any(|names| names.contains(&field.name)) {
                let all = known.concat();
                // What is still to be written is likelier to be meant than what is there already.
                let free: Vec<_> = all.iter().copied().filter(|name| fields.get(name).is_none()).collect();
                let todo =
                    suggest::nearest(field.name, &free).or_else(|| suggest::nearest(field.name, &all)).map_or_else(
                        || format!("The names known here are {}.", suggest::listed(&all)),
                        |name| format!("Did you mean `{name}`?"),
                    );
                let what = format!("`{}` is not known in {}", shorten(field.name), fields.noun);
                self.error("unknown-field", field.span, what, todo);
            } else if fields.list[..index].iter().any(|f| f.name == field.name) {
                let what = format!("`{}` is written twice", field.name);
                self.error("duplicate-field", field.span, what, "Keep one of them.");
            }
        }
    }

    pub(super) fn required<'t>(&mut self, fields: &Fields<'t>, name: &'static str) -> Option<&'t Node<'t>> {
        let node = fields.get(name);
        if node.is_none() && !(self.damaged && self.question.is_none()) {
            let what = format!("{} has no `{name}`", fields.noun);
            self.error("missing-field", fields.span(), what, format!("Add `{name}: …`."));
        }
        node
    }

    pub(super) fn wrong_shape(&mut self, node: &Node<'_>, name: &str, wanted: &str) {
        let what = format!("`{name}` should be {wanted}, but this is {}", describe(&node.value));
        let todo = match (&node.value, wanted.starts_with("a text")) {
            (Value::Number(_) | Value::Bool(_) | Value::Word(_), true) => "Put it between quotation marks.",
            (Value::Text(_), false) => "Write it without quotation marks, in the form that the other questions have.",
            _ => "Write it in the form that the other questions have.",
        };
        self.error("wrong-shape", node.span, what, todo);
    }

    /// A text with bounds on its length; a required one must say something.
    pub(super) fn text(&mut self, fields: &Fields<'_>, name: &'static str, required: bool) -> String {
        let node = if required { self.required(fields, name) } else { fields.get(name) };
        let Some(node) = node else { return String::new() };
        let text = self.plain(node, name, if name == "unit" { MAX_NAME } else { MAX_TEXT });
        if required && is_blank(node) {
            self.error(
                "empty-text",
                node.span,
                format!("`{name}` is empty"),
                "Write something between the quotation marks.",
            );
        }
        text
    }

    pub(super) fn plain(&mut self, node: &Node<'_>, name: &str, longest: usize) -> String {
        let Value::Text(text) = &node.value else {
            self.wrong_shape(node, name, "a text in quotation marks");
            return String::new();
        };
        // Bytes are at least characters: most texts need no counting.
        if text.len() > longest && text.chars().count() > longest {
            let what = format!("this text has {} characters, and the most here is {longest}", text.chars().count());
            self.error("too-long", node.span, what, "Shorten it.");
            return String::new();
        }
        text.to_string()
    }

    pub(super) fn list<'t>(
        &mut self,
        fields: &Fields<'t>,
        name: &'static str,
        (least, most): (usize, usize),
        required: bool,
    ) -> &'t [Node<'t>] {
        let node = if required { self.required(fields, name) } else { fields.get(name) };
        let Some(node) = node else { return &[] };
        let Value::List(items) = &node.value else {
            self.wrong_shape(node, name, "a list between [ and ]");
            return &[];
        };
        let forgiven = self.damaged && self.question.is_none();
        if items.len() > most || (items.len() < least && !forgiven) {
            let what = format!("`{name}` has {}, and there must be {least} to {most}", entries(items.len()));
            let todo = if items.len() < least { "Add what is missing." } else { "Remove some, or split them up." };
            self.error("wrong-count", node.span, what, todo);
            return &[];
        }
        items
    }

    pub(super) fn texts(
        &mut self,
        fields: &Fields<'_>,
        name: &'static str,
        count: (usize, usize),
        longest: usize,
        required: bool,
    ) -> Vec<String> {
        let items = self.list(fields, name, count, required);
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            let text = self.plain(item, name, longest);
            if is_blank(item) {
                let what = format!("an entry of `{name}` is empty");
                self.error(
                    "empty-text",
                    item.span,
                    what,
                    "Write something between the quotation marks, or remove the entry.",
                );
            }
            texts.push(text);
        }
        texts
    }

    pub(super) fn notes(&mut self, fields: &Fields<'_>) -> BTreeMap<String, String> {
        let mut notes = BTreeMap::new();
        let Some(field) = fields.get("notes") else { return notes };
        let Value::Map(entries) = &field.value else {
            self.wrong_shape(field, "notes", "a list of `\"wrong answer\": \"why\"` between { and }");
            return notes;
        };
        for (key, value) in entries.iter().take(MAX_ENTRIES) {
            let (option, note) = (self.plain(key, "notes", MAX_TEXT), self.plain(value, "notes", MAX_TEXT));
            if notes.insert(option, note).is_some() {
                let what = "two notes are about the same answer".into();
                self.error("duplicate-field", key.span, what, "Keep one of them.");
            }
        }
        if entries.len() > MAX_ENTRIES {
            let what = format!("{} notes are more than a question can have", entries.len());
            self.error("wrong-count", field.span, what, format!("Keep at most {MAX_ENTRIES}."));
        }
        notes
    }

    pub(super) fn pairs(&mut self, fields: &Fields<'_>) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for node in self.list(fields, "pairs", (2, 8), true) {
            match &node.value {
                Value::Tuple(_, sides) if sides.len() == 2 => {
                    let (left, right) =
                        (self.plain(&sides[0], "pairs", MAX_TEXT), self.plain(&sides[1], "pairs", MAX_TEXT));
                    if sides.iter().any(is_blank) {
                        let what = "one side of this pair is empty".into();
                        self.error("empty-text", node.span, what, "Write both sides.");
                    }
                    pairs.push((left, right));
                }
                _ => {
                    let what = format!("`pairs` should hold pairs, but this is {}", describe(&node.value));
                    self.error("wrong-shape", node.span, what, "Write `(\"left\", \"right\")`.");
                }
            }
        }
        pairs
    }

    pub(super) fn truth(&mut self, fields: &Fields<'_>) -> bool {
        match self.required(fields, "key").map(|node| (node, &node.value)) {
            Some((_, Value::Bool(key))) => *key,
            Some((node, _)) => {
                let what = format!("`key` should be true or false, but this is {}", describe(&node.value));
                self.error("wrong-shape", node.span, what, "Write `true` or `false`, without quotation marks.");
                false
            }
            None => false,
        }
    }

    pub(super) fn number(&mut self, fields: &Fields<'_>, name: &'static str, default: Option<f64>) -> f64 {
        let node = if default.is_none() { self.required(fields, name) } else { fields.get(name) };
        node.map_or(default.unwrap_or_default(), |node| self.finite(node, name))
    }

    pub(super) fn finite(&mut self, node: &Node<'_>, name: &str) -> f64 {
        match node.value {
            Value::Number(number) if number.abs() <= MAX_NUMBER => number,
            Value::Number(_) => {
                let what = format!("`{name}` is not a number that can be counted with");
                self.error("bad-number", node.span, what, "Write a plain number of at most 15 digits.");
                0.0
            }
            _ => {
                self.wrong_shape(node, name, "a number");
                0.0
            }
        }
    }

    pub(super) fn range(&mut self, fields: &Fields<'_>) -> (f64, f64) {
        let Some(node) = self.required(fields, "range") else { return (0.0, 1.0) };
        match &node.value {
            Value::Tuple(_, ends) if ends.len() == 2 => {
                (self.finite(&ends[0], "range"), self.finite(&ends[1], "range"))
            }
            _ => {
                let what = format!("`range` should be two numbers, but this is {}", describe(&node.value));
                self.error(
                    "wrong-shape",
                    node.span,
                    what,
                    "Write the lowest and the highest answer, such as `(0, 100)`.",
                );
                (0.0, 1.0)
            }
        }
    }

    pub(super) fn whole(&mut self, fields: &Fields<'_>, name: &'static str, (least, most): (u16, u16)) -> Option<u16> {
        let node = fields.get(name)?;
        let whole = match node.value {
            Value::Number(number) => (least..=most).find(|&n| f64::from(n).to_bits() == number.to_bits()),
            _ => None,
        };
        if whole.is_none() {
            let what = format!("`{name}` must be a whole number from {least} to {most}");
            self.error(
                "bad-number",
                node.span,
                what,
                format!("Write a number from {least} to {most}, without quotation marks."),
            );
        }
        whole
    }

    pub(super) fn id(&mut self, fields: &Fields<'_>) -> String {
        let Some(node) = self.required(fields, "id") else { return String::new() };
        let id = self.plain(node, "id", MAX_NAME);
        if matches!(node.value, Value::Text(_)) {
            self.check_id(&id, node.span, fields.noun);
        }
        id
    }

    pub(super) fn check_id(&mut self, id: &str, span: Span, noun: &str) {
        let charset = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if id.is_empty() || !charset || id.starts_with('-') || id.ends_with('-') {
            let what = format!("the id of {noun} must be lower-case letters, digits and hyphens");
            self.error("bad-id", span, what, "Write something like `founding-members`.");
        }
    }

    pub(super) fn language(&mut self, fields: &Fields<'_>) -> String {
        let Some(node) = fields.get("language") else { return "en".into() };
        let language = self.plain(node, "language", 35);
        let mut parts = language.split('-');
        let first =
            parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
        let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if matches!(node.value, Value::Text(_)) && !(first && rest) {
            let what = "`language` is not a language code".into();
            self.error("bad-language", node.span, what, "Write a code such as `en`, `de` or `pt-BR`.");
        }
        language
    }

    pub(super) fn as_of(&mut self, fields: &Fields<'_>) -> Option<String> {
        let node = fields.get("as_of")?;
        let date = self.plain(node, "as_of", MAX_NAME);
        if matches!(node.value, Value::Text(_)) && !is_date(&date) {
            let what = "`as_of` is not a date".into();
            self.error(
                "bad-date",
                node.span,
                what,
                "Write a year, a month or a day: `2024`, `2024-10` or `2024-10-31`.",
            );
        }
        Some(date)
    }
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".into() } else { format!("{count} entries") }
}

fn describe(value: &Value<'_>) -> &'static str {
    match value {
        Value::Text(_) => "a text in quotation marks",
        Value::Number(_) => "a number",
        Value::Bool(_) => "true or false",
        Value::Word(_) => "a word without quotation marks",
        Value::List(_) => "a list between [ and ]",
        Value::Map(_) => "a list between { and }",
        Value::Tuple(..) => "a bracket without names",
        Value::Struct(..) => "a bracket with names and values",
    }
}

/// Whether this is a text that says nothing.
fn is_blank(node: &Node<'_>) -> bool {
    matches!(&node.value, Value::Text(text) if text.trim().is_empty())
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of a day that exists.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
    };
    let Some(year) = parts.first().and_then(|p| number(p, 4)) else { return false };
    let month = parts.get(1).map(|p| number(p, 2).unwrap_or_default());
    let day = parts.get(2).map(|p| number(p, 2).unwrap_or_default());
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        Some(2) => 28 + u16::from(leap),
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    parts.len() <= 3 && month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=days).contains(&d))
}
