/**
 * A desk in the middle of a busy day: something of everything that a view can show.
 *
 * Owns what was said and decided to come there, and the names of what came of it. Must not open a window.
 */

import { sampleDesk } from "./desk.mjs";

/** Fill this folder; answers the ids that views are opened by. */
export async function busyDesk(home) {
  const desk = await sampleDesk(home);
  const approve = async (id) => (await desk.run("action", "approve", id)).next_action;
  /** A quote that is released, and the email's action. */
  const release = async (wish, options) => {
    const { action_id, quote_id } = await desk.submitted(wish, options);
    const gate = await approve(action_id);
    const email = await approve(gate);
    return { action_id, quote_id, email, run_id: (await desk.run("action", "show", gate)).run_id };
  };

  const breakfast = await release(
    "quote Cedar Falls 120 cases of 10412 and the usual breakfast items for next school year, hold last year's prices, with pdf",
    { as: "Dana Ruiz", then: ["1"] },
  );
  const sent = await release("quote C10003 40 cases of 10412 and 60 cases of 20825 at list price for 2026-2027, with pdf", { as: "Priya Raman" });
  await approve(sent.email);
  const accepted = await release("quote C10004 75 cases of 10412 and 30 of 20840 at list price for 2026-2027, with pdf", { as: "Priya Raman" });
  await desk.run("action", "reject", accepted.email, "--reason", "They came by and took it with them");
  await desk.run("quote", "accept", accepted.quote_id, "--note", "Signed at the counter");
  const declined = await release("quote C10005 24 cases of 20880 at list price for 2026-2027, with pdf", { as: "Dana Ruiz" });
  await desk.run("action", "reject", declined.email, "--reason", "They said no on the phone");
  await desk.run("quote", "decline", declined.quote_id, "--reason", "competitor", "--competitor", "Northern Pantry Foodservice");

  const rejected = await desk.submitted("quote C10016 10 cases of 20890 at list price for 2026-2027", { as: "Priya Raman" });
  await desk.run("action", "reject", rejected.action_id, "--reason", "They asked for 2027-2028; please quote that year");

  const flagged = await desk.submitted("quote C10008 240 cases of 10412 and 90 cases of 20825 at 25.10 for 2026-2027, with pdf", { as: "Dana Ruiz" });
  await desk.submitted("quote C10012 15 cases of 20880 at list price for 2026-2027, with pdf", { as: "Priya Raman" });
  const free = await desk.submitted("quote C10006 64 cases of 10412 at list price for 2026-2027, with pdf", { as: "Dana Ruiz" });
  await desk.submitted("quote C10011 32 cases of 10412 at list price for 2026-2027, with pdf", { as: "Priya Raman" });
  const gated = await desk.submitted("quote C10014 48 cases of 10412 and 12 of 20840 at list price for 2026-2027, with pdf", { as: "Dana Ruiz" });
  const gate = await approve(gated.action_id);

  const asking = await desk.draft("quote Cedar Falls 40 cases of 10412 and waffles for next school year, hold last year's prices");
  const open = await desk.draft("quote C10001 120 cases of 10412, the usual breakfast items and 20 cases of chicken for next school year, hold last year's prices, with pdf", { as: "Dana Ruiz" });
  // Said by one and gone on with by another, so that its history has something to compare.
  const talked = await desk.draft("quote C10001 120 cases of 10412 and 40 cases of 20817 for 2026-2027, with pdf", {
    as: "Dana Ruiz",
    then: ["10412 at 39.50", "make the 20817 60 cases"],
  });
  await desk.run("chat", "10412 at 41.00", "--draft", talked);
  await desk.run("chat", "remove 20817", "--draft", talked);
  // What was chosen once is learnt: of a customer nobody else here is asked about.
  await desk.draft("quote C10020 20 cases of chicken and 12 cases of waffles for 2026-2027", { then: ["1", "1"] });
  await desk.run("quote", "revise", sent.quote_id);
  return { home, breakfast, sent, accepted, declined, rejected, flagged, free, gate, asking, open, talked, older: await olderQuote(desk) };
}

/** A quote of Cedar Falls from an earlier year, to compare with. */
async function olderQuote(desk) {
  const rows = await desk.run("db", "query", "SELECT id FROM quotes WHERE customer_id = 'C10001' AND lifecycle_status = 'accepted' ORDER BY id DESC LIMIT 1");
  return rows[0].id;
}
