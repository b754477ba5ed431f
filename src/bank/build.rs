//! From the tree to the model: is every field there, known, and of the right shape?
//!
//! Whether a question makes sense is asked later (`coherence`, `lint`). Each complaint names its field and stands at it, and a
//! question with a broken field is left out so that all others are still looked at.

use std::collections::BTreeMap;

use super::{
    Bank, Body, Document, FORMAT, Kind, Level, Question, Round, Source,
    locate::{Finding, Findings, Span},
    suggest,
    syntax::{Field, Name, Node, Value, shorten},
};

const MAX_ROUNDS: usize = 64;
const MAX_QUESTIONS: usize = 20_000;
const MAX_DOCUMENTS: usize = 1_000;
/// Wrong answers, notes, further spellings, tags: entries of any one list of a question.
const MAX_ENTRIES: usize = 64;
/// Of one text, in characters.
const MAX_TEXT: usize = 2_000;
/// Of an id, a tag or a unit, in characters.
const MAX_NAME: usize = 64;
/// Numbers beyond this are not exact any more.
const MAX_NUMBER: f64 = 9_007_199_254_740_992.0;

const BANK: [&str; 9] = ["format", "id", "title", "about", "language", "licence", "as_of", "documents", "rounds"];
const DOCUMENT: [&str; 2] = ["title", "link"];
const ROUND: [&str; 4] = ["id", "title", "about", "questions"];
const SOURCE: [&str; 2] = ["document", "section"];
const COMMON: [&str; 8] = ["id", "stem", "explanation", "source", "as_of", "difficulty", "tags", "seconds"];

/// The word that starts a question in the file, and the fields that belong to its kind alone.
const fn words(kind: Kind) -> (&'static str, &'static [&'static str]) {
    match kind {
        Kind::Choice => ("Choice", &["key", "distractors", "notes"]),
        Kind::MultiChoice => ("MultiChoice", &["keys", "distractors", "notes"]),
        Kind::TrueFalse => ("TrueFalse", &["key"]),
        Kind::Number => ("Number", &["key", "unit", "range", "step", "tolerance"]),
        Kind::Order => ("Order", &["items", "from", "to"]),
        Kind::Match => ("Match", &["pairs", "distractors"]),
        Kind::Text => ("Text", &["key", "accept", "notes"]),
    }
}

/// Where a question's fields stand, for findings made after the text is gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor<'t> {
    name: Span,
    fields: &'t [Field<'t>],
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

/// A bank with the questions that could be read, and where they stand.
pub(super) struct Built<'t> {
    pub bank: Bank,
    /// The bank's own fields.
    pub anchor: Anchor<'t>,
    /// One a question, in the order of [`Bank::questions`].
    pub questions: Vec<Anchor<'t>>,
    /// Questions in the file, with those that could not be read.
    pub count: usize,
}

/// The `format` of a file, if it can be made out.
pub(super) fn format_of(root: &Node<'_>) -> Option<f64> {
    let Value::Struct(_, fields) = &root.value else { return None };
    match fields.iter().find(|f| f.name == "format")?.value.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// Builds the bank. Without `rounds` or another field that nothing can replace there is none, and a finding says so.
pub(super) fn build<'t>(root: &'t Node<'t>, findings: &mut Findings) -> Option<Built<'t>> {
    let damaged = findings.has_errors();
    Builder { findings, question: None, damaged, count: 0 }.bank(root)
}

/// Looks through `Some(…)`, which a file may write and need not.
fn bare<'t>(node: &'t Node<'t>) -> &'t Node<'t> {
    match &node.value {
        Value::Tuple(Name { text: "Some", .. }, items) if items.len() == 1 => &items[0],
        _ => node,
    }
}

/// A bracket with named fields.
#[derive(Clone, Copy)]
struct Fields<'t> {
    /// What it is, for sentences: "a question".
    noun: &'static str,
    name: Name<'t>,
    list: &'t [Field<'t>],
}

impl<'t> Fields<'t> {
    fn get(&self, name: &str) -> Option<&'t Node<'t>> {
        let node = bare(&self.list.iter().find(|f| f.name == name)?.value);
        (!matches!(node.value, Value::Word("None"))).then_some(node)
    }

    /// Where to say that something is missing: the name, or the bracket.
    const fn span(&self) -> Span {
        self.name.span
    }
}

struct Builder<'f> {
    findings: &'f mut Findings,
    question: Option<String>,
    /// A syntax error has cost some of the file: what seems missing may be there.
    damaged: bool,
    count: usize,
}

// The readers record what is wrong and go on with an empty value: their caller drops the whole if anything was recorded.
impl Builder<'_> {
    fn error(&mut self, rule: &'static str, span: Span, what: String, todo: impl Into<String>) {
        let question = self.question.clone();
        self.findings.push(Finding { level: Level::Error, rule, span, question, what, todo: todo.into() });
    }

    fn bank<'t>(&mut self, root: &'t Node<'t>) -> Option<Built<'t>> {
        let before = self.findings.errors();
        let bank = self.fields(root, "the bank", &["Bank"], &[&BANK])?;
        match self.required(&bank, "format").map(|node| (node.span, &node.value)) {
            Some((_, Value::Number(number))) if number.to_bits() == f64::from(FORMAT).to_bits() => {}
            Some((span, _)) => {
                let what = format!("`format` must be {FORMAT}");
                self.error("wrong-format", span, what, format!("Write `format: {FORMAT}`."));
            }
            None => {}
        }
        let id = self.id(&bank);
        let title = self.text(&bank, "title", true);
        let about = self.text(&bank, "about", false);
        let language = self.language(&bank);
        let licence = self.text(&bank, "licence", false);
        let as_of = self.as_of(&bank);
        let documents = self.documents(&bank);
        let header_is_whole = self.findings.errors() == before;

        let mut rounds = Vec::new();
        let mut anchors = Vec::new();
        let list = self.list(&bank, "rounds", (1, MAX_ROUNDS), true);
        let mut ids = Ids::default();
        for node in list {
            if let Some(round) = self.round(node, as_of.as_ref(), &mut ids, &mut anchors) {
                rounds.push(round);
            }
        }
        if self.count > MAX_QUESTIONS {
            let what = format!("this bank has {} questions, and the most is {MAX_QUESTIONS}", self.count);
            self.error("too-large", bank.span(), what, "Split it into several banks.");
        }
        let bank_value = Bank { id, title, about, language, licence, documents, rounds };
        let anchor = Anchor { name: bank.span(), fields: bank.list };
        // With a broken header questions can still be looked at, unless there is none.
        (header_is_whole || !bank_value.rounds.is_empty()).then_some(Built {
            bank: bank_value,
            anchor,
            questions: anchors,
            count: self.count,
        })
    }

    fn documents(&mut self, bank: &Fields<'_>) -> BTreeMap<String, Document> {
        let mut documents = BTreeMap::new();
        let Some(node) = bank.get("documents") else { return documents };
        let Value::Map(entries) = &node.value else {
            self.wrong_shape(node, "documents", "a list of names between { and }");
            return documents;
        };
        if entries.len() > MAX_DOCUMENTS {
            let what = format!("{} documents are more than a bank can cite", entries.len());
            self.error("too-large", node.span, what, format!("Keep at most {MAX_DOCUMENTS}."));
            return documents;
        }
        for (key, value) in entries {
            let id = self.plain(key, "a document's id", MAX_NAME);
            self.check_id(&id, key.span, "a document");
            if let Some(fields) = self.fields(value, "a document", &["Document"], &[&DOCUMENT]) {
                let title = self.text(&fields, "title", true);
                let link = self.text(&fields, "link", false);
                if documents.insert(id, Document { title, link }).is_some() {
                    let what = "two documents have the same id".into();
                    self.error("duplicate-id", key.span, what, "Give each document an id of its own.");
                }
            }
        }
        documents
    }

    fn round<'t>(
        &mut self,
        node: &'t Node<'t>,
        as_of: Option<&String>,
        ids: &mut Ids,
        anchors: &mut Vec<Anchor<'t>>,
    ) -> Option<Round> {
        let fields = self.fields(node, "a round", &["Round"], &[&ROUND])?;
        let id = self.id(&fields);
        if !id.is_empty() && !ids.rounds.insert(id.clone()) {
            let span = fields.get("id").map_or(fields.span(), |n| n.span);
            let what = format!("two rounds have the id `{id}`");
            self.error("duplicate-id", span, what, "Give each round an id of its own.");
        }
        let title = self.text(&fields, "title", true);
        let about = self.text(&fields, "about", false);
        let list = self.list(&fields, "questions", (1, MAX_QUESTIONS), true);
        self.count += list.len();
        let mut questions = Vec::with_capacity(list.len());
        for node in list {
            if self.count > MAX_QUESTIONS {
                break;
            }
            let before = self.findings.errors();
            let question = self.question(node, as_of, ids);
            self.question = None;
            if let Some((question, anchor)) = question
                && self.findings.errors() == before
            {
                questions.push(question);
                anchors.push(anchor);
            }
        }
        Some(Round { id, title, about, questions })
    }

    fn question<'t>(
        &mut self,
        node: &'t Node<'t>,
        as_of: Option<&String>,
        ids: &mut Ids,
    ) -> Option<(Question, Anchor<'t>)> {
        let (name, fields) = match &node.value {
            Value::Struct(name, fields) => (*name, fields.as_slice()),
            Value::Tuple(name, _) => (*name, &[][..]),
            Value::Word(word) => (Name { text: word, span: node.span }, &[][..]),
            _ => {
                self.wrong_shape(node, "questions", "questions such as Choice( … )");
                return None;
            }
        };
        let Some(kind) = Kind::ALL.into_iter().find(|&kind| words(kind).0 == name.text) else {
            self.unknown_kind(name);
            return None;
        };
        if !matches!(node.value, Value::Struct(..)) {
            let what = format!("`{}` has no named fields", name.text);
            self.error("wrong-shape", name.span, what, "Write the fields with their names, such as `stem: \"…\"`.");
            return None;
        }
        let fields = Fields { noun: "this question", name, list: fields };
        // Known first, so that every complaint can name the question.
        if let Some(Node { value: Value::Text(id), .. }) = fields.get("id") {
            self.question = Some(shorten(id));
        }
        let id = self.id(&fields);
        if !id.is_empty() && !ids.questions.insert(id.clone()) {
            let span = fields.get("id").map_or(name.span, |n| n.span);
            let what = format!("two questions have the id `{id}`");
            self.error("duplicate-id", span, what, "Give each question an id of its own, and never use one again.");
        }
        self.known(&fields, &[words(kind).1, &COMMON]);
        let question = Question {
            id,
            stem: self.text(&fields, "stem", true),
            body: self.body(kind, &fields),
            explanation: self.text(&fields, "explanation", false),
            source: self.source(&fields),
            as_of: self.as_of(&fields).or_else(|| as_of.cloned()),
            difficulty: self.whole(&fields, "difficulty", (1, 3)).and_then(|n| u8::try_from(n).ok()).unwrap_or(2),
            tags: self.texts(&fields, "tags", (0, MAX_ENTRIES), MAX_NAME, false),
            seconds: self.whole(&fields, "seconds", (5, 600)),
        };
        Some((question, Anchor { name: name.span, fields: fields.list }))
    }

    fn unknown_kind(&mut self, name: Name<'_>) {
        let kinds = Kind::ALL.map(|kind| words(kind).0);
        let (what, todo) = if name.text.is_empty() {
            (
                "this question does not say its kind".to_string(),
                "Write the kind before the bracket, such as `Choice(`.".into(),
            )
        } else {
            let todo = suggest::nearest(name.text, &kinds).map_or_else(
                || format!("The kinds are {}.", suggest::listed(&kinds)),
                |kind| format!("Did you mean `{kind}`?"),
            );
            (format!("there is no kind of question called `{}`", shorten(name.text)), todo)
        };
        self.error("unknown-kind", name.span, what, todo);
    }

    fn body(&mut self, kind: Kind, fields: &Fields<'_>) -> Body {
        match kind {
            Kind::Choice => Body::Choice {
                key: self.text(fields, "key", true),
                distractors: self.texts(fields, "distractors", (1, 5), MAX_TEXT, true),
                notes: self.notes(fields),
            },
            Kind::MultiChoice => Body::MultiChoice {
                keys: self.texts(fields, "keys", (1, 7), MAX_TEXT, true),
                distractors: self.texts(fields, "distractors", (1, 7), MAX_TEXT, true),
                notes: self.notes(fields),
            },
            Kind::TrueFalse => Body::TrueFalse { key: self.truth(fields) },
            Kind::Number => {
                let (min, max) = self.range(fields);
                Body::Number {
                    key: self.number(fields, "key", None),
                    unit: self.text(fields, "unit", false),
                    min,
                    max,
                    step: self.number(fields, "step", Some(1.0)),
                    tolerance: self.number(fields, "tolerance", Some(0.0)),
                }
            }
            Kind::Order => Body::Order {
                items: self.texts(fields, "items", (3, 8), MAX_TEXT, true),
                from: self.text(fields, "from", false),
                to: self.text(fields, "to", false),
            },
            Kind::Match => Body::Match {
                pairs: self.pairs(fields),
                distractors: self.texts(fields, "distractors", (0, 8), MAX_TEXT, false),
            },
            Kind::Text => Body::Text {
                key: self.text(fields, "key", true),
                accept: self.texts(fields, "accept", (0, MAX_ENTRIES), MAX_TEXT, false),
                notes: self.notes(fields),
            },
        }
    }

    fn source(&mut self, fields: &Fields<'_>) -> Option<Source> {
        let source = self.fields(fields.get("source")?, "a source", &["Source"], &[&SOURCE])?;
        Some(Source { document: self.text(&source, "document", true), section: self.text(&source, "section", false) })
    }

    /// The fields of a bracket, all of them known.
    fn fields<'t>(
        &mut self,
        node: &'t Node<'t>,
        noun: &'static str,
        names: &[&str],
        known: &[&[&'static str]],
    ) -> Option<Fields<'t>> {
        let node = bare(node);
        let Value::Struct(name, fields) = &node.value else {
            let what = format!("{noun} should be a bracket with named fields, but this is {}", describe(&node.value));
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

    fn known(&mut self, fields: &Fields<'_>, known: &[&[&'static str]]) {
        if fields.list.len() > MAX_ENTRIES {
            let what = format!("{} has {} fields", fields.noun, fields.list.len());
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
                        || format!("The fields are {}.", suggest::listed(&all)),
                        |name| format!("Did you mean `{name}`?"),
                    );
                let what = format!("{} has no field called `{}`", fields.noun, shorten(field.name));
                self.error("unknown-field", field.span, what, todo);
            } else if fields.list[..index].iter().any(|f| f.name == field.name) {
                let what = format!("`{}` is written twice", field.name);
                self.error("duplicate-field", field.span, what, "Keep one of them.");
            }
        }
    }

    fn required<'t>(&mut self, fields: &Fields<'t>, name: &'static str) -> Option<&'t Node<'t>> {
        let node = fields.get(name);
        if node.is_none() && !(self.damaged && self.question.is_none()) {
            let what = format!("{} has no `{name}`", fields.noun);
            self.error("missing-field", fields.span(), what, format!("Add `{name}: …`."));
        }
        node
    }

    fn wrong_shape(&mut self, node: &Node<'_>, name: &str, wanted: &str) {
        let what = format!("`{name}` should be {wanted}, but this is {}", describe(&node.value));
        let todo = match (&node.value, wanted.starts_with("a text")) {
            (Value::Number(_) | Value::Bool(_) | Value::Word(_), true) => "Put it between quotation marks.",
            (Value::Text(_), false) => "Write it without quotation marks, in the form that the other questions have.",
            _ => "Write it in the form that the other questions have.",
        };
        self.error("wrong-shape", node.span, what, todo);
    }

    /// A text with bounds on its length; a required one must say something.
    fn text(&mut self, fields: &Fields<'_>, name: &'static str, required: bool) -> String {
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

    fn plain(&mut self, node: &Node<'_>, name: &str, longest: usize) -> String {
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

    fn list<'t>(
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

    fn texts(
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

    fn notes(&mut self, fields: &Fields<'_>) -> BTreeMap<String, String> {
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

    fn pairs(&mut self, fields: &Fields<'_>) -> Vec<(String, String)> {
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

    fn truth(&mut self, fields: &Fields<'_>) -> bool {
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

    fn number(&mut self, fields: &Fields<'_>, name: &'static str, default: Option<f64>) -> f64 {
        let node = if default.is_none() { self.required(fields, name) } else { fields.get(name) };
        node.map_or(default.unwrap_or_default(), |node| self.finite(node, name))
    }

    fn finite(&mut self, node: &Node<'_>, name: &str) -> f64 {
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

    fn range(&mut self, fields: &Fields<'_>) -> (f64, f64) {
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

    fn whole(&mut self, fields: &Fields<'_>, name: &'static str, (least, most): (u16, u16)) -> Option<u16> {
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

    fn id(&mut self, fields: &Fields<'_>) -> String {
        let Some(node) = self.required(fields, "id") else { return String::new() };
        let id = self.plain(node, "id", MAX_NAME);
        if matches!(node.value, Value::Text(_)) {
            self.check_id(&id, node.span, fields.noun);
        }
        id
    }

    fn check_id(&mut self, id: &str, span: Span, noun: &str) {
        let charset = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if id.is_empty() || !charset || id.starts_with('-') || id.ends_with('-') {
            let what = format!("the id of {noun} must be lower-case letters, digits and hyphens");
            self.error("bad-id", span, what, "Write something like `founding-members`.");
        }
    }

    fn language(&mut self, fields: &Fields<'_>) -> String {
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

    fn as_of(&mut self, fields: &Fields<'_>) -> Option<String> {
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

/// The ids seen so far.
#[derive(Default)]
struct Ids {
    rounds: std::collections::HashSet<String>,
    questions: std::collections::HashSet<String>,
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
        Value::Tuple(..) => "a bracket without field names",
        Value::Struct(..) => "a bracket with fields",
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
