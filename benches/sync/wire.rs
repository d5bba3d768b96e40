//! A relay that counts what goes over it.
//!
//! Owns counting bytes and connections. Must not look into them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

#[derive(Default)]
struct Counts {
    up: AtomicU64,
    down: AtomicU64,
    connections: AtomicU64,
}

/// A relay on loopback; it ends with the process.
pub struct Wire {
    url: String,
    counts: Arc<Counts>,
}

impl Wire {
    /// A relay to `http://127.0.0.1:PORT`.
    pub fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let here = format!("http://{}", listener.local_addr().expect("an address"));
        let (there, counts) = (url.trim_start_matches("http://").to_owned(), Arc::new(Counts::default()));
        let counting = Arc::clone(&counts);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(&there) else { continue };
                counting.connections.fetch_add(1, Ordering::Relaxed);
                let (near_too, far_too) =
                    (near.try_clone().expect("a socket"), far.try_clone().expect("a socket"));
                let (up, down) = (Arc::clone(&counting), Arc::clone(&counting));
                thread::spawn(move || carry(near, far, &up.up));
                thread::spawn(move || carry(far_too, near_too, &down.down));
            }
        });
        Wire { url: here, counts }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn reset(&self) {
        for count in [&self.counts.up, &self.counts.down, &self.counts.connections] {
            count.store(0, Ordering::Relaxed);
        }
    }

    /// Bytes up, bytes down, connections.
    pub fn counted(&self) -> (u64, u64, u64) {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (read(&self.counts.up), read(&self.counts.down), read(&self.counts.connections))
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut buffer = [0; 65_536];
    while let Ok(read) = from.read(&mut buffer) {
        if read == 0 || to.write_all(&buffer[..read]).is_err() {
            break;
        }
        count.fetch_add(read as u64, Ordering::Relaxed);
    }
    drop(to.shutdown(std::net::Shutdown::Both));
}
