// The letterhead as a form: what was typed, what of it changed, and what is wrong with it. Pure.

import type { Company } from "../../lib/gen/api";

export type Typed = Omit<Company, "validity_days"> & { validity_days: string };

export function typedOf(company: Company): Typed {
  return { ...company, address: [...company.address], terms: [...company.terms], validity_days: String(company.validity_days) };
}

const MOST_DAYS = 65_535;
const LONGEST = 2_000;

/** What is wrong, by field; empty when all is right. */
export function problems(typed: Typed): { name?: string; validity_days?: string; lines?: string } {
  const days = /^\d{1,5}$/.test(typed.validity_days.trim()) ? Number(typed.validity_days) : 0;
  const tooLong = [...typed.address, ...typed.terms].some((line) => [...line].length > LONGEST);
  return {
    ...(typed.name.trim() ? {} : { name: "A letterhead needs a name." }),
    ...(days >= 1 && days <= MOST_DAYS ? {} : { validity_days: "Days as a whole number, at least 1." }),
    ...(tooLong ? { lines: "A line has at most 2,000 characters." } : {}),
  };
}

/** As it is kept: no spaces at the ends, no empty lines. */
export function companyOf(typed: Typed): Company {
  const kept = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter(Boolean);
  return {
    name: typed.name.trim(),
    address: kept(typed.address),
    phone: typed.phone.trim(),
    email: typed.email.trim(),
    website: typed.website.trim(),
    terms: kept(typed.terms),
    validity_days: Number(typed.validity_days),
  };
}

export function differs(typed: Typed, company: Company): boolean {
  return JSON.stringify(typed) !== JSON.stringify(typedOf(company));
}
