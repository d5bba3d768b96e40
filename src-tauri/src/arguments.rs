//! What the window is started with.
//!
//! Owns `--home DIR`, `--beside-others` and an address to open. Must not read a profile.

use std::ffi::OsString;
use std::path::PathBuf;

use desk::{DeskError, environment};

/// What was given on the command line and in the environment.
pub struct Arguments {
    /// The profile's folder.
    pub home: PathBuf,
    /// Whether a second start is handed to the first.
    pub alone: bool,
    /// An address to open, `fieldquote://…`.
    pub link: Option<String>,
}

impl Arguments {
    /// Read them. `FIELDQUOTE_HOME` names the folder too.
    ///
    /// # Errors
    /// `bad_input` for words that mean nothing here.
    pub fn read(given: impl IntoIterator<Item = OsString>) -> Result<Self, DeskError> {
        let wrong =
            |what: String| DeskError::bad_input(what, "fieldquote-desktop [--home DIR] [fieldquote://…]");
        let (mut home, mut alone, mut link) =
            (std::env::var_os("FIELDQUOTE_HOME").map(PathBuf::from), true, None);
        let mut given = given.into_iter();
        while let Some(word) = given.next() {
            match word.to_str() {
                Some("--home") => {
                    home =
                        Some(given.next().ok_or_else(|| wrong("--home needs a folder".to_owned()))?.into());
                }
                Some("--beside-others") => alone = false,
                Some(text) if text.starts_with("fieldquote://") => link = Some(text.to_owned()),
                _ => return Err(wrong(format!("{} is not known here", word.to_string_lossy()))),
            }
        }
        let home = match home.filter(|home| !home.as_os_str().is_empty()) {
            Some(home) => home,
            None => environment::usual_folder()?,
        };
        Ok(Arguments { home, alone, link })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments, DeskError> {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn a_folder_and_an_address_are_read_and_anything_else_is_refused() {
        let read_well = read(&["--home", "/tmp/here", "fieldquote://action/A1"]).unwrap();
        assert_eq!(read_well.home, PathBuf::from("/tmp/here"));
        assert_eq!(read_well.link.as_deref(), Some("fieldquote://action/A1"));
        assert!(read_well.alone);
        for words in [&["--home"][..], &["--verbose"], &["https://example.com"]] {
            assert!(read(words).is_err(), "{words:?}");
        }
    }
}
