//! The way down: the feed, rows in doubt, files.
//!
//! Owns reading an answer while the page before it is being applied. A page and its cursor are one
//! transaction, so an answer that is cut off, or a crash, loses nothing and repeats at most a page.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};

use crate::central::Trouble;
use crate::device::Device;
use crate::driver::{Report, World, is_whole, on_device, part_name};
use crate::engine::{Part, Setback};
use crate::feed::{Change, End, Line, Lines};
use crate::http::{FeedAnswer, HttpCentral};

/// Rows applied in one transaction: short enough that a person's own write waits for no more than a moment.
const PAGE: usize = 1_000;
/// Pages read ahead of the one being applied.
const AHEAD: usize = 2;
/// Rows in doubt, or files, asked for at a time.
const ASKED: usize = 200;

/// Everything the way down needs.
pub(super) struct Down {
    pub device: Arc<dyn Device>,
    pub central: HttpCentral,
    pub world: World,
    pub reports: mpsc::UnboundedSender<Report>,
    /// Held while pages are applied: those of a feed that was hung up on come before those of the next one,
    /// and never after.
    pub one_feed: Arc<Mutex<()>>,
}

/// A page on its way to the database.
struct Page {
    changes: Vec<Change>,
    cursor: String,
    at: u64,
    head: Option<u64>,
}

impl Down {
    pub async fn go(self, part: Part) -> Result<(), Setback> {
        tracing::debug!(part = part_name(part), "down");
        match part {
            Part::Feed => self.feed().await,
            Part::Doubtful => self.doubtful().await,
            Part::Files => self.files().await,
            Part::After => {
                let device = self.device;
                on_device(move || device.after_pass()).await
            }
        }
    }

    /// Apply the feed until the central says that there is no more.
    async fn feed(&self) -> Result<(), Setback> {
        let alone = Arc::clone(&self.one_feed).lock_owned().await;
        let (pages, mut coming) = mpsc::channel::<Page>(AHEAD);
        let (device, reports) = (Arc::clone(&self.device), self.reports.clone());
        let applying = tokio::task::spawn_blocking(move || {
            let _alone = alone;
            let mut rows = 0;
            while let Some(page) = coming.blocking_recv() {
                rows += device.apply(&page.changes, &page.cursor)?.rows;
                drop(reports.send(Report::Feed { at: page.at, head: page.head, rows }));
            }
            Ok(())
        });
        let read = self.read_all(pages).await;
        // What was read is applied whatever cut the reading off.
        match applying.await {
            Ok(applied) => {
                applied.map_err(|error: crate::device::DeviceError| Setback::Device(error.message))?
            }
            Err(error) => return Err(Setback::Device(format!("applying ended abruptly: {error}"))),
        }
        let as_of = match read {
            Ok(as_of) => as_of,
            Err(trouble) => {
                if trouble == Trouble::CursorGone {
                    let device = Arc::clone(&self.device);
                    on_device(move || device.start_over()).await?;
                }
                return Err(Setback::Central(trouble));
            }
        };
        let device = Arc::clone(&self.device);
        on_device(move || device.caught_up(&as_of)).await
    }

    /// Read answers and hand their pages on; gives the moment the last one was asked for.
    async fn read_all(&self, pages: mpsc::Sender<Page>) -> Result<String, Trouble> {
        let device = Arc::clone(&self.device);
        let mut cursor = match on_device(move || device.cursor()).await {
            Ok(cursor) => cursor,
            Err(setback) => return Err(Trouble::Offline(format!("the device does not answer: {setback:?}"))),
        };
        loop {
            let asked = domain::clock::timestamp((self.world.now)());
            let answer = self.central.pull(cursor.as_deref()).await?;
            let end = self.read(answer, &pages).await?;
            cursor = Some(end.cursor);
            if !end.more {
                return Ok(asked);
            }
        }
    }

    async fn read(&self, mut answer: FeedAnswer, pages: &mpsc::Sender<Page>) -> Result<End, Trouble> {
        let mut lines = Lines::default();
        let mut changes: Vec<Change> = Vec::with_capacity(PAGE);
        // However little of an answer comes, it is kept: on a line that is cut off each time, what is cut off
        // within a page would else come again forever.
        let trouble = loop {
            let piece = match answer.body.piece().await {
                Ok(Some(piece)) => piece,
                Ok(None) => break cut_off("the feed was cut off"),
                Err(trouble) => break trouble,
            };
            let read = match lines.push(&piece) {
                Ok(read) => read,
                Err(error) => break cut_off(&error.to_string()),
            };
            for line in read {
                match line {
                    Line::Change(change) => {
                        changes.push(change);
                        if changes.len() == PAGE {
                            let full = std::mem::replace(&mut changes, Vec::with_capacity(PAGE));
                            self.hand_on(full, &answer.feed, pages).await?;
                        }
                    }
                    Line::End(end) => {
                        let page = Page {
                            changes,
                            cursor: end.cursor.clone(),
                            at: at_of(&end.cursor),
                            head: Some(end.head),
                        };
                        pages.send(page).await.map_err(|_| stopped())?;
                        return Ok(end);
                    }
                }
            }
        };
        self.hand_on(changes, &answer.feed, pages).await?;
        Err(trouble)
    }

    /// A page that is not the last one: any row's number is a place to go on from.
    async fn hand_on(
        &self,
        changes: Vec<Change>,
        feed: &str,
        pages: &mpsc::Sender<Page>,
    ) -> Result<(), Trouble> {
        let Some(last) = changes.last() else { return Ok(()) };
        let at = last.seq;
        let page = Page { cursor: format!("{feed}.{at}"), changes, at, head: None };
        pages.send(page).await.map_err(|_| stopped())
    }

    /// What is in doubt after it was asked for (a piece whose predecessor has not come) waits for the next time.
    async fn doubtful(&self) -> Result<(), Setback> {
        let mut asked = Vec::new();
        loop {
            let device = Arc::clone(&self.device);
            let names = on_device(move || device.doubtful(ASKED)).await?;
            if names.is_empty() || names == asked {
                return Ok(());
            }
            asked = names.clone();
            let rows = self.central.rows(names).await.map_err(Setback::Central)?;
            let device = Arc::clone(&self.device);
            on_device(move || device.correct(&rows)).await?;
        }
    }

    async fn files(&self) -> Result<(), Setback> {
        loop {
            let device = Arc::clone(&self.device);
            let wanted = on_device(move || device.wanted(ASKED)).await?;
            if wanted.is_empty() {
                return Ok(());
            }
            for file in wanted {
                let bytes = self.central.file(&file.object).await.map_err(Setback::Central)?;
                if bytes.as_ref().is_some_and(|bytes| !is_whole(bytes, file.sha256)) {
                    return Err(Setback::Central(cut_off(&format!("{} came damaged", file.object))));
                }
                let device = Arc::clone(&self.device);
                on_device(move || device.keep_file(&file, bytes.as_deref())).await?;
            }
        }
    }
}

/// The number at the end of a cursor.
fn at_of(cursor: &str) -> u64 {
    cursor.rsplit('.').next().and_then(|at| at.parse().ok()).unwrap_or(0)
}

fn cut_off(message: &str) -> Trouble {
    Trouble::Later { message: message.to_owned(), after: None }
}

/// The applying side has failed; its own error tells why.
fn stopped() -> Trouble {
    cut_off("applying stopped")
}
