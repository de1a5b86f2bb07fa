//! Annotations of a GitHub workflow: errors at the lines that they are about.

use super::format::ReportFormat;
use super::outcome::{CheckOutcome, Level, Note};

pub(super) const FORMAT: ReportFormat =
    ReportFormat { name: "github", summary: "Annotations of a GitHub workflow", is_for_people: false, write: github };

/// The outcome as workflow commands, one per line, and a summary at the end. Findings of rules with a weight are left
/// out: GitHub shows only the first few annotations of a step, and those should be the ones that make it fail.
fn github(outcome: &CheckOutcome) -> String {
    let notes = outcome.notes();
    let mut out: String = notes.iter().filter_map(annotation).collect();
    let summary = match (outcome.diagnostics.has_errors(), outcome.report) {
        (true, _) => "the files cannot be used".to_owned(),
        (false, None) if outcome.impossible.is_empty() => "the files are in order".to_owned(),
        (false, None) => "no plan can be valid".to_owned(),
        (false, Some(report)) => {
            let verdict = if report.score.is_valid() { "valid" } else { "not valid" };
            format!("{verdict}: hard {}, soft {}", report.score.hard, report.score.soft)
        }
    };
    let file = outcome.subject().display().to_string();
    out.push_str(&format!("::notice file={}::{}\n", property(&file), data(&summary)));
    out
}

fn annotation(note: &Note) -> Option<String> {
    let command = match note.level {
        Level::Error | Level::Breach => "error",
        Level::Warning => "warning",
        Level::Cost => return None,
    };
    let mut properties = Vec::new();
    if let Some(file) = note.file {
        properties.push(format!("file={}", property(&file.display().to_string())));
    }
    if let Some((line, column)) = note.at {
        properties.push(format!("line={line},col={column}"));
    }
    if let Some((_, term)) = note.term {
        properties.push(format!("title={}", property(term)));
    }
    let blank = if properties.is_empty() { "" } else { " " };
    Some(format!("::{command}{blank}{}::{}\n", properties.join(","), data(&note.full_message())))
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_in_a_text_can_end_a_command_or_a_property() {
        assert_eq!(data("100 %\r\n::error::no"), "100 %25%0D%0A::error::no");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
