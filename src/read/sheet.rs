//! Reads a CSV file with a header row; whether commas or semicolons separate its cells is found from the header.

use std::ops::Range;
use std::sync::Arc;

use csv::StringRecord;

use super::log::{Log, Spoilt, Spot};
use crate::words::count;

/// The rows of a file, with the place of each cell. Rows are parsed again whenever they are asked for, which saves
/// memory.
pub(super) struct Sheet {
    source: usize,
    text: Arc<str>,
    /// The byte at which the header row begins.
    begin: usize,
    delimiter: u8,
    header: StringRecord,
}

/// The cells of one row, as spans of the file.
struct Cells {
    spans: Vec<Range<usize>>,
    /// The byte of a quote that is never closed.
    unclosed: Option<usize>,
}

impl Sheet {
    /// The sheet of a file in the log. Reports errors in the shape of the table, and a header with the `required`
    /// columns that stands below the first row.
    pub fn read(source: usize, required: &[&str], log: &mut Log) -> Option<Sheet> {
        let text = log.text(source);
        let begin = after_separator(&text);
        let first = text[begin..].lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let start = begin + text[begin..].find(first).unwrap_or(0);
        let row = Spot { source, span: start..start + first.len() };
        if let Some(header) = header_below(&text[start..], required) {
            let line = log.line(&Spot { source, span: start + header..start + header });
            let message = format!("this row does not name the columns; line {line} seems to do so");
            log.error(&row, message, format!("remove what stands above line {line}"));
            return None;
        }
        let between = outside_quotes(&text[start..]);
        let count = |sign: char| between.matches(sign).count();
        let delimiter = if count(';') > count(',') { b';' } else { b',' };
        if count('\t') > count(';').max(count(',')) {
            log.error(
                &row,
                "the columns are separated by tabs",
                "save the file with commas or semicolons between the columns".to_string(),
            );
            return None;
        }
        let mut sheet = Sheet { source, text, begin, delimiter, header: StringRecord::new() };
        let Some(header) = sheet.all_rows().next() else {
            log.error(&Spot { source, span: 0..0 }, "this file is empty; its first row must name the columns", None);
            return None;
        };
        sheet.header = header;
        sheet.check_header(log);
        sheet.check_rows(log);
        Some(sheet)
    }

    /// The header and the rows below it. Excel may save empty rows as separators alone; they are left out.
    fn all_rows(&self) -> impl Iterator<Item = StringRecord> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .has_headers(false)
            .from_reader(&self.text.as_bytes()[self.begin..]);
        // Reading from memory cannot fail, and rows of any length are accepted.
        reader.into_records().map_while(Result::ok).filter(|record| record.iter().any(|cell| !cell.is_empty()))
    }

    fn check_header(&self, log: &mut Log) {
        for (index, name) in self.header.iter().enumerate() {
            if name.is_empty() {
                let is_used = self.rows().any(|record| record.get(index).is_some_and(|cell| !cell.is_empty()));
                if is_used {
                    log.error(&self.header_spot(), format!("column {} has no name", index + 1), None);
                }
            } else if self.header.iter().take(index).any(|before| before == name) {
                log.error(
                    &self.cell_spot(&self.header, index),
                    format!("two columns are named “{name}”"),
                    "rename or remove one of them".to_string(),
                );
            }
        }
    }

    fn check_rows(&self, log: &mut Log) {
        let last = self.all_rows().last().unwrap_or_default();
        let unclosed = self.cells(self.start_of(&last)).unclosed;
        if let Some(quote) = unclosed {
            log.error(
                &Spot { source: self.source, span: quote..quote + 1 },
                "the quote that begins here is never closed",
                "put a second \" at the end of the cell, or write \"\" for a quote inside it".to_string(),
            );
        }
        for record in self.all_rows() {
            let start = self.start_of(&record);
            if unclosed.is_some_and(|quote| quote >= start && self.start_of(&last) == start) {
                continue;
            }
            if self.has_odd_cell(&record, log) || self.fits(&record) {
                continue;
            }
            let message =
                format!("this row has {}, but the header has {}", count(record.len(), "cell"), self.header.len());
            let help = if record.len() > self.header.len() {
                "put a cell that holds the separator in double quotes"
            } else {
                "leave the cell empty where there is nothing to say"
            };
            log.error(&self.row_spot(&record), message, help.to_string());
        }
    }

    /// Whether a cell of the row would be read differently from what is meant; if so, that is reported.
    fn has_odd_cell(&self, record: &StringRecord, log: &mut Log) -> bool {
        let mut is_odd = false;
        for (column, cell) in self.cells(self.start_of(record)).spans.into_iter().enumerate() {
            let text = &self.text[cell.clone()];
            let after = closing_quote(text.as_bytes(), 0).map_or("", |closing| &text[closing + 1..]);
            let (message, help) = if !text.starts_with('"') && text.trim_start().starts_with('"') {
                ("before the quote of this cell stands a blank", "remove the blank")
            } else if text.starts_with('"') && !after.trim().is_empty() {
                ("in this cell something stands after the closing quote", "write \"\" for a quote inside a cell")
            } else if text.contains('\0') {
                ("this cell holds a NUL, a character that cannot be seen", "write the cell anew")
            } else {
                continue;
            };
            let at = self.cell_spot(record, column);
            log.error_of_syntax(&at, message.to_string(), Some(help.to_string()), Spoilt::Value);
            is_odd = true;
        }
        is_odd
    }

    /// Whether the row has as many cells as the header.
    pub fn fits(&self, record: &StringRecord) -> bool {
        record.len() == self.header.len()
    }

    /// The names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> + Clone {
        self.header.iter()
    }

    /// The index of the column with that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = StringRecord> {
        self.all_rows().skip(1)
    }

    /// The place of the header.
    pub fn header_spot(&self) -> Spot {
        self.row_spot(&self.header)
    }

    /// The place of the name of a column.
    pub fn column_spot(&self, name: &str) -> Spot {
        self.column(name).map_or_else(|| self.header_spot(), |column| self.cell_spot(&self.header, column))
    }

    /// The place of a row: its first line.
    pub fn row_spot(&self, record: &StringRecord) -> Spot {
        let start = self.start_of(record);
        let end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |length| start + length);
        Spot { source: self.source, span: start..end }
    }

    /// The place of a cell without the spaces around it; for a missing cell, the place of the row.
    pub fn cell_spot(&self, record: &StringRecord, column: usize) -> Spot {
        match self.cells(self.start_of(record)).spans.get(column) {
            Some(cell) => {
                let text = &self.text[cell.clone()];
                let from = cell.start + (text.len() - text.trim_start().len());
                Spot { source: self.source, span: from..from + text.trim().len() }
            }
            None => self.row_spot(record),
        }
    }

    /// The byte at which a row starts. The parser's own position lies before line ends and empty lines that it skips.
    fn start_of(&self, record: &StringRecord) -> usize {
        let at = record.position().map_or(0, |position| position.byte() as usize);
        let at = (self.begin + at).min(self.text.len());
        at + self.text.as_bytes()[at..].iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count()
    }

    /// The cells of the row that starts at this byte. As in the parser, a quote opens a cell only as its first
    /// character.
    fn cells(&self, start: usize) -> Cells {
        let bytes = self.text.as_bytes();
        let mut cells = Cells { spans: Vec::new(), unclosed: None };
        let (mut from, mut at) = (start, start);
        loop {
            match bytes.get(at) {
                Some(b'"') if at == from => match closing_quote(bytes, at) {
                    Some(closing) => at = closing + 1,
                    None => {
                        cells.unclosed = Some(at);
                        at = bytes.len();
                    }
                },
                Some(&byte) if byte == self.delimiter => {
                    cells.spans.push(from..at);
                    at += 1;
                    from = at;
                }
                None | Some(b'\r' | b'\n') => {
                    cells.spans.push(from..at);
                    return cells;
                }
                Some(_) => at += 1,
            }
        }
    }
}

/// The byte after a first line `sep=;`, with which some programs tell Excel the separator; 0 without one.
fn after_separator(text: &str) -> usize {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let sign = first.trim_end_matches(['\r', '\n']).trim_matches('"').to_lowercase();
    let is_marker = sign.strip_prefix("sep=").is_some_and(|sign| sign.chars().count() == 1);
    if is_marker { first.len() } else { 0 }
}

/// In how many rows at the top a header is looked for (chosen).
const ROWS_ABOVE_HEADER: usize = 10;

/// The byte of the first line that names these columns, in small or capital letters; `None` if that is the first line
/// of all.
fn header_below(text: &str, required: &[&str]) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(ROWS_ABOVE_HEADER) {
        let cells: Vec<&str> = line.split([',', ';']).map(|cell| cell.trim().trim_matches('"')).collect();
        if required.iter().all(|name| cells.iter().any(|cell| cell.eq_ignore_ascii_case(name))) {
            return Some(at).filter(|&at| at > 0);
        }
        at += line.len();
    }
    None
}

/// The characters outside quotes in the first row of the text, whose separator is not known yet.
fn outside_quotes(text: &str) -> String {
    let mut outside = String::new();
    let (mut in_quotes, mut begins) = (false, true);
    for sign in text.chars() {
        match sign {
            '"' if in_quotes => in_quotes = false,
            // A quote right after a closing quote is the second of two, which stand for one quote within the text.
            '"' if begins => in_quotes = true,
            _ if in_quotes => {}
            '\r' | '\n' => break,
            _ => outside.push(sign),
        }
        begins = sign == '"' || ";,\t".contains(sign) || begins && sign == ' ';
    }
    outside
}

/// The quote that closes the one at `opening`. Two quotes in a row stand for one quote within the text.
fn closing_quote(bytes: &[u8], opening: usize) -> Option<usize> {
    let mut at = opening + 1;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::read::log::Log;
    use std::path::Path;

    fn sheet(text: &str) -> (Option<Sheet>, Log) {
        let mut log = Log::default();
        let source = log.found.add_source(Path::new("managers.csv"), text.to_string());
        (Sheet::read(source, &["id"], &mut log), log)
    }

    #[test]
    fn cells_are_found_where_they_stand() {
        let text = "id;note;x\r\n\r\nm1;\"a\" ; 1\r\n;;\r\nm2;\"b;\"\"c\"\"\r\nd\";  2 \r\n";
        let (sheet, log) = sheet(text);
        let sheet = sheet.expect("it is a good file");
        assert!(!log.found.has_errors(), "{}", log.found);
        let rows: Vec<_> = sheet.rows().collect();
        assert_eq!(rows.len(), 2);
        let shown = |row: usize, column: usize| &text[sheet.cell_spot(&rows[row], column).span];
        assert_eq!([shown(0, 0), shown(0, 1), shown(0, 2)], ["m1", "\"a\"", "1"]);
        assert_eq!([shown(1, 0), shown(1, 1), shown(1, 2)], ["m2", "\"b;\"\"c\"\"\r\nd\"", "2"]);
        assert_eq!(rows[1].get(1), Some("b;\"c\"\r\nd"));
    }

    #[test]
    fn only_signs_outside_quotes_separate() {
        let columns = |text: &str| sheet(text).0.map_or(0, |sheet| sheet.columns().count());
        assert_eq!(columns("id,\"a;b;c\"\nm1,x\n"), 2);
        assert_eq!(columns("id;\"a \"\"b,c\"\" ,,,\";\"d,\ne,\";f\nm1;x;;\n"), 4);
        assert_eq!(columns("\n\"id\", 5\" x,6\" y\nm1,,\n"), 3, "a quote within a cell is no opening one");
    }

    #[test]
    fn the_line_for_excel_is_no_row() {
        let (sheet, log) = sheet("sep=;\r\nid;name\r\nm1;Anna\r\n");
        let sheet = sheet.expect("it is a good file");
        assert_eq!(sheet.columns().collect::<Vec<_>>(), ["id", "name"]);
        let rows: Vec<_> = sheet.rows().collect();
        assert_eq!(log.line(&sheet.cell_spot(&rows[0], 1)), 3);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        let (_, log) = sheet("id,name\nm1,\"Anna\nm2,Bo\n");
        let found = log.finish();
        let (_, span) = found.items.last().and_then(|item| item.at.clone()).expect("it has a place");
        assert_eq!(span.start, "id,name\nm1,".len());
    }
}
