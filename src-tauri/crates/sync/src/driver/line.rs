//! The line on which the central says that there is news.
//!
//! Owns reading it. It carries no data: all it does is make the device ask. When it is silent for too long it
//! is taken for dead, however open the socket looks.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::device::Device;
use crate::driver::on_device;
use crate::http::HttpCentral;

/// Listen until the line closes, whatever the reason.
pub(super) async fn listen(device: Arc<dyn Device>, central: HttpCentral, pokes: mpsc::UnboundedSender<()>) {
    let Ok(cursor) = on_device(move || device.cursor()).await else { return };
    let Ok(mut body) = central.live(cursor.as_deref()).await else { return };
    let mut text = Vec::new();
    while let Ok(Some(piece)) = body.piece().await {
        text.extend_from_slice(&piece);
        while let Some(end) = text.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = text.drain(..=end).collect();
            if line.starts_with(b"data:") && pokes.send(()).is_err() {
                return;
            }
        }
    }
}
