//! The tray: where sync stands, and the way back to the window.
//!
//! Owns its menu and its words. Must not decide anything: the words are `desk`'s.

use desk::overview::Overview;
use tauri::menu::{MenuBuilder, MenuItem, MenuItemBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

use crate::events::{Navigate, Told};
use crate::host::Host;
use crate::links;

const TRAY: &str = "tray";

/// The items whose words change.
pub struct Words {
    state: MenuItem<Wry>,
    approvals: MenuItem<Wry>,
}

/// Put the icon there.
pub fn build(app: &AppHandle) -> tauri::Result<()> {
    let state = MenuItemBuilder::with_id("state", "FieldQuote").enabled(false).build(app)?;
    let approvals = MenuItemBuilder::with_id("approvals", "Approvals").build(app)?;
    let menu = MenuBuilder::new(app)
        .item(&state)
        .separator()
        .text("open", "Open FieldQuote")
        .item(&approvals)
        .text("sync", "Sync now")
        .separator()
        .text("quit", "Quit")
        .build()?;
    let mut icon =
        TrayIconBuilder::with_id(TRAY).menu(&menu).tooltip("FieldQuote").on_menu_event(|app, event| {
            match event.id().as_ref() {
                "open" => links::show(app),
                "approvals" => {
                    links::show(app);
                    Navigate { path: "/approvals".to_owned() }.tell(app);
                }
                "sync" => app.state::<Host>().sync_soon(),
                "quit" => app.exit(0),
                _ => {}
            }
        });
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    icon.build(app)?;
    app.manage(Words { state, approvals });
    Ok(())
}

/// Say what is so now.
pub fn say(app: &AppHandle, overview: &Overview) {
    let Some(words) = app.try_state::<Words>() else { return };
    let approvals = match overview.approvals_pending {
        0 => "Approvals: none waits".to_owned(),
        count => format!("Approvals: {count} waiting"),
    };
    let said =
        words.state.set_text(&overview.sentence).and_then(|()| words.approvals.set_text(approvals)).and_then(
            |()| match app.tray_by_id(TRAY) {
                Some(icon) => icon.set_tooltip(Some(format!("FieldQuote: {}", overview.sentence))),
                None => Ok(()),
            },
        );
    if let Err(error) = said {
        tracing::warn!(%error, "the tray could not be changed");
    }
}
