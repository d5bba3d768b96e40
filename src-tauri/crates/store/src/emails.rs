//! The table `outbound_email_log`: emails the central sent.
//!
//! Owns the rows as they come from the central. Must not be written by anything that only wishes to send.

use domain::QuoteId;
use rusqlite::params;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;

/// Record an email that was sent; the same one twice is kept once.
pub fn put(
    tx: &WriteTx<'_>,
    id: &str,
    quote: &str,
    action: &str,
    recipient: &str,
    subject: &str,
    sent_at: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO outbound_email_log (id, related_quote_id, action_id, recipient, subject, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING",
        params![id, quote, action, recipient, subject, sent_at],
    )?;
    Ok(())
}

/// When a quote was last emailed to its customer, RFC 3339.
pub fn last_sent(db: &Reader<'_>, quote: &QuoteId) -> Result<Option<String>, StoreError> {
    db.one(
        "SELECT sent_at FROM outbound_email_log WHERE related_quote_id = ?1 ORDER BY sent_at DESC LIMIT 1",
        [quote.as_str()],
        |row| row.get(0),
    )
}
