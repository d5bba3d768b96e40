/** The runtime can end between the provider's answer and what is written of it, and there is still one message. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startCentral } from "./support/central.ts";
import { rowOf, strike, tell, until, waitingEmail } from "./support/outgoing.ts";
import { count } from "./support/push.ts";
import { startStandIns } from "./support/standins.ts";

const QUEUE = "MAIL_QUEUE";

/** The runtime's process: the one child of this that is it. */
function runtimePid(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
  const [pid, ...more] = children.filter((child) => readFileSync(`/proc/${child}/comm`, "utf8").startsWith("workerd"));
  if (pid === undefined || more.length > 0) throw new Error(`not one runtime among ${children}`);
  return Number(pid);
}

test("a runtime killed after the provider took the email sends no second one when it is back", async () => {
  const standins = await startStandIns();
  const state = mkdtempSync(join(tmpdir(), "central-"));
  const wanted = { vars: { ...standins.vars, OUTSIDE_WAIT_SECONDS: "20" }, state, batchTimeout: 0 };
  try {
    const first = await startCentral(wanted);
    let opId: string;
    try {
      await standins.mail.faults({ fault: "slow", milliseconds: 10_000, after_commit: true });
      opId = await waitingEmail(first, "Q-CRASH");
      await tell(first, QUEUE, opId);
      const end = Date.now() + 10_000;
      while ((await standins.mail.seen()).messages.length === 0 && Date.now() < end) {
        await new Promise((done) => setTimeout(done, 20));
      }
      process.kill(runtimePid(), "SIGKILL");
    } finally {
      await first.stop();
    }

    const second = await startCentral(wanted);
    try {
      const row = await rowOf(second, QUEUE, opId);
      assert.deepEqual([row.state, row.attempts], ["sending", 0]);
      assert.equal(await count(second, "outbound_email_log"), 0);
      // Two minutes later: the lease has run out, and nobody was heard of since.
      const past = new Date(Date.now() - 180_000).toISOString();
      await second.db.prepare("UPDATE emails SET lease_until = ?1, updated_at = ?1, enqueued_at = ?1").bind(past).run();
      await strike(second);
      const sent = await until(second, QUEUE, opId, "sent");
      const seen = await standins.mail.seen();
      assert.equal(seen.messages.length, 1);
      assert.equal(seen.requests, 2);
      assert.equal(sent.attempts, 1);
      assert.equal(await count(second, "outbound_email_log", `id = '${opId}' AND provider_id = '${sent.provider_id}'`), 1);
      assert.equal(await count(second, "quotes", "lifecycle_status = 'sent'"), 1);
    } finally {
      await second.stop();
    }
  } finally {
    standins.stop();
    rmSync(state, { recursive: true, force: true });
  }
});
