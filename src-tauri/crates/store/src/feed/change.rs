//! One line of the central's change feed, read without copying what can be borrowed from it.
//!
//! Owns the form of a line. Must not know any table: whether the columns fit is seen when it is applied.

use std::borrow::Cow;
use std::fmt;

use domain::Canonical;
use domain::canonical::CanonicalError;
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A value of a row. Money is text, and no column holds a fraction, so there is no such number here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// A whole number; a JSON `true` is 1.
    Int(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// What no column holds: a fraction, a list, an object. A column this program does not know may.
    Other,
}

/// A row as the central has it: its columns by name, in the order they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow<'a>(pub(crate) Vec<(Cow<'a, str>, Cell<'a>)>);

/// A change of one row: as it is now, or that it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// Its place in the feed; 0 for a row that was asked for by its key.
    pub seq: u64,
    /// Which table.
    pub table: Cow<'a, str>,
    /// The values of its primary key.
    pub key: Vec<Cell<'a>>,
    /// The row; none if it is gone, or not for this person to see any more.
    pub row: Option<FeedRow<'a>>,
}

impl<'a> Change<'a> {
    /// Read a line: `{"seq","table","key","row"}`, or `"gone":true` in place of `row`. A line that says
    /// neither is an error: it must not delete anything.
    pub fn from_line(line: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(line)
    }

    /// A change that is known by its parts: `key` is a JSON array.
    pub fn of(
        seq: u64,
        table: &'a str,
        key: &'a str,
        row: Option<&'a Map<String, Value>>,
    ) -> Result<Self, serde_json::Error> {
        let row = row.map(|row| {
            FeedRow(row.iter().map(|(name, value)| (Cow::Borrowed(name.as_str()), Cell::of(value))).collect())
        });
        Ok(Change { seq, table: Cow::Borrowed(table), key: serde_json::from_str(key)?, row })
    }

    /// The key as a canonical JSON array.
    pub fn canonical_key(&self) -> Result<Canonical, CanonicalError> {
        let values: Vec<Value> = self.key.iter().map(Cell::to_json).collect();
        Canonical::of(&values)
    }
}

impl<'a> FeedRow<'a> {
    /// The value of a column, if the row has it.
    pub fn get(&self, column: &str) -> Option<&Cell<'a>> {
        self.0.iter().find(|(name, _)| name == column).map(|(_, cell)| cell)
    }

    /// The value of a column that is looked for in its usual place first.
    pub(crate) fn get_near(&self, column: &str, place: usize) -> Option<&Cell<'a>> {
        match self.0.get(place) {
            Some((name, cell)) if name == column => Some(cell),
            _ => self.get(column),
        }
    }
}

impl<'a> Cell<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Cell::Null,
            Value::Bool(value) => Cell::Int((*value).into()),
            Value::Number(number) => number.as_i64().map_or(Cell::Other, Cell::Int),
            Value::String(text) => Cell::Text(Cow::Borrowed(text)),
            Value::Array(_) | Value::Object(_) => Cell::Other,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Cell::Int(number) => Some(*number),
            _ => None,
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Cell::Null | Cell::Other => Value::Null,
            Cell::Int(number) => Value::from(*number),
            Cell::Text(text) => Value::from(text.as_ref()),
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Int(number) => ValueRef::Integer(*number),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Other => {
                let why = "a fraction, a list or an object is no value of a column";
                return Err(rusqlite::Error::ToSqlConversionFailure(why.into()));
            }
        }))
    }
}

/// A text borrowed from the line where it has no escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Cell::deserialize(deserializer)? {
            Cell::Text(text) => Ok(Text(text)),
            _ => Err(D::Error::custom("a text was expected")),
        }
    }
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a column")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Cell::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Cell::Int(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Cell::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Cell::Other, Cell::Int))
    }

    #[allow(clippy::disallowed_types)] // the name of what is refused here
    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Cell::Other)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }
}

impl<'de> Deserialize<'de> for FeedRow<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = FeedRow<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut columns = Vec::with_capacity(24);
        while let Some((Text(name), cell)) = map.next_entry()? {
            columns.push((name, cell));
        }
        Ok(FeedRow(columns))
    }
}

impl<'de> Deserialize<'de> for Change<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ChangeVisitor)
    }
}

struct ChangeVisitor;

impl<'de> Visitor<'de> for ChangeVisitor {
    type Value = Change<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a change of a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut seq, mut table, mut key, mut row, mut gone) = (0, None, None, None, false);
        while let Some(Text(name)) = map.next_key()? {
            match name.as_ref() {
                "seq" => seq = map.next_value()?,
                "table" => table = Some(map.next_value::<Text<'de>>()?.0),
                "key" => key = Some(map.next_value()?),
                "row" => row = map.next_value()?,
                "gone" => gone = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if row.is_some() == gone {
            return Err(A::Error::custom("a change has either a row or `gone`"));
        }
        Ok(Change {
            seq,
            table: table.ok_or_else(|| A::Error::missing_field("table"))?,
            key: key.ok_or_else(|| A::Error::missing_field("key"))?,
            row,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_whatever_escapes_and_unknown_fields_it_has() {
        let line = r#"{"seq":12,"table":"customers","key":["C\"1"],"row":{"id":"C\"1","n":3,"x":null,"new":[1.5,{"a":2}]},"more":{}}"#;
        let change = Change::from_line(line).unwrap();
        assert_eq!((change.seq, change.table.as_ref()), (12, "customers"));
        assert_eq!(change.canonical_key().unwrap().as_str(), r#"["C\"1"]"#);
        let row = change.row.unwrap();
        assert_eq!(row.get("id").unwrap().as_str(), Some("C\"1"));
        assert_eq!(row.get("n").unwrap().as_int(), Some(3));
        assert_eq!((row.get("x"), row.get("new")), (Some(&Cell::Null), Some(&Cell::Other)));
    }

    #[test]
    fn a_line_that_has_no_row_and_does_not_say_gone_is_refused() {
        assert!(Change::from_line(r#"{"seq":1,"table":"t","key":["a"],"gone":true}"#).unwrap().row.is_none());
        for cut in [
            r#"{"seq":1,"table":"t","key":["a"]}"#,
            r#"{"seq":1,"table":"t","key":["a"],"row":null}"#,
            r#"{"seq":1,"table":"t","key":["a"],"row":{},"gone":true}"#,
            r#"{"seq":1,"key":["a"],"gone":true}"#,
            r#"{"seq":1,"table":"t","gone":true}"#,
        ] {
            assert!(Change::from_line(cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn numbers_of_a_key_stay_numbers() {
        let change = Change::from_line(r#"{"table":"quote_lines","key":["Q1",3],"gone":true}"#).unwrap();
        assert_eq!(change.canonical_key().unwrap().as_str(), r#"["Q1",3]"#);
    }
}
