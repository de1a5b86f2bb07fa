//! SARIF 2.1.0, the exchange format for the results of checking tools.

use std::path::Path;

use serde_json::{Value, json};

use super::format::ReportFormat;
use super::outcome::{CheckOutcome, Level, Note};

/// The name of the SARIF rule under which errors in files are reported.
const FILES: &str = "files";

pub(super) const FORMAT: ReportFormat =
    ReportFormat { name: "sarif", summary: "SARIF 2.1.0, for code scanning", is_for_people: false, write: sarif };

/// The outcome as a SARIF log with one run.
fn sarif(outcome: &CheckOutcome) -> String {
    let notes = outcome.notes();
    let mut rules: Vec<&str> = vec![FILES];
    for term in outcome.report.iter().flat_map(|report| &report.terms) {
        if !rules.contains(&term.name.as_str()) {
            rules.push(&term.name);
        }
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kohort",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| json!({ "id": rule })).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": notes.iter().map(|note| result(note, &rules)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn result(note: &Note, rules: &[&str]) -> Value {
    let rule = note.term.map_or(FILES, |(_, term)| term);
    let mut result = json!({
        "ruleId": rule,
        "ruleIndex": rules.iter().position(|other| *other == rule),
        "level": match note.level {
            Level::Error | Level::Breach => "error",
            Level::Warning => "warning",
            Level::Cost => "note",
        },
        "message": { "text": note.full_message() },
    });
    if note.term.is_some() {
        result["properties"] = json!({ "amount": note.amount });
    }
    if let Some(file) = note.file {
        let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
        if let Some((line, column)) = note.at {
            physical["region"] = json!({ "startLine": line, "startColumn": column });
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

/// The path as a URI reference: relative where the path is relative.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = String::from(if path.is_absolute() { "file://" } else { "" });
    if path.is_absolute() && !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri(Path::new("plans/plan 1.toml")), "plans/plan%201.toml");
        assert_eq!(uri(Path::new("örebro.toml")), "%C3%B6rebro.toml");
        #[cfg(unix)]
        assert_eq!(uri(Path::new("/a/b.toml")), "file:///a/b.toml");
    }
}
