//! A TOML document as a tree of nodes. A node knows its place in the file, and reports what is wrong with it.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use chrono::NaiveDate;

use super::intended;
use crate::read::dates;
use crate::read::log::{Log, Spot, did_you_mean, suggest};

/// A value and its place.
#[derive(Clone)]
pub(in crate::read) struct Node<'a> {
    pub source: usize,
    pub value: &'a Spanned<DeValue<'a>>,
    /// Its name in messages: the key, with the names of the tables around it.
    pub name: String,
}

/// The kind of value that is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::read) enum Wanted {
    Text,
    Number,
    Boolean,
    Date,
    Share,
    Period,
    List,
    Table,
    Tables,
}

impl Wanted {
    /// The words for it after “must be”.
    fn words(self) -> &'static str {
        match self {
            Wanted::Text => "a text in quotes",
            Wanted::Number => "a whole number",
            Wanted::Boolean => "true or false",
            Wanted::Date => "a date, like 2015-09-14",
            Wanted::Share => "a share, like 0.34",
            Wanted::Period => "a period",
            Wanted::List => "a list in square brackets",
            Wanted::Table => "a table",
            Wanted::Tables => "a list of tables",
        }
    }
}

/// A table whose keys are known.
#[derive(Clone)]
pub(in crate::read) struct Section<'a> {
    pub source: usize,
    table: &'a DeTable<'a>,
    pub at: Spot,
    /// Its name in messages.
    pub name: String,
}

impl<'a> Section<'a> {
    /// The document itself. It has no single place, so what is missing in it is reported at its start.
    pub fn root(table: &'a DeTable<'a>, source: usize) -> Section<'a> {
        Section { source, table, at: Spot { source, span: 0..0 }, name: "the file".to_string() }
    }

    /// The same table with another name in messages.
    pub fn called(self, name: String) -> Section<'a> {
        Section { name, ..self }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.table.get(key)?;
        Some(Node { source: self.source, value, name: format!("“{key}”") })
    }

    /// The value of a key that must be there. If another key looks like a misspelling of it, that one is reported
    /// instead.
    pub fn require(&self, key: &str, log: &mut Log) -> Option<Node<'a>> {
        self.require_like(key, example(key), log)
    }

    /// As [`Section::require`], with an example for the help.
    pub fn require_like(&self, key: &str, example: &str, log: &mut Log) -> Option<Node<'a>> {
        let node = self.get(key);
        if node.is_none() && !self.has_slip_for(key, log) {
            log.error(&self.at, format!("{} has no “{key}”", self.name), format!("write {example}"));
        }
        node
    }

    /// Whether the key is missing, but another key is most likely a misspelling of it, which is reported, or an
    /// unreadable line may hold it.
    pub fn has_slip_for(&self, key: &str, log: &mut Log) -> bool {
        self.get(key).is_none() && (self.slip_for(key, log).is_some() || log.is_spoilt_below(&self.at))
    }

    /// The value of a key that looks like a misspelling of this one, which is missing. The misspelling is reported.
    fn slip_for(&self, key: &str, log: &mut Log) -> Option<Node<'a>> {
        let (help, other, at) = self.keys().find_map(|(other, at)| Some((did_you_mean(other, [key])?, other, at)))?;
        log.error(&at, self.knows_no(other), help);
        self.get(other)
    }

    fn knows_no(&self, key: &str) -> String {
        format!("{} knows no key “{key}”", self.name)
    }

    /// All keys with their places.
    pub fn keys(&self) -> impl Iterator<Item = (&'a str, Spot)> {
        let source = self.source;
        self.table.keys().map(move |key| (key.get_ref().as_ref(), Spot { source, span: key.span() }))
    }

    /// Reports every key that is not among `known`.
    pub fn only(&self, known: &[&str], log: &mut Log) {
        for (key, at) in self.keys().filter(|(key, _)| !known.contains(key)) {
            log.error(&at, self.knows_no(key), suggest(key, "keys", known.iter().copied()));
        }
    }

    /// The tables of an array of tables; none when the key is missing. The tables of a misspelt key are read as well,
    /// so that references to them are not reported.
    pub fn sections(&self, key: &str, log: &mut Log) -> Vec<Section<'a>> {
        let Some(node) = self.get(key).or_else(|| self.slip_for(key, log)) else { return Vec::new() };
        match node.value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|value| Node { source: self.source, value, name: format!("[[{key}]]") }.section(log))
                .collect(),
            DeValue::Table(_) => {
                let help = format!("write [[{key}]] with double brackets");
                log.error(&node.at(), format!("“{key}” is one table here"), help);
                node.section(log).into_iter().collect()
            }
            _ => {
                node.wrong(Wanted::Tables, log);
                Vec::new()
            }
        }
    }
}

impl<'a> Node<'a> {
    /// The place of the value.
    pub fn at(&self) -> Spot {
        Spot { source: self.source, span: self.value.span() }
    }

    /// Reports that another kind of value is needed.
    pub fn wrong(&self, wanted: Wanted, log: &mut Log) {
        let found = match self.value.get_ref() {
            DeValue::String(_) => "a text in quotes",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with decimals",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(moment) if moment.time.is_none() => "a date",
            DeValue::Datetime(moment) if moment.date.is_some() => "a date with a time",
            DeValue::Datetime(_) => "a time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let help = self.example_of(wanted).or_else(|| Some(format!("write {}", self.rewritten(wanted)?)));
        log.error(&self.at(), format!("{} must be {}, but this is {found}", self.name, wanted.words()), help);
    }

    /// An example, for keys whose value has a form of its own.
    fn example_of(&self, wanted: Wanted) -> Option<String> {
        let opening = match wanted {
            Wanted::Table => '{',
            Wanted::List => '[',
            Wanted::Text => '"',
            _ => return None,
        };
        let (name, form) =
            FORMS.iter().find(|(name, form)| self.name == format!("“{name}”") && form.starts_with(opening))?;
        Some(format!("write {name} = {form}"))
    }

    /// The value in the form that is needed, where it is certain what is meant.
    fn rewritten(&self, wanted: Wanted) -> Option<String> {
        match (wanted, self.value.get_ref()) {
            (Wanted::Number | Wanted::Share | Wanted::Boolean, DeValue::String(text)) => {
                let plain = intended::by_text(text)?.help;
                let is_truth = ["true", "false"].contains(&plain.as_str());
                let fits = match wanted {
                    Wanted::Boolean => is_truth,
                    Wanted::Number => plain.bytes().all(|byte| byte.is_ascii_digit()),
                    _ => !is_truth,
                };
                fits.then_some(plain)
            }
            (Wanted::Number, DeValue::Float(float)) => {
                let (whole, _) = float.as_str().split_once('.')?;
                let below: u32 = whole.parse().ok()?;
                Some(if below == 0 { "1".to_string() } else { format!("{below} or {}", below + 1) })
            }
            (Wanted::List, DeValue::String(text)) => {
                let items: Vec<String> = text.split([',', ';']).map(|item| format!("\"{}\"", item.trim())).collect();
                Some(format!("[{}]", items.join(", ")))
            }
            (Wanted::Text, DeValue::Integer(number)) => Some(format!("\"{}\"", number.as_str())),
            (Wanted::Text, DeValue::Boolean(value)) => Some(format!("\"{value}\"")),
            (Wanted::Date, DeValue::Integer(number)) => {
                let digits = number.as_str();
                let [year, month, day] = [digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?];
                dates::date(&format!("{year}-{month}-{day}")).map(|date| date.to_string())
            }
            (Wanted::Date, DeValue::Datetime(moment)) => moment.date.map(|date| date.to_string()),
            _ => None,
        }
    }

    /// A text.
    pub fn text(&self, log: &mut Log) -> Option<&'a str> {
        let text = self.value.get_ref().as_str();
        if text.is_none() {
            self.wrong(Wanted::Text, log);
        }
        text
    }

    /// A text that can be an id: not empty, no control characters, no spaces at its ends.
    pub fn id(&self, log: &mut Log) -> Option<&'a str> {
        let text = self.text(log)?;
        if let Some(why) = bad_id(text) {
            log.error(&self.at(), format!("{} cannot be {text:?}: {why}", self.name), None);
            return None;
        }
        Some(text)
    }

    /// A whole number from `least` to `most`.
    pub fn number(&self, least: i64, most: i64, log: &mut Log) -> Option<i64> {
        let Some(integer) = self.value.get_ref().as_integer() else {
            self.wrong(Wanted::Number, log);
            return None;
        };
        let digits = integer.as_str().replace('_', "");
        let number =
            i64::from_str_radix(&digits, integer.radix()).ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            log.error(&self.at(), format!("{} must be a whole number from {least} to {most}", self.name), None);
        }
        number
    }

    /// `true` or `false`.
    pub fn boolean(&self, log: &mut Log) -> Option<bool> {
        let value = self.value.get_ref().as_bool();
        if value.is_none() {
            self.wrong(Wanted::Boolean, log);
        }
        value
    }

    /// A date, written as a TOML date or as a text.
    pub fn date(&self, log: &mut Log) -> Option<NaiveDate> {
        let text = match self.value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() && datetime.offset.is_none() => datetime.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                self.wrong(Wanted::Date, log);
                return None;
            }
        };
        let date = dates::date(&text);
        if date.is_none() {
            log.error(&self.at(), dates::no_date(&text), "write it like 2015-09-14".to_string());
        }
        date
    }

    /// The items of a list.
    pub fn items(&self, log: &mut Log) -> Vec<Node<'a>> {
        match self.value.get_ref() {
            DeValue::Array(items) => {
                let node = |value| Node { source: self.source, value, name: format!("each item of {}", self.name) };
                items.iter().map(node).collect()
            }
            _ => {
                self.wrong(Wanted::List, log);
                Vec::new()
            }
        }
    }

    /// The texts of a list of texts, each with its place.
    pub fn texts(&self, log: &mut Log) -> Vec<(Node<'a>, &'a str)> {
        self.items(log).into_iter().filter_map(|item| item.text(log).map(|text| (item, text))).collect()
    }

    /// Whether it is a list without items.
    pub fn is_empty_list(&self) -> bool {
        matches!(self.value.get_ref(), DeValue::Array(items) if items.is_empty())
    }

    /// A table.
    pub fn section(&self, log: &mut Log) -> Option<Section<'a>> {
        match self.value.get_ref() {
            DeValue::Table(table) => {
                Some(Section { source: self.source, table, at: self.at(), name: self.name.clone() })
            }
            _ => {
                self.wrong(Wanted::Table, log);
                None
            }
        }
    }
}

/// Keys whose value has a form of its own, with an example.
const FORMS: [(&str, &str); 6] = [
    ("week", "\"2015-W38\""),
    ("weekdays", "[\"tue\", \"wed\", \"thu\"]"),
    ("size", "{ min = 18, max = 24 }"),
    ("start", "{ from = 2015-09-01, to = 2015-10-31 }"),
    ("gap", "{ min = 14, ideal = 35, max = 90 }"),
    ("max_days", "{ week = 3, month = 8, total = 90 }"),
];

/// An example of a key that must be there.
fn example(key: &str) -> &'static str {
    const EXAMPLES: [(&str, &str); 25] = [
        ("format", "format = 1"),
        ("programme", "[programme], and below it name, start and end"),
        ("id", "id = \"…\""),
        ("start", "start = 2015-08-17"),
        ("end", "end = 2017-06-30"),
        ("sessions", "sessions = [\"full\"]"),
        ("seats", "seats = 24"),
        ("modules", "modules = [\"…\"], the modules that the consultant can lead"),
        ("members", "members = \"others\""),
        ("cohorts", "cohorts = 5"),
        ("size", "size = { min = 18, max = 24 }"),
        ("kind", "kind = \"spread\""),
        ("attribute", "attribute = \"department\""),
        ("share", "share = 0.34"),
        ("count", "count = 3"),
        ("managers", "managers = [\"…\", \"…\"]"),
        ("file", "file = \"….csv\""),
        ("part", "part = \"full\""),
        ("date", "date = 2015-09-14"),
        ("min", "min = 18"),
        ("max", "max = 24"),
        ("cohort", "cohort = \"…\", the name of its wave, a dash and its number in it"),
        ("module", "module = \"…\""),
        ("room", "room = \"…\""),
        ("team", "team = [\"…\"]"),
    ];
    EXAMPLES.iter().find(|(name, _)| *name == key).map_or("it as a key of its own", |(_, example)| example)
}

/// Why a text cannot be an id; `None` if it can.
pub(in crate::read) fn bad_id(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.chars().any(char::is_control) {
        Some("it holds a character that cannot be seen")
    } else if text.trim() != text {
        Some("it begins or ends with a blank")
    } else {
        None
    }
}
