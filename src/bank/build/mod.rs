//! From the tree to the model: is every field there, known, and of the right shape?
//!
//! Whether a question makes sense is asked later (`coherence`, `lint`). Each complaint names its field and stands at it, and a
//! question with a broken field is left out so that all others are still looked at. Uses the tree and the model.

mod anchor;
mod fields;

use std::collections::{BTreeMap, HashMap};

pub(super) use anchor::Anchor;
use fields::Fields;

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

/// The stem of each question that has an id and a stem, whatever else is wrong with it.
pub(super) fn stems<'t>(root: &'t Node<'_>) -> HashMap<String, &'t str> {
    let mut stems = HashMap::new();
    let Value::Struct(_, bank) = &root.value else { return stems };
    for round in entries(bank, "rounds") {
        let Value::Struct(_, round) = &round.value else { continue };
        for question in entries(round, "questions") {
            let Value::Struct(_, fields) = &question.value else { continue };
            if let (Some(id), Some(stem)) = (words_of(fields, "id"), words_of(fields, "stem")) {
                // As complaints name it; the first of two with the same id.
                stems.entry(shorten(id)).or_insert(stem);
            }
        }
    }
    stems
}

fn entries<'t, 'a>(fields: &'t [Field<'a>], name: &str) -> &'t [Node<'a>] {
    match fields.iter().find(|f| f.name == name).map(|f| &f.value.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn words_of<'t>(fields: &'t [Field<'_>], name: &str) -> Option<&'t str> {
    match &fields.iter().find(|f| f.name == name)?.value.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Builds the bank. Without `rounds` or another field that nothing can replace there is none, and a finding says so.
pub(super) fn build<'t>(root: &'t Node<'t>, findings: &mut Findings) -> Option<Built<'t>> {
    let damaged = findings.has_errors();
    Builder { findings, question: None, damaged, count: 0 }.bank(root)
}

struct Builder<'f> {
    findings: &'f mut Findings,
    question: Option<String>,
    /// A syntax error has cost some of the file: what seems missing may be there.
    damaged: bool,
    count: usize,
}

impl Builder<'_> {
    fn error(&mut self, rule: &'static str, span: Span, what: String, todo: impl Into<String>) {
        let question = self.question.clone();
        self.findings.push(Finding { level: Level::Error, rule, span, question, what, todo: todo.into() });
    }

    fn bank<'t>(&mut self, root: &'t Node<'t>) -> Option<Built<'t>> {
        let before = self.findings.errors();
        let bank = self.fields(root, "the file", &["Bank"], &[&BANK])?;
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
            let what = format!("this file has {} questions, and the most is {MAX_QUESTIONS}", self.count);
            self.error("too-large", bank.span(), what, "Split it into several question files.");
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
            let what = format!("{} documents are more than a question file can name", entries.len());
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
            let what = format!("the bracket of `{}` holds no names such as `stem`", name.text);
            self.error("wrong-shape", name.span, what, "Write each part with its name, such as `stem: \"…\"`.");
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
}

/// The ids seen so far.
#[derive(Default)]
struct Ids {
    rounds: std::collections::HashSet<String>,
    questions: std::collections::HashSet<String>,
}
