//! Years and months as people write them in an option: "1949", "April 2023", "4 April 1949", "in May 2022".

/// A point in time, as exact as its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// 1000 to 2100.
    pub year: u16,
    /// 1 to 12, if a month is named.
    pub month: Option<u8>,
    /// 1 to 31, if a day is named.
    pub day: Option<u8>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl When {
    /// The date that a text is; `None` where it is anything more, or anything else: "the 1990s", "the treaty of 1957".
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        if words.first().is_some_and(|word| word.eq_ignore_ascii_case("in")) {
            words.remove(0);
        }
        match words[..] {
            [year_of] => Some(Self { year: year(year_of)?, month: None, day: None }),
            [month_of, year_of] => Some(Self { year: year(year_of)?, month: Some(month(month_of)?), day: None }),
            [day_of, month_of, year_of] => {
                let day = day(day_of).zip(month(month_of)).or_else(|| day(month_of).zip(month(day_of)));
                let (day, month) = day?;
                Some(Self { year: year(year_of)?, month: Some(month), day: Some(day) })
            }
            _ => None,
        }
    }

    /// In years, with what is known of the month and the day as a fraction.
    #[must_use]
    pub fn years(self) -> f64 {
        let months = f64::from(self.month.map_or(0, |month| month - 1));
        let days = f64::from(self.day.map_or(0, |day| day - 1));
        f64::from(self.year) + (months + days / 31.) / 12.
    }
}

fn year(word: &str) -> Option<u16> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|year| digits && (1000..=2100).contains(year))
}

/// A whole name, or at least three letters of it, with or without a point.
fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches(['.', ',']).to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|month| *month == word || (word.len() <= 4 && month.starts_with(&word)))?;
    u8::try_from(found + 1).ok()
}

fn day(word: &str) -> Option<u8> {
    word.trim_end_matches(['.', ',']).parse().ok().filter(|day| (1..=31).contains(day))
}
