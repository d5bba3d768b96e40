//! Decisions: compared, set, signed and chained.
//!
//! Owns the record of who decided what: the deciding device signs the hash of exactly what was shown, and
//! each decision is bound to the one before it. Must not carry a decision out.

use domain::{ActionStatus, Canonical, Decision, Sha256};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::json;
use store::actions::ActionRow;
use store::audit::DecisionRow;
use store::{WriteTx, actions, audit};

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::outbox::{Announce, decision_name};
use crate::profile;

/// What the first decision of a profile is bound to.
pub(crate) fn genesis() -> Sha256 {
    Sha256::of(b"fieldquote decisions")
}

/// The hash of a decision, over the one before it and what was signed.
pub(crate) fn chained(prev: Sha256, record: &Canonical) -> Sha256 {
    let mut bytes = prev.as_bytes().to_vec();
    bytes.extend_from_slice(record.hash().as_bytes());
    Sha256::of(&bytes)
}

/// The bytes that are signed: in an encoding in which a signature over one kind of text never counts for
/// another.
fn to_sign(record: &Canonical) -> Vec<u8> {
    pae("application/vnd.fieldquote.decision+json", record.as_str())
}

/// DSSE's pre-authentication encoding of a text of some kind.
pub(crate) fn pae(kind: &str, body: &str) -> Vec<u8> {
    format!("DSSEv1 {} {kind} {} {body}", kind.len(), body.len()).into_bytes()
}

/// Whether a signature over a record holds.
pub(crate) fn signature_holds(record: &Canonical, signature: &str, public_key: &str) -> bool {
    let (mut signed, mut key) = ([0; 64], [0; 32]);
    if hex::decode_to_slice(signature, &mut signed).is_err()
        || hex::decode_to_slice(public_key, &mut key).is_err()
    {
        return false;
    }
    VerifyingKey::from_bytes(&key)
        .is_ok_and(|key| key.verify_strict(&to_sign(record), &Signature::from_bytes(&signed)).is_ok())
}

/// Decide a pending action on exactly what was shown.
///
/// # Errors
/// `not_pending` when somebody decided first, it expired or it was voided.
pub(crate) fn decide(
    desk: &Desk,
    tx: &WriteTx<'_>,
    action: &ActionRow,
    verdict: ActionStatus,
    note: Option<&str>,
) -> Result<Decision, DeskError> {
    let now = desk.now();
    let decided =
        actions::decide(tx, &action.id, action.payload_hash, verdict, Some(&desk.user), note, &now)?;
    if !decided {
        return Err(not_pending(action));
    }
    let decision = Decision {
        action_id: action.id.clone(),
        verdict,
        payload_hash: action.payload_hash,
        drafted_by: action.drafted_by.clone(),
        decided_by: desk.user.clone(),
        decided_at: now,
        note: note.map(str::to_owned),
    };
    let record = Canonical::of(&decision)?;
    let last = audit::last(tx)?;
    let prev_hash = last.as_ref().map_or_else(genesis, |last| last.hash);
    let key: SigningKey = profile::signing_key(tx)?;
    let row = DecisionRow {
        seq: last.map_or(1, |last| last.seq + 1),
        action_id: action.id.clone(),
        hash: chained(prev_hash, &record),
        signature: hex::encode(key.sign(&to_sign(&record)).to_bytes()),
        public_key: hex::encode(key.verifying_key().to_bytes()),
        record,
        prev_hash,
    };
    audit::append(tx, &row)?;
    Announce::new(decision_name(&action.id, row.hash), format!("action:{}", action.id), "decision")
        .of_action(&action.id)?
        .put(
            desk,
            tx,
            &json!({
                "record": row.record.as_str(), "seq": row.seq, "prev_hash": row.prev_hash, "hash": row.hash,
                "signature": row.signature, "public_key": row.public_key,
            }),
        )?;
    Ok(decision)
}

/// Why an action cannot be decided any more.
pub(crate) fn not_pending(action: &ActionRow) -> DeskError {
    let who = action.decided_by.as_deref().map(|who| format!(" by {who}")).unwrap_or_default();
    let hint = match action.status {
        ActionStatus::Voided => "What it showed has changed; decide on the action that took its place.",
        ActionStatus::Expired => "Submit the draft again to ask anew.",
        _ => "The first decision stands.",
    };
    let status = match action.status {
        ActionStatus::Pending => "being decided by somebody else".to_owned(),
        status => format!("{status}{who}"),
    };
    DeskError::new(Code::NotPending, format!("action {} is {status}", action.id), hint)
}
