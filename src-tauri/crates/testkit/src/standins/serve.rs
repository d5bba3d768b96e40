//! An HTTP server on loopback that ends with the value that holds it.
//!
//! Owns the thread, the port and cutting a single connection. Must not know what is served.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::{Extension, Router};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Notify, oneshot};

/// Cuts the connection a request came by, without an answer.
#[derive(Clone, Default)]
pub struct Cut(Arc<Notify>);

impl Cut {
    /// Cut it now.
    pub fn cut(&self) {
        self.0.notify_one();
    }
}

/// A bound port, not yet served: its address is known before anything that must name it is made.
pub struct Bound {
    listener: TcpListener,
    url: String,
}

impl Bound {
    /// Take `port` on 127.0.0.1; 0 lets the system choose.
    ///
    /// # Errors
    /// The port is taken or loopback is not there.
    pub fn to(port: u16) -> io::Result<Bound> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        Ok(Bound { listener, url })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Serve until the answer is dropped.
    ///
    /// # Errors
    /// The system has no thread or no event loop to give.
    pub fn serve(self, router: Router) -> io::Result<Server> {
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = self.listener;
        let thread = std::thread::Builder::new().name("stand-in".to_owned()).spawn(move || {
            runtime.block_on(async move {
                tokio::select! {
                    ended = accept(listener, router) => ended,
                    _ = stopped => Ok(()),
                }
            })
        })?;
        Ok(Server { url: self.url, stop: Some(stop), thread: Some(thread) })
    }
}

async fn accept(listener: TcpListener, router: Router) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let cut = Cut::default();
        let service = TowerToHyperService::new(router.clone().layer(Extension(cut.clone())));
        tokio::spawn(async move {
            let connection =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                // A client that went away is no news to a server.
                _ = connection => {},
                () = cut.0.notified() => {},
            }
        });
    }
}

/// A running server. Dropping it closes every connection and frees the port.
pub struct Server {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Server {
    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
