// The time as the window shows it: one tick for everything that says how long ago.

const EVERY_MS = 20_000;

let now = $state.raw(new Date());
setInterval(() => (now = new Date()), EVERY_MS);

/** Now, as state: what reads it is drawn again as time goes by. */
export function present(): Date {
  return now;
}
