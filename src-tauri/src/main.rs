//! The binary `fieldquote-desktop`: the window.

fn main() -> std::process::ExitCode {
    fieldquote_desktop::run()
}
