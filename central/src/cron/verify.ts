/**
 * Verification from the central's side: what runs claim and no device has proven within an hour is looked at where it
 * would be. Owns the verdicts and their evidence. A check whose human gate is open, or whose delivery is under way,
 * stays pending; one that failed here passes when what was missing comes after all.
 */

import { iso } from "../deliveries/deliver.ts";
import type { Env } from "../env.ts";
import { toHex } from "../hex.ts";
import { type Claim, claimsToJudge, recordVerdict } from "../tables/verifications.ts";

const PATIENCE_MS = 3_600_000;
/** R2 is asked for each document. */
const MOST = 100;

/** As the contract's rule `quote_persisted` has it. */
const PERSISTED = new Set(["approved", "sent", "accepted", "declined", "expired", "superseded"]);

interface Verdict {
  status: "passed" | "failed";
  evidence: Record<string, unknown>;
}

export async function verifyRuns(env: Env, at: Date): Promise<number> {
  const claims = await claimsToJudge(env.DB, iso(at.getTime() - PATIENCE_MS), MOST);
  const statements: D1PreparedStatement[] = [];
  for (const claim of claims) {
    const verdict = await judge(env, claim);
    if (verdict.status === claim.status) continue;
    const evidence = JSON.stringify({ ...verdict.evidence, by: "central" });
    statements.push(recordVerdict(env.DB, claim, verdict.status, evidence, at.toISOString()));
  }
  if (statements.length > 0) await env.DB.batch(statements);
  return statements.length;
}

async function judge(env: Env, claim: Claim): Promise<Verdict> {
  switch (claim.check_id) {
    case "quote_persisted":
      return quotePersisted(claim);
    case "pdf_stored":
      return pdfStored(env, claim);
    case "email_sent":
      return emailSent(claim);
  }
}

function quotePersisted({ quote_id, lifecycle_status }: Claim): Verdict {
  if (lifecycle_status === null) return failed({ reason: `the quote ${quote_id} never came to the central` });
  const evidence = { row: { id: quote_id, lifecycle_status } };
  return PERSISTED.has(lifecycle_status) ? passed(evidence) : failed(evidence);
}

async function pdfStored(env: Env, { object_key: object, sha256: expected }: Claim): Promise<Verdict> {
  if (object === null) return failed({ reason: "no document was uploaded" });
  const stored = await env.FILES.head(object);
  if (stored === null) return failed({ object, expected, reason: "the document is not in the store" });
  const hash = stored.checksums.sha256;
  const sha256 = hash === undefined ? null : toHex(hash);
  return sha256 === expected ? passed({ object, sha256, expected }) : failed({ object, sha256, expected });
}

function emailSent({ email_log_id, email_error, gate_status }: Claim): Verdict {
  if (email_log_id !== null) return passed({ row: { id: email_log_id } });
  if (email_error !== null) return failed({ reason: email_error });
  if (gate_status === null) return failed({ reason: "no approval of an email was asked for" });
  if (gate_status === "approved") return failed({ reason: "the approved email never came to the central" });
  return failed({ reason: `its approval was ${gate_status}` });
}

const passed = (evidence: Record<string, unknown>): Verdict => ({ status: "passed", evidence });
const failed = (evidence: Record<string, unknown>): Verdict => ({ status: "failed", evidence });
