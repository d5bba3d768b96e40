/**
 * Table `emails` as its consumer sees it: an email to send, and one that is sent. Owns that SQL; leases are leases.ts.
 */

import type { Leased } from "../deliveries/lane.ts";
import { takeLease } from "./leases.ts";

export interface EmailRow extends Leased {
  action_id: string;
  /** JSON: the email as it was approved. */
  message: string;
}

export function takeEmail(db: D1Database, opId: string, now: string, until: string): Promise<EmailRow | null> {
  return takeLease<EmailRow>(db, "emails", "op_id, quote_id, action_id, message, attempts", opId, now, until);
}

/**
 * The provider has it: the email is sent, it is in the log, and so is the quote. The log's id is the operation's, so
 * that an email is in it once whoever records it.
 */
export function sentStatements(
  db: D1Database,
  row: EmailRow,
  sent: { to: string; subject: string; providerId: string },
  now: string,
): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `INSERT INTO outbound_email_log (id, related_quote_id, action_id, recipient, subject, provider_id, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING`,
      )
      .bind(row.op_id, row.quote_id, row.action_id, sent.to, sent.subject, sent.providerId, now),
    db
      .prepare(
        `UPDATE emails SET state = 'sent', provider_id = ?2, sent_at = ?3, attempts = attempts + 1, last_error = NULL,
           lease_until = NULL, updated_at = ?3
         WHERE op_id = ?1 AND state <> 'sent'`,
      )
      .bind(row.op_id, sent.providerId, now),
    db
      .prepare("UPDATE quotes SET lifecycle_status = 'sent', updated_at = ?2 WHERE id = ?1 AND lifecycle_status = 'approved'")
      .bind(row.quote_id, now),
  ];
}
