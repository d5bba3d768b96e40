//! The hand-written stock: CSV files compiled into the crate.
//!
//! Owns reading a file's rows. Must not give the rows a meaning: each module does for its own file.

use serde::de::DeserializeOwned;

use crate::error::SampleError;

/// The rows of a file, in its order.
pub(crate) fn rows<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, SampleError> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(|cause| SampleError::Stock { file, cause })
}

/// The words of a cell that holds several: `CF|Cedar Falls CSD`.
pub(crate) fn several(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
