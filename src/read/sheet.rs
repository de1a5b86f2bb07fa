//! A CSV file with a header row: comma or semicolon, found from the header.

use csv::StringRecord;

use super::log::{Log, Spot};

/// The rows of a file, with where each cell stands.
pub(super) struct Sheet {
    source: usize,
    text: String,
    delimiter: u8,
    header: StringRecord,
    records: Vec<StringRecord>,
}

impl Sheet {
    /// Reads the rows of a file that the log holds.
    pub fn read(source: usize, log: &mut Log) -> Option<Sheet> {
        let text = log.text(source).to_string();
        let first = text.lines().next().unwrap_or_default();
        let count = |sign: char| first.matches(sign).count();
        let delimiter = if count(';') > count(',') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => records.push(record),
                Err(error) => {
                    log.error(&Spot { source, span: 0..0 }, format!("this file cannot be read as CSV: {error}"), None);
                    return None;
                }
            }
        }
        drop(reader);
        // Excel fills a used area with rows of nothing but separators.
        records.retain(|record| record.iter().any(|cell| !cell.is_empty()));
        if records.is_empty() {
            log.error(&Spot { source, span: 0..0 }, "this file is empty; its first row must name the columns", None);
            return None;
        }
        let header = records.remove(0);
        let sheet = Sheet { source, text, delimiter, header, records };
        sheet.check_shape(log);
        Some(sheet)
    }

    fn check_shape(&self, log: &mut Log) {
        for (index, name) in self.header.iter().enumerate() {
            if name.is_empty() {
                let is_used = self.records.iter().any(|record| record.get(index).is_some_and(|cell| !cell.is_empty()));
                if is_used {
                    log.error(&self.header_spot(), format!("column {} has no name", index + 1), None);
                }
            } else if self.header.iter().take(index).any(|before| before == name) {
                log.error(&self.header_spot(), format!("two columns are named “{name}”"), None);
            }
        }
        for record in self.records.iter().filter(|record| record.len() != self.header.len()) {
            let message = format!("this row has {} cells, but the header has {}", record.len(), self.header.len());
            log.error(
                &self.row_spot(record),
                message,
                "put a cell that holds the separator in double quotes".to_string(),
            );
        }
    }

    /// The names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> + Clone {
        self.header.iter()
    }

    /// The number of the column with that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The rows below the header.
    pub fn records(&self) -> impl Iterator<Item = &StringRecord> {
        self.records.iter()
    }

    /// Where the header stands.
    pub fn header_spot(&self) -> Spot {
        self.row_spot(&self.header)
    }

    /// Where a row stands.
    pub fn row_spot(&self, record: &StringRecord) -> Spot {
        let start = self.start_of(record);
        let end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |length| start + length);
        Spot { source: self.source, span: start..end }
    }

    /// Where a cell stands, without the blanks around it.
    pub fn cell_spot(&self, record: &StringRecord, column: usize) -> Spot {
        let start = self.start_of(record);
        let mut quoted = false;
        let mut cell = 0;
        let mut from = start;
        let mut to = self.text.len();
        for (offset, byte) in self.text.bytes().enumerate().skip(start) {
            let ends = !quoted && (byte == self.delimiter || byte == b'\n' || byte == b'\r');
            if byte == b'"' {
                quoted = !quoted;
            } else if ends && cell == column {
                to = offset;
                break;
            } else if ends && byte != self.delimiter {
                return self.row_spot(record);
            } else if ends {
                cell += 1;
                from = offset + 1;
            }
        }
        let text = &self.text[from..to];
        let from = from + (text.len() - text.trim_start().len());
        Spot { source: self.source, span: from..from + text.trim().len() }
    }

    /// The byte at which a row starts; the reader's own position counts line ends and blank lines before it.
    fn start_of(&self, record: &StringRecord) -> usize {
        let at = record.position().map_or(0, |position| position.byte() as usize).min(self.text.len());
        at + self.text.as_bytes()[at..].iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count()
    }
}
