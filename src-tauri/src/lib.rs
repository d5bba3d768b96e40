//! The desktop shell: a window, a tray and a background worker over `desk`.
//!
//! Owns the wiring. A command of the window is decode → one call of `desk` → encode (`commands`); what
//! changes meanwhile is told by events (`events`). Must not hold a use case, a rule or SQL, and runs nothing
//! of `desk` on the thread that draws.

mod arguments;
mod background;
mod commands;
mod events;
mod host;
mod links;
mod notices;
mod tray;

#[cfg(test)]
mod bindings;

use std::process::ExitCode;

use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_deep_link::DeepLinkExt;
use tracing_subscriber::EnvFilter;

use arguments::Arguments;
use host::Host;

/// The one window.
const WINDOW: &str = "main";

/// Open the window and stay until it is closed.
pub fn run() -> ExitCode {
    let filter = EnvFilter::try_from_env("FIELDQUOTE_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            tracing::error!("{}: {}", error.message, error.hint);
            return ExitCode::from(2);
        }
    };
    let builder = tauri::Builder::default();
    // One window a profile: a second start hands its address to the first and ends.
    let builder = if arguments.alone {
        builder.plugin(tauri_plugin_single_instance::init(|app, argv, _| {
            links::follow(app, argv.iter().skip(1).map(String::as_str));
        }))
    } else {
        builder
    };
    let built = builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(tauri::generate_handler![commands::call])
        .setup(move |app| {
            let handle = app.handle().clone();
            app.manage(Host::new(arguments.home.clone(), handle.clone()));
            WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
                .title("FieldQuote")
                .inner_size(1280.0, 800.0)
                .min_inner_size(960.0, 600.0)
                // The page takes dropped files itself.
                .disable_drag_drop_handler()
                .build()?;
            if let Err(error) = tray::build(&handle) {
                tracing::warn!(%error, "this desktop has no tray");
            }
            app.deep_link().on_open_url(move |event| {
                let urls: Vec<String> = event.urls().iter().map(ToString::to_string).collect();
                links::follow(&handle, urls.iter().map(String::as_str));
            });
            let host = app.state::<Host>();
            host.open_quietly();
            if let Some(link) = &arguments.link {
                host.start_at(links::path_of(link));
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let tauri::RunEvent::Exit = event {
                    app.state::<Host>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}
