// What a customer and its place are called. Pure.

import type { Customer, CustomerType } from "../../lib/gen/api";

const TYPES: Record<CustomerType, string> = { district: "district", coop: "co-op", distributor: "distributor" };

export function typeWord(type: CustomerType): string {
  return TYPES[type] ?? type;
}

/** `Cedar Falls, IA`; empty when nothing is known. */
export function place(at: Pick<Customer, "city" | "state">): string {
  return [at.city, at.state].filter(Boolean).join(", ");
}

/** The lines of an address, as on an envelope. */
export function address(of: Pick<Customer, "address1" | "city" | "state" | "zip">): string[] {
  const town = [place(of), of.zip].filter(Boolean).join(" ");
  return [of.address1, town].filter((line): line is string => Boolean(line));
}
