//! The desktop shell (scaffold).
/// Run it.
pub fn run() {
    let _ = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .build(tauri::generate_context!());
}
