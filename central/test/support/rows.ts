/** Reference rows with nothing in them a test does not ask for. */

const AT = "2026-11-01T00:00:00.000Z";

export const customer = (id: string, salesRep: string | null, more: Record<string, unknown> = {}) => ({
  table: "customers",
  row: { id, name: `District ${id}`, customer_type: "district", entitystatus: "active", sales_rep: salesRep, updated_at: AT, ...more },
});

export const item = (code: string, description = `Item ${code}`) => ({
  table: "spec_items",
  row: { item_code: code, description, updated_at: AT },
});

export const price = (customerId: string, itemCode: string, casePrice = "40.0000") => ({
  table: "pricing_master",
  row: { customer_id: customerId, item_code: itemCode, school_year: "2026-2027", case_price: casePrice, updated_at: AT },
});
