//! The bytes of a file as text. Files must be in UTF-8, with or without a byte-order mark; for others a message says
//! how to save them.

use std::ops::Range;

/// The kind of program that made a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A text editor.
    Text,
    /// A spreadsheet.
    Table,
}

impl Kind {
    /// How to save a file with such a program so that it can be read.
    pub fn help(self) -> &'static str {
        match self {
            Kind::Text => "save it again as a text in UTF-8; in most editors: Save As, with the encoding “UTF-8”",
            Kind::Table => "save it again in UTF-8; in Excel: Save As, with the file type “CSV UTF-8”",
        }
    }
}

/// The text of a file, and what is wrong with its encoding, if anything is.
pub(super) struct Decoded {
    pub text: String,
    pub slip: Option<EncodingSlip>,
}

/// What is wrong with the encoding of a file.
pub(super) struct EncodingSlip {
    pub at: Range<usize>,
    pub message: &'static str,
    /// Whether the text is good enough to look for further errors in it.
    pub is_readable: bool,
}

/// The first bytes of files that are not text in UTF-8, and what to say of such a file.
const OTHERS: [(&[u8], &str); 4] = [
    (b"PK\x03\x04", "this is an Excel workbook, and not a text file"),
    (b"\xD0\xCF\x11\xE0", "this is an old Excel workbook, and not a text file"),
    (b"\xFF\xFE", "the file is in UTF-16 and not in UTF-8"),
    (b"\xFE\xFF", "the file is in UTF-16 and not in UTF-8"),
];

/// Reads the bytes as UTF-8. Everything from the first byte that is not UTF-8 on is read as Windows-1252, the usual
/// other encoding of Swedish files: the planner then recognises the line, and further errors are found in the same
/// run.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((_, message)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Decoded { text: String::new(), slip: Some(EncodingSlip { at: 0..0, message, is_readable: false }) };
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_string(), slip: None },
        Err(error) => {
            let (good, rest) = bytes.split_at(error.valid_up_to());
            let mut text = String::from_utf8_lossy(good).into_owned();
            let start = text.len();
            text.extend(rest.iter().map(|&byte| windows_1252(byte)));
            let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
            let is_readable = !rest.iter().any(|&byte| byte < b' ' && !b"\t\r\n".contains(&byte));
            let message = if is_readable {
                "the file is not in UTF-8: it seems to be in Windows-1252"
            } else {
                "the file is not in UTF-8: it does not seem to be a text file"
            };
            Decoded { text, slip: Some(EncodingSlip { at: start..end, message, is_readable }) }
        }
    }
}

/// The character of a byte. Bytes from 128 to 159 stand for characters that do not occur in names, so they have no
/// table.
fn windows_1252(byte: u8) -> char {
    if (0x80..0xa0).contains(&byte) { char::REPLACEMENT_CHARACTER } else { char::from(byte) }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn what_excel_saves_is_recognised() {
        let plain = decode(b"id;namn\nm1;\xC5ke Sj\xF6\n");
        assert_eq!(plain.text, "id;namn\nm1;Åke Sjö\n");
        let slip = plain.slip.expect("it is not in UTF-8");
        assert_eq!(&plain.text[slip.at], "Å");
        assert!(slip.is_readable);
        assert!(decode(b"PK\x03\x04 and more").slip.is_some_and(|slip| !slip.is_readable));
        assert!(decode(b"\xFF\xFEi\0d\0").slip.is_some_and(|slip| !slip.is_readable));
        assert!(decode(b"\xF6\0\x01").slip.is_some_and(|slip| !slip.is_readable));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let marked = decode("\u{feff}id".as_bytes());
        assert_eq!(marked.text, "id");
        assert!(marked.slip.is_none());
    }
}
