//! `ns_push` and `email_send`: messages for the central's queues.
//!
//! Owns what is put on a queue. Must not talk to NetSuite or a mailbox: the central's consumers do.

use serde_json::{Value, json};
use store::WriteTx;
use workflow::Planned;
use workflow::plan::PlannedStep;

use super::{Trouble, aggregate, mismatched};
use crate::Desk;
use crate::live::Live;
use crate::outbox::Announce;

pub(super) fn queue_record(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
) -> Result<Value, Trouble> {
    let Planned::Push { queue, record, payload } = &planned.does else { return Err(mismatched(planned)) };
    let body = json!({ "queue": queue, "record": record, "payload": payload });
    let op = queued(desk, tx, live, planned, &body)?;
    Ok(json!({ "queue": queue, "record": record, "external_id": payload.get("external_id"), "op": op }))
}

pub(super) fn queue_email(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
) -> Result<Value, Trouble> {
    let Planned::Send { queue, message } = &planned.does else { return Err(mismatched(planned)) };
    let action_id = live.row.trigger_action_id.as_ref();
    let body = json!({ "queue": queue, "message": message, "action_id": action_id });
    let op = queued(desk, tx, live, planned, &body)?;
    Ok(json!({ "queue": queue, "to": message.get("to"), "op": op }))
}

fn queued(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
    body: &Value,
) -> Result<domain::OpId, Trouble> {
    let name = format!("{}.{}", live.row.id, planned.id);
    let announce = Announce::new(name, aggregate(live), "queue")
        .after(live.released_by(tx)?)
        .of_run(&live.row.id, Some(&planned.id));
    Ok(announce.put(desk, tx, body)?)
}
