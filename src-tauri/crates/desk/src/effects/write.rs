//! `d1_write`: rows here at once, and in D1 after sync.
//!
//! Owns executing planned statements in the sandbox and announcing the rows they changed. Must not hold a
//! statement of its own: they are the contract's.

use serde_json::{Value, json};
use store::WriteTx;
use store::sandbox::{self, ContractSql, Limits};
use workflow::Planned;
use workflow::plan::{PlannedStep, PlannedWrite};

use super::{Trouble, aggregate, mismatched};
use crate::Desk;
use crate::live::Live;
use crate::outbox::Announce;

/// Rows in one outbox operation: well under the central's limit of 2 MB a row.
const ROWS_AN_OPERATION: usize = 250;

pub(super) fn carry_out(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
) -> Result<Value, Trouble> {
    let Planned::Write { writes } = &planned.does else { return Err(mismatched(planned)) };
    execute(desk, tx, live, &planned.id, "do", writes)
}

/// Execute statements and announce what they changed, as the rows are afterwards.
pub(super) fn execute(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    step: &str,
    turn: &str,
    writes: &[PlannedWrite],
) -> Result<Value, Trouble> {
    let now = desk.now();
    let mut changed: Vec<Value> = Vec::new();
    let mut counts = Vec::new();
    for write in writes {
        let sql = ContractSql::write(&write.sql, &write.table, &write.reads)?;
        let change = if sql.deletes() { "delete" } else { "upsert" };
        let images = sandbox::write_each(tx, &sql, &write.rows, &now, Limits::default())?;
        counts.push(json!({ "label": write.label, "table": write.table, "rows": images.len() }));
        changed.extend(
            images.into_iter().map(|row| json!({ "table": write.table, "change": change, "row": row })),
        );
    }
    let mut ops = Vec::new();
    for (n, rows) in changed.chunks(ROWS_AN_OPERATION).enumerate() {
        let name = format!("{}.{step}.{turn}.{n}", live.row.id);
        let announce = Announce::new(name, aggregate(live), "rows")
            .after(live.released_by(tx)?)
            .of_run(&live.row.id, Some(step))
            .of_rows(rows);
        ops.push(announce.put(desk, tx, &json!({ "rows": rows }))?);
    }
    Ok(json!({ "writes": counts, "rows": changed.len(), "ops": ops }))
}
