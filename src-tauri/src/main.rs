//! The binary `fieldquote-desktop`.

fn main() {
    fieldquote_desktop::run();
}
