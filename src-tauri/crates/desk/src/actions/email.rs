//! Editing a drafted email before it is approved.
//!
//! Owns what an email may say in its fields. Must not send one, and must not change what was shown: the edited
//! email is another action.

use domain::{ActionId, Canonical};
use serde_json::{Value, json};

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::stage::{self, Proposal, WAITS_HOURS};

/// Changes to a drafted email.
#[derive(Debug, Clone, Default)]
pub struct EmailEdit {
    /// Another recipient.
    pub to: Option<String>,
    /// Another subject.
    pub subject: Option<String>,
    /// Another body.
    pub body: Option<String>,
}

impl Desk {
    /// Change a drafted email. What was shown before is voided; the changed email must be approved anew.
    pub fn edit_email(&self, id: &ActionId, edit: &EmailEdit) -> Result<ActionId, DeskError> {
        self.store.write(|tx| {
            let action = self.pending(tx, id)?;
            let mut payload: Value = action.payload.read()?;
            let Some(email) = payload.get_mut("email").and_then(Value::as_object_mut) else {
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("action {id} is a {}, not an email", action.action_type),
                    "Change a quote in its draft: `fieldquote chat \"…\" --draft ID`.",
                ));
            };
            for (field, value) in [("to", &edit.to), ("subject", &edit.subject), ("body", &edit.body)] {
                if let Some(value) = value {
                    email.insert(field.to_owned(), json!(checked_email_field(field, value)?));
                }
            }
            let payload = Canonical::of(&payload)?;
            if payload.hash() == action.payload_hash {
                return Ok(action.id);
            }
            let id: ActionId = self.new_id()?;
            stage::void(self, tx, &action, "the email was edited", Some(&id))?;
            let proposal = Proposal {
                id,
                action_type: action.action_type.clone(),
                key: action.action_key.clone(),
                summary: action.summary.clone(),
                risk_level: action.risk_level,
                customer_id: action.customer_id.as_ref(),
                quote_id: action.quote_id.as_ref(),
                draft_id: action.draft_id.as_ref(),
                run_id: action.run_id.as_ref(),
                payload,
                drafted_by: &self.user,
                expires_after_hours: WAITS_HOURS,
                after: None,
            };
            Ok(stage::stage(self, tx, proposal)?.id)
        })
    }
}

fn checked_email_field<'v>(field: &str, value: &'v str) -> Result<&'v str, DeskError> {
    let value = value.trim();
    let longest = if field == "body" { 20_000 } else { 250 };
    if value.is_empty() || value.chars().count() > longest {
        return Err(DeskError::bad_input(
            format!("the email's {field} must have 1 to {longest} characters"),
            "Nothing was changed.",
        ));
    }
    if field != "body" && value.chars().any(char::is_control) {
        return Err(DeskError::bad_input(
            format!("the email's {field} must be one line"),
            "Nothing was changed.",
        ));
    }
    let parts: Vec<&str> = value.split('@').collect();
    if field == "to"
        && (parts.len() != 2 || parts.iter().any(|part| part.is_empty()) || value.contains([' ', ',', ';']))
    {
        return Err(DeskError::bad_input(
            format!("“{value}” is not an email address"),
            "Write it like ann@example.com.",
        ));
    }
    Ok(value)
}
