//! A profile's reference data as a central takes it.
//!
//! Owns having it as one text. Must not know the form of a line.

use desk::{Desk, DeskError};

/// Every line of it.
pub fn lines(desk: &Desk) -> Result<String, DeskError> {
    let mut text = String::new();
    desk.each_reference_line(|line| {
        text.push_str(&line.to_string());
        text.push('\n');
        Ok(())
    })?;
    Ok(text)
}
