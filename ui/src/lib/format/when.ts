// Moments and days as they are read: relative under a day, a date beyond; the full moment on hover.
// Moments come as RFC 3339 in UTC and are shown in this machine's time; days (`2027-03-31`) have no time zone.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const LANGUAGE = "en-US";

// Made once: making one costs more than all its writing, and a table writes a hundred of them at every key.
const DAY_OF_YEAR = new Intl.DateTimeFormat(LANGUAGE, { month: "short", day: "numeric" });
const DAY_AND_YEAR = new Intl.DateTimeFormat(LANGUAGE, { month: "short", day: "numeric", year: "numeric" });
const HOUR_OF_DAY = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const WHOLE_DAY = { weekday: "short", year: "numeric", month: "short", day: "numeric" } as const;
const ALL_OF_DAY = new Intl.DateTimeFormat(LANGUAGE, WHOLE_DAY);
const ALL_OF_MOMENT = new Intl.DateTimeFormat(LANGUAGE, {
  ...WHOLE_DAY,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function read(text: string): Date | null {
  // A day without a time is that day here, whatever the zone.
  const date = new Date(DAY_ONLY.test(text) ? `${text}T00:00:00` : text);
  return Number.isNaN(date.getTime()) ? null : date;
}

function sameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

function day(date: Date, now: Date): string {
  return (date.getFullYear() === now.getFullYear() ? DAY_OF_YEAR : DAY_AND_YEAR).format(date);
}

function time(date: Date): string {
  return HOUR_OF_DAY.format(date);
}

/** `just now`, `5 min ago`, `in 3 h`, then the date. A day is a date. What is no moment is shown as it came. */
export function when(text: string, now = new Date()): string {
  const date = read(text);
  if (!date) return text;
  if (DAY_ONLY.test(text)) return day(date, now);
  const gone = now.getTime() - date.getTime();
  const size = Math.abs(gone);
  if (size >= DAY) return day(date, now);
  if (size < MINUTE) return "just now";
  const amount = size < HOUR ? `${Math.floor(size / MINUTE)} min` : `${Math.floor(size / HOUR)} h`;
  return gone > 0 ? `${amount} ago` : `in ${amount}`;
}

/** How long ago, in the fewest letters: `now`, `5m`, `3h`, `12d`. */
export function age(text: string, now = new Date()): string {
  const date = read(text);
  if (!date) return text;
  const gone = Math.max(0, now.getTime() - date.getTime());
  if (gone < MINUTE) return "now";
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)}m`;
  if (gone < DAY) return `${Math.floor(gone / HOUR)}h`;
  return `${Math.floor(gone / DAY)}d`;
}

/** `today 07:40`, `yesterday 18:02`, `Nov 12 07:40`. */
export function clock(text: string, now = new Date()): string {
  const date = read(text);
  if (!date) return text;
  if (sameDay(date, now)) return `today ${time(date)}`;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (sameDay(date, yesterday)) return `yesterday ${time(date)}`;
  return `${day(date, now)} ${time(date)}`;
}

/** All of it: `Mon, Nov 30, 2026, 10:42:05`. */
export function moment(text: string): string {
  const date = read(text);
  if (!date) return text;
  return (DAY_ONLY.test(text) ? ALL_OF_DAY : ALL_OF_MOMENT).format(date);
}

/** How long something took: `340 ms`, `2.1 s`, `4 min`, `3 h`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < HOUR ? `${Math.floor(ms / MINUTE)} min` : `${Math.floor(ms / HOUR)} h`;
}
