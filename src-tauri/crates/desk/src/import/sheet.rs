//! A CSV file as rows that know their line.
//!
//! Owns the file's form: encoding, header, quotation marks, the number of cells. Must not know any table.

use std::io::{Chain, Read};

use super::cells::RowProblem;
use crate::error::DeskError;

/// Stands behind the file's last row: if a row swallows it, a quotation mark was never closed, and the
/// rows after that mark would be lost in one cell without a word.
const END: &[u8] = b"\n\x04";

/// What the message of a whole row names in a column's place.
const WHOLE_ROW: &str = "row";

/// A row, or what is wrong with it.
pub(super) type Row = Result<csv::StringRecord, RowProblem>;

/// The rows of a file behind its header.
pub(super) struct Sheet<'f> {
    bytes: &'f [u8],
    reader: csv::Reader<Chain<&'f [u8], &'static [u8]>>,
    header: csv::StringRecord,
    /// How far lines are counted, and which one begins there.
    counted: (usize, u64),
}

impl<'f> Sheet<'f> {
    /// Read a file's header.
    ///
    /// # Errors
    /// `bad_input` for a file that is empty, not in UTF-8, or not separated by commas.
    pub fn open(bytes: &'f [u8]) -> Result<Self, DeskError> {
        const UTF8: &str = "Save it as “CSV UTF-8”, with a header row.";
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(DeskError::bad_input("the file is in UTF-16", UTF8));
        }
        // Spreadsheet programs begin UTF-8 files with a byte order mark.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.chain(END));
        let mut sheet = Sheet { bytes, reader, header: csv::StringRecord::new(), counted: (0, 1) };
        match sheet.next_row()? {
            None => return Err(DeskError::bad_input("the file is empty", UTF8)),
            Some((line, Err(problem))) => {
                return Err(DeskError::bad_input(format!("line {line}: {}", problem.message), UTF8));
            }
            Some((_, Ok(header))) => sheet.header = header,
        }
        for (sign, name) in [(';', "semicolons"), ('\t', "tabs")] {
            if sheet.header.len() == 1 && sheet.header.iter().any(|cell| cell.contains(sign)) {
                return Err(DeskError::bad_input(
                    format!("line 1: the columns are separated by {name}, not by commas"),
                    "Save it with commas between the columns.",
                ));
            }
        }
        Ok(sheet)
    }

    /// The header's cells.
    pub fn header(&self) -> &csv::StringRecord {
        &self.header
    }

    /// The next row with the line it begins on, from 1; nothing at the end.
    pub fn next_row(&mut self) -> Result<Option<(u64, Row)>, DeskError> {
        let mut record = csv::ByteRecord::new();
        let more = self
            .reader
            .read_byte_record(&mut record)
            .map_err(|error| DeskError::bad_input(error, "Save it as CSV with a header row, in UTF-8."))?;
        if !more || record == vec![&END[1..]] {
            return Ok(None);
        }
        let line = self.line_of(record.position().map_or(0, csv::Position::byte));
        Ok(Some((line, self.sound(record))))
    }

    fn sound(&self, record: csv::ByteRecord) -> Row {
        if record.iter().next_back().is_some_and(|cell| cell.ends_with(END)) {
            let message = "a quotation mark opens in it and is never closed";
            return Err(RowProblem::new(WHOLE_ROW, message));
        }
        let cells = record.len();
        if !self.header.is_empty() && cells != self.header.len() {
            let message = format!(
                "it has {cells} cells, and the header has {}; text that holds a comma stands in quotation marks",
                self.header.len()
            );
            return Err(RowProblem::new(WHOLE_ROW, message));
        }
        csv::StringRecord::from_byte_record(record).map_err(|error| {
            let column = self.header.get(error.utf8_error().field()).unwrap_or(WHOLE_ROW);
            RowProblem::new(column, "it is not in UTF-8")
        })
    }

    /// The line a row begins on. Counted here: the reader's own count stands still before blank lines and
    /// the second half of a CRLF.
    fn line_of(&mut self, start: u64) -> u64 {
        let is_end = |place: usize| match self.bytes.get(place) {
            Some(b'\n') => true,
            Some(b'\r') => self.bytes.get(place + 1) != Some(&b'\n'),
            _ => false,
        };
        let (from, line) = self.counted;
        let mut start = usize::try_from(start).unwrap_or(usize::MAX);
        while matches!(self.bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        let line = line + (from..start).filter(|place| is_end(*place)).count() as u64;
        self.counted = (start, line);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, bool)> {
        let mut sheet = Sheet::open(text.as_bytes()).unwrap();
        let mut found = Vec::new();
        while let Some((line, row)) = sheet.next_row().unwrap() {
            found.push((line, row.is_ok()));
        }
        found
    }

    #[test]
    fn a_row_is_named_by_the_line_it_begins_on() {
        assert_eq!(lines("a,b\n1,2\n3,4\n"), [(2, true), (3, true)]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4"), [(2, true), (3, true)]);
        assert_eq!(lines("a,b\r1,2\r3,4\r"), [(2, true), (3, true)]);
        assert_eq!(lines("\n\na,b\n\n1,2\n\r\n3,4\n"), [(5, true), (7, true)]);
        assert_eq!(lines("\u{feff}a,b\n\"1\r\n\n1\",2\n3\n"), [(2, true), (5, false)]);
    }

    #[test]
    fn a_quotation_mark_that_never_closes_swallows_no_rows() {
        assert_eq!(lines("a,b\n1,2\n3,\"4\n5,6\n"), [(2, true), (3, false)]);
        assert_eq!(lines("a,b\n1,6\" wide\n"), [(2, true)]);
    }
}
