//! "Did you mean …?" for names that a file gets nearly right.

/// What people write for a name of ours, from other quiz programs and from plain English.
const OTHER_NAMES: [(&str, &str); 26] = [
    ("question", "stem"),
    ("prompt", "stem"),
    ("text", "stem"),
    ("answer", "key"),
    ("correct", "key"),
    ("answers", "keys"),
    ("options", "distractors"),
    ("choices", "distractors"),
    ("wrong", "distractors"),
    ("why", "explanation"),
    ("feedback", "explanation"),
    ("license", "licence"),
    ("time", "seconds"),
    ("date", "as_of"),
    ("name", "title"),
    ("description", "about"),
    ("lang", "language"),
    ("version", "format"),
    ("sources", "documents"),
    ("url", "link"),
    ("page", "section"),
    ("aliases", "accept"),
    ("Single", "Choice"),
    ("MultipleChoice", "Choice"),
    ("Numeric", "Number"),
    ("ShortAnswer", "Text"),
];

/// Longer names are not compared: the work grows with the product of both lengths.
const LONGEST: usize = 64;

/// Of more names only these are compared.
const MOST: usize = 200;

/// The name among `expected` that `found` was probably meant to be.
pub(super) fn nearest<'a>(found: &str, expected: &[&'a str]) -> Option<&'a str> {
    if found.len() > LONGEST {
        return None;
    }
    let lower = found.to_lowercase();
    let closest = expected
        .iter()
        .filter(|name| name.len() <= LONGEST)
        .take(MOST)
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .min_by_key(|(distance, _)| *distance);
    // One slip in a short name, one in three letters of a longer one: beyond that a guess confuses more than it helps.
    if let Some((distance, name)) = closest
        && distance <= (name.len() / 3).max(1)
    {
        return Some(name);
    }
    let (_, ours) =
        OTHER_NAMES.iter().find(|(other, ours)| other.eq_ignore_ascii_case(found) && expected.contains(ours))?;
    Some(ours)
}

/// Names in a sentence: `a`, `b` and `c`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
    }
}
