//! What becomes of an operation: tried again, set aside, acknowledged, thrown away.
//!
//! Owns the changes of state. Each says whether it happened: an operation that is settled stays as it is.
//! Must not decide which change is due.

use domain::OpId;
use rusqlite::params;

use crate::access::WriteTx;
use crate::error::StoreError;

/// Let a parked operation wait again. Gives whether it was parked.
pub fn retry(tx: &WriteTx<'_>, id: &OpId, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'waiting', attempts = 0, error_code = NULL, error_message = NULL,
           updated_at = ?2
         WHERE op_id = ?1 AND state = 'parked'",
        params![id.as_str(), now],
    )?;
    Ok(changed == 1)
}

/// Throw a parked operation away. Gives whether it was parked.
pub fn discard(tx: &WriteTx<'_>, id: &OpId, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'discarded', settled_at = ?2, updated_at = ?2
         WHERE op_id = ?1 AND state = 'parked'",
        params![id.as_str(), now],
    )?;
    Ok(changed == 1)
}

/// Throw away an operation that can never go, for what somebody else did stands, or the operation it came
/// after was itself overruled. The rows it announced stay listed under it: they are to be given back.
pub fn overrule(
    tx: &WriteTx<'_>,
    id: &OpId,
    code: &str,
    message: &str,
    now: &str,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'discarded', error_code = ?2, error_message = ?3, settled_at = ?4,
           updated_at = ?4
         WHERE op_id = ?1 AND state IN ('waiting', 'parked')",
        params![id.as_str(), code, message, now],
    )?;
    Ok(changed == 1)
}

/// Set an operation aside for a person.
pub fn park(tx: &WriteTx<'_>, id: &OpId, code: &str, message: &str, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'parked', error_code = ?2, error_message = ?3, updated_at = ?4
         WHERE op_id = ?1 AND state = 'waiting'",
        params![id.as_str(), code, message, now],
    )?;
    Ok(changed == 1)
}

/// Record that an operation was tried in vain and goes on waiting. Being offline is no attempt.
pub fn count_attempt(
    tx: &WriteTx<'_>,
    id: &OpId,
    code: &str,
    message: &str,
    now: &str,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET attempts = attempts + 1, error_code = ?2, error_message = ?3, updated_at = ?4
         WHERE op_id = ?1 AND state = 'waiting'",
        params![id.as_str(), code, message, now],
    )?;
    Ok(changed == 1)
}

/// Record that the central has an operation, with what it answered. Its rows are the central's again.
pub fn acknowledge(tx: &WriteTx<'_>, id: &OpId, result: &str, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'acknowledged', result = ?2, settled_at = ?3, updated_at = ?3
         WHERE op_id = ?1 AND state IN ('waiting', 'parked')",
        params![id.as_str(), result, now],
    )?;
    if changed == 1 {
        tx.execute("DELETE FROM outbox_rows WHERE op_id = ?1", [id.as_str()])?;
    }
    Ok(changed == 1)
}
