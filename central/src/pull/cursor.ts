/**
 * Where a device is in the feed: which database, which view of it, which entry. Owns the form
 * `<epoch>.<feed_epoch>.<seq>` and when a cursor is gone.
 */

import { badRequest, cursorGone } from "../http/errors.ts";
import type { Session } from "../tables/sessions.ts";

/** The first two parts of every cursor of this session. */
export const feedOf = (session: Session): string => `${session.epoch}.${session.feed_epoch}`;

export const cursorAt = (session: Session, seq: number): string => `${feedOf(session)}.${seq}`;

/** The entry a cursor stands at; none is the beginning. */
export function seqOf(cursor: string | null, session: Session, head: number): number {
  if (cursor === null || cursor === "") return 0;
  const parts = /^([0-9a-z]{1,64})\.([0-9a-z]{1,64})\.(0|[1-9][0-9]{0,14})$/.exec(cursor);
  if (parts === null) throw badRequest("That is not a cursor.");
  if (parts[1] !== session.epoch) throw cursorGone("The cursor is of another central database.");
  if (parts[2] !== session.feed_epoch) throw cursorGone("What this user sees has changed since.");
  const seq = Number(parts[3]);
  if (seq > head) throw cursorGone("The cursor is ahead of this central database.");
  return seq;
}
