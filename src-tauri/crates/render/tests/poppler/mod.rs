//! Reading a PDF back with poppler's command line tools.
//!
//! Owns running them. Must not know what the page should say.
#![allow(dead_code)] // every test file uses a part of it
#![allow(clippy::unwrap_used, clippy::panic)] // a tool that is missing should stop the test

use std::io::Write;
use std::process::Command;

use fieldquote_render::Pdf;

/// A word on a page; lengths in thousandths of a point from the top left.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub left: i64,
    pub right: i64,
    pub top: i64,
    pub bottom: i64,
}

/// A page's words.
pub struct Page {
    pub width: i64,
    pub height: i64,
    pub words: Vec<Word>,
}

/// The text as it lies on the pages.
pub fn layout(pdf: &Pdf) -> String {
    let text = run("pdftotext", &["-layout"], pdf, &["-"]);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// The text, every page ended by a form feed, runs of spaces and line ends as one space.
pub fn plain(pdf: &Pdf) -> String {
    let text = run("pdftotext", &["-layout"], pdf, &["-"]);
    let pages = text.split_terminator('\u{c}');
    pages.map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ") + "\u{c}").collect()
}

/// The table of fonts.
pub fn fonts(pdf: &Pdf) -> String {
    run("pdffonts", &[], pdf, &[])
}

/// Every word and where it stands.
pub fn words(pdf: &Pdf) -> Vec<Page> {
    let xml = run("pdftotext", &["-bbox"], pdf, &["-"]);
    let mut pages = Vec::new();
    for line in xml.lines().map(str::trim) {
        if line.starts_with("<page ") {
            let (width, height) = (attribute(line, "width"), attribute(line, "height"));
            pages.push(Page { width, height, words: Vec::new() });
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            pages.last_mut().unwrap().words.push(Word {
                text,
                left: attribute(line, "xMin"),
                right: attribute(line, "xMax"),
                top: attribute(line, "yMin"),
                bottom: attribute(line, "yMax"),
            });
        }
    }
    pages
}

/// An attribute in thousandths.
fn attribute(tag: &str, name: &str) -> i64 {
    let after = tag.split_once(&format!("{name}=\"")).unwrap().1;
    let value = after.split_once('"').unwrap().0;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    whole.parse::<i64>().unwrap() * 1000 + digits.parse::<i64>().unwrap()
}

fn run(tool: &str, before: &[&str], pdf: &Pdf, after: &[&str]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&pdf.bytes).unwrap();
    let output = Command::new(tool)
        .args(before)
        .arg(file.path())
        .args(after)
        .output()
        .unwrap_or_else(|error| panic!("{tool} (of poppler-utils) did not start: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{tool} found fault with the file: {said}");
    String::from_utf8(output.stdout).unwrap()
}
