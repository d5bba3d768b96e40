// Days and school years as a rep types them. Pure: today comes in.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const US = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/;
const WORDS = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?$/;

/** `2027-03-31` from that, `3/31/2027`, `3/31` or `Mar 31`; the next such day when no year is said. Null when none. */
export function readDay(text: string, today: Date): string | null {
  const typed = text.trim().toLowerCase();
  const iso = ISO.exec(typed);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const us = US.exec(typed);
  if (us) return withYear(us[3] && (us[3].length === 2 ? `20${us[3]}` : us[3]), Number(us[1]), us[2], today);
  const words = WORDS.exec(typed);
  const month = words ? MONTHS.indexOf(words[1] ?? "") + 1 : 0;
  return words && month > 0 ? withYear(words[3], month, words[2], today) : null;
}

function withYear(year: string | undefined, month: number, day: string | undefined, today: Date): string | null {
  if (year) return dayOf(year, String(month), day);
  const gone = month < today.getMonth() + 1 || (month === today.getMonth() + 1 && Number(day) < today.getDate());
  return dayOf(String(today.getFullYear() + (gone ? 1 : 0)), String(month), day);
}

function dayOf(year = "", month = "", day = ""): string | null {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
}

/** The school years around today to choose from, and `also` if it is another. School years turn on July 1. */
export function schoolYears(today: Date, also: string | null): string[] {
  const begun = today.getMonth() >= 6 ? today.getFullYear() : today.getFullYear() - 1;
  const years = [-1, 0, 1, 2].map((by) => `${begun + by}-${begun + by + 1}`);
  return also !== null && !years.includes(also) ? [also, ...years].sort() : years;
}
