//! Addresses: `fieldquote://action/ID` and its like.
//!
//! Owns what an address from outside may open: a view, by id, and nothing that changes anything. Must not
//! trust what it is given.

use tauri::{AppHandle, Manager};

use crate::WINDOW;
use crate::events::{Navigate, Told};

/// Words an address may begin with, and the view each opens.
const VIEWS: &[(&str, &str)] = &[
    ("action", "/approvals"),
    ("approvals", "/approvals"),
    ("customer", "/customers"),
    ("draft", "/draft"),
    ("item", "/catalog"),
    ("quote", "/quotes"),
    ("run", "/runs"),
    ("sync", "/sync"),
];

/// The window's path for an address, if it is one of ours.
pub fn path_of(address: &str) -> Option<String> {
    let rest = address.strip_prefix("fieldquote://")?.trim_end_matches('/');
    let (word, id) = rest.split_once('/').map_or((rest, None), |(word, id)| (word, Some(id)));
    let (_, view) = VIEWS.iter().find(|(known, _)| *known == word)?;
    match id {
        None => Some((*view).to_owned()),
        Some(id) => {
            // The same letters an id has; nothing that could leave its place in a path.
            let id: domain::ActionId = id.parse().ok()?;
            Some(format!("{view}/{id}"))
        }
    }
}

/// Show the window, at the first of these words that is an address of ours.
pub fn follow<'w>(app: &AppHandle, words: impl IntoIterator<Item = &'w str>) {
    show(app);
    if let Some(path) = words.into_iter().find_map(path_of) {
        Navigate { path }.tell(app);
    }
}

/// Bring the window in front.
pub fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought in front");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn an_address_opens_a_view_and_nothing_else() {
        let path = |address| path_of(address);
        assert_eq!(path("fieldquote://action/01ABC").as_deref(), Some("/approvals/01ABC"));
        assert_eq!(path("fieldquote://sync/").as_deref(), Some("/sync"));
        assert_eq!(
            path("fieldquote://quote/Q-2627-ABCDEF-0001").as_deref(),
            Some("/quotes/Q-2627-ABCDEF-0001")
        );
        for foreign in
            ["https://example.com", "fieldquote://approve/01ABC", "fieldquote://action/../settings"]
        {
            assert_eq!(path(foreign), None, "{foreign}");
        }
    }
}
