// Made from the shell's commands by `UPDATE_BINDINGS=1 cargo test -p fieldquote-desktop --lib bindings`.
// Amounts, percentages, dates and ids are strings: nothing here is to be computed with.

/**
 * Who is signed in where.
 */
export type Account = { 
/**
 * The central's address.
 */
url: string, 
/**
 * This device's key there.
 */
device_id: string, 
/**
 * Who is signed in.
 */
user: string, 
/**
 * `rep`, `approver` or `admin`.
 */
role: string, 
/**
 * The territory of a rep.
 */
territory: string | null, 
/**
 * Until when the token is good, RFC 3339. It renews itself.
 */
token_expires_at: string, };

/**
 * A proposed action waiting for a person.
 */
export type ActionId = string;

/**
 * An action, in a list.
 */
export type ActionListed = { 
/**
 * Its key.
 */
action_id: ActionId, 
/**
 * What its approval would set going.
 */
action_type: string, 
/**
 * Where it stands.
 */
status: ActionStatus, 
/**
 * What a person reads first.
 */
summary: string, 
/**
 * How much is at stake.
 */
risk_level: number, 
/**
 * For which customer.
 */
customer_id: CustomerId | null, 
/**
 * About which quote.
 */
quote_id: QuoteId | null, 
/**
 * From which draft.
 */
draft_id: DraftId | null, 
/**
 * Of which run.
 */
run_id: RunId | null, 
/**
 * Who drafted it.
 */
drafted_by: string, 
/**
 * When it was staged, RFC 3339.
 */
created_at: string, 
/**
 * When it expires, RFC 3339.
 */
expires_at: string, 
/**
 * Who decided.
 */
decided_by: string | null, 
/**
 * When, RFC 3339.
 */
decided_at: string | null, 
/**
 * The reason or note.
 */
decision_note: string | null, 
/**
 * Whether one person drafted and decided.
 */
self_decided: boolean, 
/**
 * How many worries it carries.
 */
flag_count: number, 
/**
 * What kinds of worry, each once.
 */
flags: Array<FlagKind>, 
/**
 * The customer's name.
 */
customer_name: string | null, 
/**
 * What the school is invoiced.
 */
total: Money | null, 
/**
 * The lowest margin of its lines that is known, in words: `12.90%`.
 */
worst_margin: string | null, 
/**
 * Whether the margin of every line is known.
 */
worst_margin_known: boolean, 
/**
 * Hash of what is shown: what an approval is bound to.
 */
payload_hash: Sha256, };

/**
 * An action with exactly what it shows.
 */
export type ActionShown = { 
/**
 * What it is about: no two pending actions share one.
 */
action_key: string, 
/**
 * Exactly what is shown.
 */
payload: JsonValue, 
/**
 * The lines of its quote, compared; empty when it shows none.
 */
lines: Array<LineReview>, 
/**
 * The same, told apart by what it is.
 */
shows: Shows, 
/**
 * Whether it can be changed where it stands: a draft's lines, or an email.
 */
editable: boolean, 
/**
 * Whether whoever looks at it drafted it, so that an approval would be one's own.
 */
self_approval: boolean, 
/**
 * Why it was voided.
 */
void_reason: string | null, 
/**
 * The action that took its place.
 */
replaced_by: ActionId | null, 
/**
 * Its key.
 */
action_id: ActionId, 
/**
 * What its approval would set going.
 */
action_type: string, 
/**
 * Where it stands.
 */
status: ActionStatus, 
/**
 * What a person reads first.
 */
summary: string, 
/**
 * How much is at stake.
 */
risk_level: number, 
/**
 * For which customer.
 */
customer_id: CustomerId | null, 
/**
 * About which quote.
 */
quote_id: QuoteId | null, 
/**
 * From which draft.
 */
draft_id: DraftId | null, 
/**
 * Of which run.
 */
run_id: RunId | null, 
/**
 * Who drafted it.
 */
drafted_by: string, 
/**
 * When it was staged, RFC 3339.
 */
created_at: string, 
/**
 * When it expires, RFC 3339.
 */
expires_at: string, 
/**
 * Who decided.
 */
decided_by: string | null, 
/**
 * When, RFC 3339.
 */
decided_at: string | null, 
/**
 * The reason or note.
 */
decision_note: string | null, 
/**
 * Whether one person drafted and decided.
 */
self_decided: boolean, 
/**
 * How many worries it carries.
 */
flag_count: number, 
/**
 * What kinds of worry, each once.
 */
flags: Array<FlagKind>, 
/**
 * The customer's name.
 */
customer_name: string | null, 
/**
 * What the school is invoiced.
 */
total: Money | null, 
/**
 * The lowest margin of its lines that is known, in words: `12.90%`.
 */
worst_margin: string | null, 
/**
 * Whether the margin of every line is known.
 */
worst_margin_known: boolean, 
/**
 * Hash of what is shown: what an approval is bound to.
 */
payload_hash: Sha256, };

/**
 * Where an action stands. Only a pending one can be decided, and only once.
 */
export type ActionStatus = "pending" | "approved" | "rejected" | "expired" | "voided";

/**
 * What an approval would set going: `quote_draft`, `send_quote_to_customer`, or
 * `workflow_<contract>` for the gate of a run. Contracts are data, so the set is open.
 */
export type ActionType = string;

/**
 * Work went over the connection.
 */
export type Activity = { 
/**
 * Operations the central has now.
 */
sent: number, 
/**
 * Rows that changed here.
 */
received: number, };

/**
 * What went over the connection in ten seconds.
 */
export type ActivityBucket = { 
/**
 * When these ten seconds began.
 */
seconds_ago: number, 
/**
 * Operations the central took.
 */
sent: number, 
/**
 * Rows that changed here.
 */
received: number, };

/**
 * Something that wants a person.
 */
export type Alert = { 
/**
 * Its key.
 */
id: string, 
/**
 * What went wrong.
 */
message: string, 
/**
 * Since when, RFC 3339.
 */
since: string, };

/**
 * The answer to a message.
 */
export type Answer = { 
/**
 * What was understood, to be read back.
 */
understood: Array<Understood>, 
/**
 * What else there is to say.
 */
answers: Array<string>, 
/**
 * What an assistant made of it, where one was asked.
 */
assistant: Rewritten | null, 
/**
 * Its key.
 */
draft_id: DraftId, 
/**
 * Where it stands.
 */
status: DraftStatus, 
/**
 * Its quote number, once it was submitted.
 */
quote_id: QuoteId | null, 
/**
 * The quote it revises.
 */
revision_of: QuoteId | null, 
/**
 * What waits for a decision on it.
 */
action_id: ActionId | null, 
/**
 * For whom.
 */
customer: CustomerShown | null, 
/**
 * For which school year.
 */
school_year: SchoolYear | null, 
/**
 * Its lines.
 */
lines: Array<LineShown>, 
/**
 * Lines taken off. They can be put back.
 */
removed: Array<RemovedShown>, 
/**
 * Whether a PDF is wanted.
 */
include_pdf: boolean, 
/**
 * The last day it can be accepted, once said.
 */
valid_until: string | null, 
/**
 * Remarks the customer reads.
 */
notes: Array<string>, 
/**
 * What the lines come to so far, before programs.
 */
commercial_total: Money, 
/**
 * What it would become if it were submitted now; none while it is not complete, and none once it is a
 * quote.
 */
preview: Preview | null, 
/**
 * What must be answered.
 */
questions: Array<Question>, 
/**
 * Values that two people set differently.
 */
conflicts: Array<Conflict>, 
/**
 * What keeps it from being submitted.
 */
missing: string | null, 
/**
 * Whether it can be submitted.
 */
ready: boolean, 
/**
 * Whether this person did something here that can be taken back.
 */
can_undo: boolean, 
/**
 * Whether this person took something back that can be made again.
 */
can_redo: boolean, 
/**
 * What would be taken back, in words.
 */
undo_label: string | null, 
/**
 * What would be made again, in words.
 */
redo_label: string | null, 
/**
 * Whether it was thrown away. A change brings it back.
 */
is_discarded: boolean, 
/**
 * Who began it.
 */
drafted_by: string, 
/**
 * Last change, RFC 3339.
 */
updated_at: string, };

/**
 * What the window must know before anything else.
 */
export type AppState = { 
/**
 * Whether there is a profile.
 */
profile: ProfileState, 
/**
 * Why it is not open.
 */
because: Refused | null, 
/**
 * Its folder.
 */
home: string, 
/**
 * Who works at it.
 */
user: string | null, 
/**
 * `rep`, `approver` or `admin`, where a central is connected.
 */
role: string | null, 
/**
 * Whether this person may decide on what waits.
 */
can_decide: boolean, 
/**
 * Whether it holds a fictional market.
 */
sample: boolean, 
/**
 * Whether a central is connected.
 */
connected: boolean, 
/**
 * Of the program.
 */
version: string, 
/**
 * A path the window was started at; told once.
 */
start_at: string | null, };

/**
 * How the assistant stands on this device.
 */
export type AssistantShown = { 
/**
 * Whether it may be asked.
 */
on: boolean, 
/**
 * Its address; empty while none was ever given.
 */
url: string, 
/**
 * The model's name there.
 */
model: string, 
/**
 * Whether there is a key for it.
 */
has_key: boolean, 
/**
 * Where a key is kept, in words.
 */
key_kept: string, };

/**
 * A file that goes with an email.
 */
export type Attachment = { 
/**
 * Where it is stored.
 */
object: string, 
/**
 * The hash of its bytes.
 */
sha256: Sha256, 
/**
 * How many bytes.
 */
size: number, };

/**
 * What was proven.
 */
export type Audited = { 
/**
 * Decisions in this device's chain.
 */
decisions: number, 
/**
 * Decisions of other devices, each with its own signature.
 */
received: number, 
/**
 * Decisions of this device that did not stand at the central.
 */
overruled: number, 
/**
 * Hash of the last one.
 */
head: Sha256, 
/**
 * Approvals by whoever drafted; the policy allows them, and they are counted.
 */
self_approved: number, 
/**
 * Whether the chain reaches the last decision noted outside the database.
 */
anchored: boolean, };

/**
 * What came of a backup.
 */
export type BackedUp = { 
/**
 * The file.
 */
file: string, 
/**
 * How many bytes.
 */
size: number, };

/**
 * A row that was not imported, and why.
 */
export type BadRow = { 
/**
 * Line in the file, from 1; the header is line 1.
 */
line: number, 
/**
 * The column, or `row` where the whole row is wrong.
 */
column: string, 
/**
 * What is wrong.
 */
message: string, };

/**
 * What came of one of many.
 */
export type BulkResult = { 
/**
 * Which.
 */
action_id: ActionId, 
/**
 * Whether it was approved.
 */
ok: boolean, 
/**
 * Where the run stands that it set going or released.
 */
run_status: RunStatus | null, 
/**
 * The next action a person must decide, if the run staged one.
 */
next_action: ActionId | null, 
/**
 * Why it was not approved.
 */
error: Refusal | null, };

/**
 * One change to a draft.
 */
export type Change = { "change": "set_customer", 
/**
 * Whom.
 */
customer_id: CustomerId, } | { "change": "unset_customer" } | { "change": "set_school_year", 
/**
 * Which.
 */
school_year: SchoolYear, } | { "change": "unset_school_year" } | { "change": "set_default_price", 
/**
 * The rule.
 */
price: PriceRule, } | { "change": "add_line", 
/**
 * Its key, new.
 */
line_id: LineId, 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * Cases, 1 to 99,999,999; none while not yet said.
 */
quantity: number | null, 
/**
 * Its price rule.
 */
price: PriceRule, } | { "change": "set_quantity", 
/**
 * Of which line.
 */
line_id: LineId, 
/**
 * Cases, 1 to 99,999,999.
 */
quantity: number, } | { "change": "unset_quantity", 
/**
 * Of which line.
 */
line_id: LineId, } | { "change": "set_price", 
/**
 * Which line.
 */
line_id: LineId, 
/**
 * The rule.
 */
price: PriceRule, } | { "change": "set_note", 
/**
 * Which line.
 */
line_id: LineId, 
/**
 * The remark, at most 1,000 characters; none erases it.
 */
note: string | null, } | { "change": "move_line", 
/**
 * Which line.
 */
line_id: LineId, 
/**
 * After which line; none puts it first.
 */
after: LineId | null, } | { "change": "remove_line", 
/**
 * Which line.
 */
line_id: LineId, } | { "change": "restore_line", 
/**
 * Which line.
 */
line_id: LineId, } | { "change": "set_include_pdf", 
/**
 * Whether.
 */
include_pdf: boolean, } | { "change": "set_valid_until", 
/**
 * The last day.
 */
valid_until: string | null, } | { "change": "add_note", 
/**
 * The remark.
 */
text: string, } | { "change": "remove_note", 
/**
 * The remark.
 */
text: string, } | { "change": "clear_notes" } | { "change": "discard" } | { "change": "retrieve" };

/**
 * Something was written; what is on the screen may be otherwise.
 */
export type Changed = Record<symbol, never>;

/**
 * The answer of a rule.
 */
export type CheckOutcome = "passed" | "failed" | "unknown";

/**
 * What a check found.
 */
export type CheckResult = { 
/**
 * Which check.
 */
id: string, 
/**
 * Its rule.
 */
rule: string, 
/**
 * What follows when it does not hold.
 */
severity: Severity, 
/**
 * Whether it holds.
 */
outcome: CheckOutcome, 
/**
 * The values that kept it from holding.
 */
because?: Array<string>, };

/**
 * One thing that can be picked.
 */
export type Choice = { 
/**
 * Its number, counted through all open questions so that a number alone is an answer.
 */
number: number, 
/**
 * What it is.
 */
label: string, 
/**
 * What tells it from the others: city and state, code and pack, dates.
 */
detail: string, 
/**
 * Further words that pick it.
 */
words: Array<string>, 
/**
 * What picking it does.
 */
changes: Array<Change>, };

/**
 * One of several values, and who set it.
 */
export type Claim = { 
/**
 * The value in its text form: an id, a year, a number of cases, a price rule, `removed` or `kept`.
 */
value: string, 
/**
 * The person, when known.
 */
by: string | null, 
/**
 * When, by the clock of whoever set it.
 */
at: string | null, };

/**
 * What went wrong, as a stable word.
 */
export type Code = "bad_input" | "bad_row" | "not_found" | "no_profile" | "profile_exists" | "key_missing" | "schema_mismatch" | "draft_incomplete" | "draft_conflict" | "not_pending" | "action_changed" | "not_allowed" | "bad_contract" | "wrong_state" | "audit_broken" | "render_failed" | "cancelled" | "busy" | "offline" | "unavailable" | "sign_in_needed" | "storage";

/**
 * The supplier, as it appears on a quote.
 */
export type Company = { 
/**
 * Trading name.
 */
name: string, 
/**
 * Address, line by line.
 */
address: Array<string>, 
/**
 * Phone number as printed.
 */
phone: string, 
/**
 * E-mail address as printed.
 */
email: string, 
/**
 * Web address as printed.
 */
website: string, 
/**
 * Terms and conditions, a paragraph each.
 */
terms: Array<string>, 
/**
 * Days a quote stays valid unless the rep says otherwise.
 */
validity_days: number, };

/**
 * One field that holds several values until a person sets it again.
 */
export type Conflict = { 
/**
 * Which field.
 */
field: ConflictField, 
/**
 * Of which line, where it is a line's.
 */
line_id: LineId | null, 
/**
 * The values, the one in force first.
 */
values: Array<Claim>, };

/**
 * What can be set differently by two people.
 */
export type ConflictField = "customer" | "school_year" | "quantity" | "price" | "removal";

/**
 * Something two people did differently.
 */
export type ConflictShown = { "kind": "draft", 
/**
 * Which draft.
 */
draft_id: DraftId, 
/**
 * For whom, once said.
 */
customer_name: string | null, 
/**
 * What is set differently.
 */
conflicts: Array<Conflict>, } | { "kind": "decision", 
/**
 * On which action.
 */
action_id: ActionId, 
/**
 * What it was about.
 */
summary: string, 
/**
 * Why the action was voided, if it was.
 */
void_reason: string | null, 
/**
 * What this person decided, in words.
 */
yours: string, 
/**
 * What stands, in words.
 */
theirs: string, };

/**
 * What came of signing in.
 */
export type Connected = { 
/**
 * Where the token is kept, in words.
 */
token_kept: string, 
/**
 * Operations that wait to be sent.
 */
waiting: number, 
/**
 * The central's address.
 */
url: string, 
/**
 * This device's key there.
 */
device_id: string, 
/**
 * Who is signed in.
 */
user: string, 
/**
 * `rep`, `approver` or `admin`.
 */
role: string, 
/**
 * The territory of a rep.
 */
territory: string | null, 
/**
 * Until when the token is good, RFC 3339. It renews itself.
 */
token_expires_at: string, };

/**
 * A contract, as it was when it was shown.
 */
export type ContractNamed = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its version.
 */
version: number, 
/**
 * The hash of its text.
 */
hash: Sha256, };

/**
 * A customer as the device knows it.
 */
export type Customer = { 
/**
 * Its key.
 */
id: CustomerId, 
/**
 * Its full name, as printed.
 */
name: string, 
/**
 * Its kind.
 */
customer_type: CustomerType, 
/**
 * Its city.
 */
city: string | null, 
/**
 * Two letters.
 */
state: string | null, 
/**
 * Its ZIP code.
 */
zip: string | null, 
/**
 * Street and number.
 */
address1: string | null, 
/**
 * Whether we trade with it.
 */
entitystatus: EntityStatus, 
/**
 * Its internal id in NetSuite.
 */
netsuite_id: string | null, 
/**
 * Payment terms, as printed.
 */
terms: string | null, 
/**
 * The price level it buys at.
 */
price_level: string | null, 
/**
 * Whose customer it is.
 */
sales_rep: string | null, 
/**
 * Who receives quotes.
 */
contact_name: string | null, 
/**
 * Where quotes are sent.
 */
contact_email: string | null, 
/**
 * How to reach the contact.
 */
contact_phone: string | null, 
/**
 * Nicknames reps use.
 */
aliases: Array<string>, };

/**
 * A customer, as the central knows it.
 */
export type CustomerId = string;

/**
 * A customer, in a list.
 */
export type CustomerListed = { 
/**
 * Its key.
 */
id: CustomerId, 
/**
 * Its full name.
 */
name: string, 
/**
 * Its city.
 */
city: string | null, 
/**
 * Two letters.
 */
state: string | null, 
/**
 * Its kind.
 */
customer_type: CustomerType, 
/**
 * Whether we trade with it.
 */
entitystatus: EntityStatus, 
/**
 * Whose customer it is.
 */
sales_rep: string | null, 
/**
 * Its quotes that may still become an order.
 */
open_quotes: number, };

/**
 * A customer's page.
 */
export type CustomerPage = { 
/**
 * The customer.
 */
customer: Customer, 
/**
 * What it owes and may yet order; none when accounts receivable told nothing of it.
 */
exposure: Exposure | null, 
/**
 * When a quote last touched the forecast, RFC 3339.
 */
last_quote_event: string | null, 
/**
 * Its programs, the latest year first.
 */
programs: Array<CustomerProgram>, 
/**
 * The school years it has prices for, the latest first.
 */
years: Array<SchoolYear>, 
/**
 * How many prices it has.
 */
price_count: number, 
/**
 * Its newest quotes.
 */
quotes: Array<QuoteListed>, 
/**
 * What waits or waited for a decision about it, the pending ones first.
 */
actions: Array<ActionListed>, };

/**
 * A program a customer takes part in for a school year.
 */
export type CustomerProgram = { 
/**
 * Its key.
 */
id: ProgramId, 
/**
 * Whose.
 */
customer_id: CustomerId, 
/**
 * Which program.
 */
program: Program, 
/**
 * `active` or anything else, which counts as not active.
 */
status: string, 
/**
 * For which school year.
 */
school_year: SchoolYear, 
/**
 * The one USDA material it covers; none means every material.
 */
df_code: string | null, 
/**
 * What the agreement adds.
 */
terms: ProgramTerms, 
/**
 * When it was removed, RFC 3339.
 */
deleted_at: string | null, };

/**
 * A customer, enough to tell it from its namesakes.
 */
export type CustomerShown = { 
/**
 * Its key.
 */
id: CustomerId, 
/**
 * Its name; its key while it is not here.
 */
name: string, 
/**
 * Its city.
 */
city: string | null, 
/**
 * Two letters.
 */
state: string | null, 
/**
 * Whether this device has it. One that left the territory is told by its key alone.
 */
is_here: boolean, };

/**
 * What kind of customer.
 */
export type CustomerType = "district" | "coop" | "distributor";

/**
 * What came of a decision.
 */
export type Decided = { 
/**
 * The decision, as signed.
 */
decision: Decision, 
/**
 * Whether one person drafted and decided.
 */
self_decided: boolean, 
/**
 * The run it set going or released.
 */
run_id: RunId | null, 
/**
 * Where that run stands.
 */
run_status: RunStatus | null, 
/**
 * The next action a person must decide, if the run staged one.
 */
next_action: ActionId | null, 
/**
 * Whether it let the effects of a run on this device go ahead.
 */
released: boolean, };

/**
 * What a person decided, as signed and chained.
 */
export type Decision = { 
/**
 * On which action.
 */
action_id: ActionId, 
/**
 * `approved` or `rejected`.
 */
verdict: ActionStatus, 
/**
 * The hash of exactly what was shown.
 */
payload_hash: Sha256, 
/**
 * Who drafted it.
 */
drafted_by: string, 
/**
 * Who decided.
 */
decided_by: string, 
/**
 * When, RFC 3339.
 */
decided_at: string, 
/**
 * The reason of a rejection, or a note.
 */
note: string | null, };

/**
 * Something that cannot be done before the question is answered.
 */
export type Deferred = { "do": "usual", 
/**
 * Only of this category, as the rep called it.
 */
category: string | null, 
/**
 * At this price rule.
 */
price: PriceRule, 
/**
 * As the rep said it.
 */
said: string, };

/**
 * How close together rows stand.
 */
export type Density = "comfortable" | "compact";

/**
 * Everything that was looked at.
 */
export type Diagnosis = { 
/**
 * Whether all is well.
 */
ok: boolean, 
/**
 * One by one.
 */
findings: Array<Finding>, };

/**
 * How two quotes differ.
 */
export type Differences = { 
/**
 * The one.
 */
from: QuoteId, 
/**
 * The other.
 */
to: QuoteId, 
/**
 * Fields of the head that differ.
 */
fields: Array<FieldDifference>, 
/**
 * Lines that differ.
 */
lines: Array<LineDifference>, 
/**
 * What the total moved by.
 */
total_moved: Money, };

/**
 * What came of signing out.
 */
export type Disconnected = { 
/**
 * Who was signed in.
 */
user: string, 
/**
 * Operations that stay here until the same person signs in again.
 */
kept: number, };

/**
 * An answer without anything in it.
 */
export type Done = Record<symbol, never>;

/**
 * Two points of a draft, side by side.
 */
export type DraftCompared = { 
/**
 * Which draft.
 */
draft_id: DraftId, 
/**
 * The one point.
 */
from: DraftPoint, 
/**
 * The other.
 */
to: DraftPoint, 
/**
 * What is different in the header.
 */
header: Array<DraftFieldCompared>, 
/**
 * The lines that are different.
 */
lines: Array<DraftLineCompared>, };

/**
 * One edit of a draft.
 */
export type DraftEdit = { "edit": "set_customer", 
/**
 * Whom.
 */
customer_id: CustomerId, } | { "edit": "set_school_year", 
/**
 * Which.
 */
school_year: SchoolYear, } | { "edit": "add_line", 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * Cases; none while not yet said.
 */
quantity: number | null, 
/**
 * Its price, as [`DraftEdit::SetPrice`] takes it; the price list without one.
 */
price: string | null, } | { "edit": "set_quantity", 
/**
 * Of which line.
 */
line_id: LineId, 
/**
 * Cases, 1 to 99,999,999.
 */
quantity: number, } | { "edit": "set_price", 
/**
 * Of which line.
 */
line_id: LineId, 
/**
 * `41.75`, `list`, `last_year`, `list +3%` or `last_year -2.5%`.
 */
price: string, } | { "edit": "set_note", 
/**
 * Which line.
 */
line_id: LineId, 
/**
 * The remark; none, or one of spaces, erases it.
 */
note: string | null, } | { "edit": "move_line", 
/**
 * Which line.
 */
line_id: LineId, 
/**
 * After which; none puts it first.
 */
after: LineId | null, } | { "edit": "remove_line", 
/**
 * Which line.
 */
line_id: LineId, } | { "edit": "restore_line", 
/**
 * Which line.
 */
line_id: LineId, } | { "edit": "duplicate_line", 
/**
 * Which line.
 */
line_id: LineId, } | { "edit": "set_include_pdf", 
/**
 * Whether.
 */
include_pdf: boolean, } | { "edit": "set_valid_until", 
/**
 * The last day.
 */
valid_until: string | null, } | { "edit": "add_note", 
/**
 * The remark.
 */
text: string, } | { "edit": "clear_notes" };

/**
 * What can be set in a draft.
 */
export type DraftField = "customer" | "school_year" | "default_price" | "include_pdf" | "valid_until" | "note" | "line" | "quantity" | "price" | "line_note" | "place" | "removal" | "discarded";

/**
 * A field before and after, in words; none while it was open.
 */
export type DraftFieldCompared = { 
/**
 * Which.
 */
field: DraftField, 
/**
 * What it was.
 */
before: string | null, 
/**
 * What it is.
 */
after: string | null, };

/**
 * What was done to a draft.
 */
export type DraftHistory = { 
/**
 * Which draft.
 */
draft_id: DraftId, 
/**
 * The newest first.
 */
entries: Array<HistoryEntry>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * A draft document.
 */
export type DraftId = string;

/**
 * A line that is different.
 */
export type DraftLineCompared = { 
/**
 * Its key.
 */
line_id: LineId, 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * What that is.
 */
description: string | null, 
/**
 * What became of it.
 */
fate: Fate, 
/**
 * What is different.
 */
fields: Array<DraftFieldCompared>, };

/**
 * A draft, in a list.
 */
export type DraftListed = { 
/**
 * Its key.
 */
draft_id: DraftId, 
/**
 * Where it stands.
 */
status: DraftStatus, 
/**
 * For whom, once said.
 */
customer_id: CustomerId | null, 
/**
 * That customer's name.
 */
customer_name: string | null, 
/**
 * For which school year, once said.
 */
school_year: SchoolYear | null, 
/**
 * How many lines it has.
 */
line_count: number, 
/**
 * What the lines come to so far, before programs; of a draft that became a quote, what that comes to.
 */
total: Money, 
/**
 * How many values two people set differently.
 */
conflict_count: number, 
/**
 * Its quote number, once it was submitted.
 */
quote_id: QuoteId | null, 
/**
 * The quote it revises.
 */
revision_of: QuoteId | null, 
/**
 * Whether it was thrown away.
 */
is_discarded: boolean, 
/**
 * Who began it.
 */
drafted_by: string, 
/**
 * Last change, RFC 3339.
 */
updated_at: string, };

/**
 * A point of a draft.
 */
export type DraftPoint = { 
/**
 * The place of the change it is after; 0 is before the first.
 */
number: number, 
/**
 * That change's name; none before the first.
 */
version: string | null, 
/**
 * Who made it.
 */
by: string | null, 
/**
 * When, RFC 3339.
 */
at: string | null, };

/**
 * A draft as it is shown.
 */
export type DraftShown = { 
/**
 * Its key.
 */
draft_id: DraftId, 
/**
 * Where it stands.
 */
status: DraftStatus, 
/**
 * Its quote number, once it was submitted.
 */
quote_id: QuoteId | null, 
/**
 * The quote it revises.
 */
revision_of: QuoteId | null, 
/**
 * What waits for a decision on it.
 */
action_id: ActionId | null, 
/**
 * For whom.
 */
customer: CustomerShown | null, 
/**
 * For which school year.
 */
school_year: SchoolYear | null, 
/**
 * Its lines.
 */
lines: Array<LineShown>, 
/**
 * Lines taken off. They can be put back.
 */
removed: Array<RemovedShown>, 
/**
 * Whether a PDF is wanted.
 */
include_pdf: boolean, 
/**
 * The last day it can be accepted, once said.
 */
valid_until: string | null, 
/**
 * Remarks the customer reads.
 */
notes: Array<string>, 
/**
 * What the lines come to so far, before programs.
 */
commercial_total: Money, 
/**
 * What it would become if it were submitted now; none while it is not complete, and none once it is a
 * quote.
 */
preview: Preview | null, 
/**
 * What must be answered.
 */
questions: Array<Question>, 
/**
 * Values that two people set differently.
 */
conflicts: Array<Conflict>, 
/**
 * What keeps it from being submitted.
 */
missing: string | null, 
/**
 * Whether it can be submitted.
 */
ready: boolean, 
/**
 * Whether this person did something here that can be taken back.
 */
can_undo: boolean, 
/**
 * Whether this person took something back that can be made again.
 */
can_redo: boolean, 
/**
 * What would be taken back, in words.
 */
undo_label: string | null, 
/**
 * What would be made again, in words.
 */
redo_label: string | null, 
/**
 * Whether it was thrown away. A change brings it back.
 */
is_discarded: boolean, 
/**
 * Who began it.
 */
drafted_by: string, 
/**
 * Last change, RFC 3339.
 */
updated_at: string, };

/**
 * Where a draft stands.
 */
export type DraftStatus = "open" | "submitted" | "closed";

/**
 * A drafted email.
 */
export type EmailShown = { 
/**
 * To whom.
 */
to: string, 
/**
 * Its subject.
 */
subject: string, 
/**
 * Its text.
 */
body: string, 
/**
 * The file it carries.
 */
attachment: Attachment | null, };

/**
 * Whether we trade with the customer.
 */
export type EntityStatus = "active" | "hold" | "inactive";

/**
 * What came of an export.
 */
export type Exported = { 
/**
 * Which table.
 */
table: Table, 
/**
 * How many rows.
 */
rows: number, 
/**
 * Where to.
 */
file: string, };

/**
 * What a customer owes and may yet order, against its limit.
 */
export type Exposure = { 
/**
 * What may be owed and quoted together; none when no limit is set.
 */
credit_limit: Money | null, 
/**
 * What is owed.
 */
ar_balance: Money, 
/**
 * Other quotes that may become orders.
 */
open_quotes: Money, 
/**
 * How many those are.
 */
open_quote_count: number, 
/**
 * This quote.
 */
this_quote: Money, 
/**
 * All of it.
 */
total: Money, 
/**
 * Whether it is beyond the limit.
 */
over_limit: boolean, };

/**
 * What became of a line.
 */
export type Fate = "added" | "removed" | "changed";

/**
 * A field that differs.
 */
export type FieldDifference = { 
/**
 * Which.
 */
field: string, 
/**
 * In the one.
 */
from: string, 
/**
 * In the other.
 */
to: string, };

/**
 * One thing that was looked at.
 */
export type Finding = { 
/**
 * What.
 */
check: string, 
/**
 * Whether it is well.
 */
ok: boolean, 
/**
 * In words.
 */
detail: string, };

/**
 * A worry, and the numbers behind it.
 */
export type Flag = { 
/**
 * What kind.
 */
kind: FlagKind, 
/**
 * The line it is about; none when it is about the whole quote.
 */
line_no: number | null, 
/**
 * In words, with the rule and the number.
 */
message: string, };

/**
 * A kind of worry.
 */
export type FlagKind = "customer_on_hold" | "customer_inactive" | "letterhead_unset" | "over_credit_limit" | "duplicate_open_quote" | "missing_cost" | "zero_price" | "below_floor" | "new_item" | "stale_price" | "discontinued_item" | "several_programs" | "donated_food_exceeds_price";

/**
 * A folder.
 */
export type Folder = { 
/**
 * Its path.
 */
path: string, };

/**
 * Something found.
 */
export type Found = { 
/**
 * What it is.
 */
kind: FoundKind, 
/**
 * Its key.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What tells it from others.
 */
detail: string, };

/**
 * What was found.
 */
export type FoundKind = "customer" | "item" | "quote" | "action" | "draft" | "run";

/**
 * What a gate would show if the action before it were approved now.
 */
export type GatePreview = { 
/**
 * The hash of what the gate would show: what approving both at once is bound to.
 */
payload_hash: Sha256, 
/**
 * Whether a check stops the run before it comes to its gate.
 */
blocked: boolean, 
/**
 * By which rules.
 */
contract: ContractNamed, 
/**
 * Of which run.
 */
run_id: RunId, 
/**
 * The quote it is about, if it is about one.
 */
quote: Quote | null, 
/**
 * Prices that would change against the price list of the year.
 */
price_changes: Array<PriceChange>, 
/**
 * What there is to worry about.
 */
flags: Array<Flag>, 
/**
 * What the customer owes and may yet order.
 */
exposure: Exposure | null, 
/**
 * What every check found.
 */
checks: Array<CheckResult>, 
/**
 * What every step would do.
 */
releases: Array<PlannedStep>, 
/**
 * Who is asked.
 */
approver: string, 
/**
 * Whether whoever drafted it may approve it: `allowed` or `refused`.
 */
self_approval: string, 
/**
 * The newest change in the data it rests on.
 */
data_as_of: string | null, };

/**
 * What a run shows at its gate.
 */
export type GateShown = { 
/**
 * By which rules.
 */
contract: ContractNamed, 
/**
 * Of which run.
 */
run_id: RunId, 
/**
 * The quote it is about, if it is about one.
 */
quote: Quote | null, 
/**
 * Prices that would change against the price list of the year.
 */
price_changes: Array<PriceChange>, 
/**
 * What there is to worry about.
 */
flags: Array<Flag>, 
/**
 * What the customer owes and may yet order.
 */
exposure: Exposure | null, 
/**
 * What every check found.
 */
checks: Array<CheckResult>, 
/**
 * What every step would do.
 */
releases: Array<PlannedStep>, 
/**
 * Who is asked.
 */
approver: string, 
/**
 * Whether whoever drafted it may approve it: `allowed` or `refused`.
 */
self_approval: string, 
/**
 * The newest change in the data it rests on.
 */
data_as_of: string | null, };

/**
 * What waits for somebody else's sign-in.
 */
export type HeldBack = { 
/**
 * Whose it is.
 */
created_by: string, 
/**
 * How many operations.
 */
waiting: number, };

/**
 * What one person did to a draft at once.
 */
export type HistoryEntry = { 
/**
 * Its place among all, from 1. Another piece that comes may move it.
 */
number: number, 
/**
 * Its name, which stays.
 */
version: string, 
/**
 * Who did it, when known.
 */
by: string | null, 
/**
 * When, RFC 3339, by the clock of whoever did it.
 */
at: string, 
/**
 * The tag of the device it was done on, when known.
 */
device: string | null, 
/**
 * Whether that is this one.
 */
is_here: boolean, 
/**
 * What was done, in words.
 */
words: Array<string>, 
/**
 * The heads of the draft at this point.
 */
heads: Array<string>, };

/**
 * What an import would do.
 */
export type ImportPreview = { 
/**
 * Into which table.
 */
table: Table, 
/**
 * The file's columns.
 */
header: Array<string>, 
/**
 * Its first rows, cell by cell, as they stand in the file.
 */
sample: Array<Array<string>>, 
/**
 * Rows in all.
 */
total: number, 
/**
 * Rows that are right.
 */
good: number, 
/**
 * The first of those that are wrong.
 */
bad: Array<BadRow>, 
/**
 * How many are wrong.
 */
bad_count: number, 
/**
 * Rows that are right and are not there yet.
 */
new_rows: number, 
/**
 * Rows that are right and would change one that is there.
 */
changed_rows: number, };

/**
 * What came of an import.
 */
export type Imported = { 
/**
 * Into which table.
 */
table: Table, 
/**
 * Rows inserted or updated.
 */
rows: number, 
/**
 * Rows left out because they were wrong.
 */
skipped: number, 
/**
 * The first of them.
 */
bad_rows: Array<BadRow>, };

/**
 * An item we sell by the case.
 */
export type Item = { 
/**
 * Its key.
 */
item_code: ItemCode, 
/**
 * What it is, as printed.
 */
description: string, 
/**
 * Its internal id in NetSuite.
 */
netsuite_id: string | null, 
/**
 * Its brand.
 */
brand: string | null, 
/**
 * Breakfast, pizza, poultry and so on.
 */
category: string | null, 
/**
 * The catalogue it is listed in.
 */
catalog: string | null, 
/**
 * The case pack, as printed: `96/4.5 oz`.
 */
pack: string | null, 
/**
 * Net weight of a case.
 */
net_weight_lb: Pounds | null, 
/**
 * Servings in a case.
 */
servings_per_case: number | null, 
/**
 * One serving, as printed.
 */
serving_size: string | null, 
/**
 * Six digits of its CN label.
 */
cn_number: string | null, 
/**
 * The USDA Foods material it contains.
 */
df_code: string | null, 
/**
 * Pounds of that material in a case, from the approved SEPDS.
 */
df_lb_per_case: Pounds | null, 
/**
 * USDA's value of a pound of it.
 */
df_value_per_lb: Money | null, 
/**
 * `active` or `discontinued`.
 */
status: string, 
/**
 * Words reps use for it.
 */
aliases: Array<string>, };

/**
 * An item of the catalogue.
 */
export type ItemCode = string;

/**
 * An item's page.
 */
export type ItemPage = { 
/**
 * The item.
 */
item: Item, 
/**
 * What it is sold at, the latest year first.
 */
years: Array<YearOfItem>, 
/**
 * The newest quotes it is on.
 */
quotes: Array<QuoteListed>, };

/**
 * What one customer pays for an item.
 */
export type ItemPriced = { 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * What that is.
 */
description: string, 
/**
 * Its case pack.
 */
pack: string | null, 
/**
 * The newest three years, the oldest of them first.
 */
prices: Array<YearPrice>, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * How sync stood when it was last tried.
 */
export type LastEnding = { 
/**
 * A stable word.
 */
state: string, 
/**
 * Why, in a sentence.
 */
message: string, };

/**
 * What words can be learnt to mean.
 */
export type LearnedKind = "item" | "customer";

/**
 * Words it learnt, and what they mean.
 */
export type LearnedShown = { 
/**
 * Its number, to forget it by.
 */
id: number, 
/**
 * What they mean: an item or a customer.
 */
kind: LearnedKind, 
/**
 * The words.
 */
said: string, 
/**
 * The item's code or the customer's id.
 */
target: string, 
/**
 * What that is called; none when it is not on this device any more.
 */
meant: string | null, 
/**
 * What tells it from the others: its pack, its city and state.
 */
detail: string | null, 
/**
 * For which customer an item was chosen.
 */
customer_id: CustomerId | null, 
/**
 * What that customer is called.
 */
customer_name: string | null, 
/**
 * When it was last chosen, RFC 3339.
 */
learned_at: string, 
/**
 * How often it was chosen, one time after the other.
 */
times: number, };

/**
 * Where a quote stands.
 */
export type Lifecycle = "draft" | "proposed" | "approved" | "sent" | "accepted" | "declined" | "expired" | "superseded" | "cancelled";

/**
 * How many quotes stand somewhere.
 */
export type LifecycleCount = { 
/**
 * Where.
 */
lifecycle: Lifecycle, 
/**
 * How many.
 */
count: number, };

/**
 * A line that differs.
 */
export type LineDifference = { 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * `added`, `removed` or `changed`.
 */
change: string, 
/**
 * What changed in it.
 */
fields: Array<FieldDifference>, };

/**
 * A line of a draft, a ULID: the same line on every device.
 */
export type LineId = string;

/**
 * A line, compared.
 */
export type LineReview = { 
/**
 * Which line.
 */
line_no: number, 
/**
 * What it earns, in words: `22.40%`, `cost unknown`.
 */
margin: string, 
/**
 * Whether that is below the floor; none while it is not known.
 */
below_floor: boolean | null, 
/**
 * How the price moved since the year before, in words: `+1.2%`; none without a price then.
 */
vs_last_year: string | null, };

/**
 * A line of a draft with its price.
 */
export type LineShown = { 
/**
 * Its key.
 */
line_id: LineId, 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * What that is.
 */
description: string | null, 
/**
 * Its case pack.
 */
pack: string | null, 
/**
 * Cases.
 */
quantity: number | null, 
/**
 * Price of a case, once there is one.
 */
case_price: Money | null, 
/**
 * Where the price came from.
 */
price_source: PriceSource, 
/**
 * The rule it follows, in words.
 */
price_rule: string, 
/**
 * The rule as an edit takes it: `list`, `last_year -2.5%`.
 */
price: string, 
/**
 * The price in the year before.
 */
last_year_price: Money | null, 
/**
 * How the price moved since, in words: `+1.2%`.
 */
vs_last_year: string | null, 
/**
 * The margin, in words.
 */
margin: string | null, 
/**
 * The margin; none while the price or the cost is not known.
 */
margin_pct: Percent | null, 
/**
 * Whether the margin is below the floor; none while it is not known.
 */
below_floor: boolean | null, 
/**
 * The program that applies; none while the line is not complete.
 */
program: Program | null, 
/**
 * Value of the donated food in a case, where a program applies.
 */
df_value: Money | null, 
/**
 * What the school is invoiced for a case.
 */
net_price: Money | null, 
/**
 * What the line comes to.
 */
extended: Money | null, 
/**
 * What there is to worry about in the line.
 */
flags: Array<Flag>, 
/**
 * A remark the customer reads.
 */
note: string | null, };

/**
 * The connection stands otherwise than before.
 */
export type LinkChanged = { 
/**
 * How.
 */
link: LastEnding, };

/**
 * What came of making a profile.
 */
export type Made = { 
/**
 * Its folder.
 */
home: string, 
/**
 * Who works at it.
 */
user: string, 
/**
 * The device's part of quote numbers.
 */
device_tag: string, 
/**
 * Opens the database when its keeper is gone; shown this once.
 */
recovery_key: string, };

/**
 * A message, and what was answered to it.
 */
export type MessageShown = { 
/**
 * By whom.
 */
said_by: string, 
/**
 * When, RFC 3339.
 */
said_at: string, 
/**
 * What was said.
 */
message: string, 
/**
 * What it was taken for.
 */
understood: Array<Understood>, 
/**
 * What else was said to it.
 */
answers: Array<string>, 
/**
 * What was open after it.
 */
questions: Array<Question>, 
/**
 * What an assistant made of it, where one was asked.
 */
assistant: Rewritten | null, };

/**
 * Something that happened.
 */
export type Moment = { 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Milliseconds since the run began.
 */
after_ms: number, 
/**
 * What, as a word.
 */
event: string, 
/**
 * In words.
 */
text: string, };

/**
 * An amount of US dollars with exactly four decimals; between ±999,999,999,999.9999.
 */
export type Money = string;

/**
 * Open a view.
 */
export type Navigate = { 
/**
 * Its path.
 */
path: string, };

/**
 * An operation with what can be done about it.
 */
export type OpDetail = { 
/**
 * The operation.
 */
op: QueuedOp, 
/**
 * The operation that must be with the central first.
 */
after: OpId | null, 
/**
 * What is sent.
 */
payload: JsonValue, 
/**
 * The quote it is about.
 */
quote_id: QuoteId | null, 
/**
 * The draft it is about.
 */
draft_id: DraftId | null, 
/**
 * The action it is about.
 */
action_id: ActionId | null, 
/**
 * What a person can do.
 */
guidance: string, 
/**
 * Whether trying again can help, once what the guidance says is done.
 */
retry_helps: boolean, };

/**
 * One operation for the central: its idempotency key everywhere.
 */
export type OpId = string;

/**
 * An outbox operation, shown.
 */
export type OpShown = { 
/**
 * Its idempotency key.
 */
op_id: OpId, 
/**
 * What kind of operation.
 */
kind: string, 
/**
 * Of which step.
 */
step: string | null, 
/**
 * Where it stands.
 */
state: OpState, 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * What went wrong last.
 */
error: string | null, };

/**
 * Where an operation stands.
 */
export type OpState = "waiting" | "parked" | "acknowledged" | "discarded";

/**
 * What the customer said.
 */
export type Outcome = "accepted" | "declined";

/**
 * What a customer said to a quote.
 */
export type OutcomeShown = { 
/**
 * `accepted` or `declined`.
 */
outcome: Lifecycle, 
/**
 * Why it was declined.
 */
reason: string | null, 
/**
 * Who got the business instead.
 */
competitor: string | null, 
/**
 * What else was said.
 */
note: string | null, 
/**
 * Who wrote it down.
 */
by: string, 
/**
 * When, RFC 3339.
 */
at: string, };

/**
 * How everything stands.
 */
export type Overview = { 
/**
 * What waits for a decision.
 */
approvals_pending: number, 
/**
 * What of it carries a worry.
 */
approvals_flagged: number, 
/**
 * Drafts that are being written.
 */
drafts_open: number, 
/**
 * What two people did differently and a person must look at.
 */
conflicts: number, 
/**
 * Operations that were set aside.
 */
parked: number, 
/**
 * Operations that wait to go.
 */
waiting: number, 
/**
 * What went wrong and wants a person.
 */
alerts: number, 
/**
 * Runs that have not ended.
 */
runs_active: number, 
/**
 * How sync stood when it was last tried.
 */
sync: LastEnding, 
/**
 * Whether a central is connected.
 */
connected: boolean, 
/**
 * The queue, in a sentence.
 */
sentence: string, 
/**
 * When the device was last proven current, RFC 3339.
 */
verified_current_as_of: string | null, 
/**
 * When the reference data last changed, RFC 3339.
 */
data_as_of: string | null, 
/**
 * The run that began last.
 */
latest_run: RunListed | null, };

/**
 * A PDF.
 */
export type Pdf = { 
/**
 * The file, in base64.
 */
base64: string, 
/**
 * Hash of its bytes.
 */
sha256: Sha256, 
/**
 * How many pages.
 */
pages: number, 
/**
 * Whether these are the bytes that were approved and stored, not a fresh rendering.
 */
stored: boolean, };

/**
 * What came of writing a PDF to a file.
 */
export type PdfWritten = { 
/**
 * The quote.
 */
quote_id: QuoteId, 
/**
 * The file.
 */
file: string, 
/**
 * Hash of its bytes.
 */
sha256: Sha256, 
/**
 * How many bytes.
 */
size: number, 
/**
 * Whether these are the bytes that were approved and stored, not a fresh rendering.
 */
stored: boolean, };

/**
 * A percentage, `3` meaning three per cent; exact, at most four decimals, between ±100,000.
 */
export type Percent = string;

/**
 * One step, planned.
 */
export type PlannedStep = { 
/**
 * The step.
 */
id: string, 
/**
 * Its kind.
 */
kind: string, } & ({ "does": "skip", 
/**
 * The condition.
 */
reason: string, } | { "does": "write", 
/**
 * Statement by statement.
 */
writes: Array<PlannedWrite>, } | { "does": "document", 
/**
 * The route it is sent through.
 */
path: string, 
/**
 * The verb.
 */
method: string, 
/**
 * Which document.
 */
body: string, 
/**
 * Where it is stored.
 */
object: string, 
/**
 * The bytes that were shown.
 */
sha256: Sha256, 
/**
 * How many bytes.
 */
size: number, 
/**
 * How many pages.
 */
pages: number, 
/**
 * Characters that no font here covers and that print as a mark instead.
 */
replaced: number, } | { "does": "email_draft", 
/**
 * The type of the staged action.
 */
action_type: ActionType, 
/**
 * The email.
 */
email: JsonValue, } | { "does": "push", 
/**
 * The queue.
 */
queue: string, 
/**
 * The record type.
 */
record: string, 
/**
 * What is sent.
 */
payload: JsonValue, } | { "does": "send", 
/**
 * The queue.
 */
queue: string, 
/**
 * The email.
 */
message: JsonValue, });

/**
 * One statement and what is bound to it.
 */
export type PlannedWrite = { 
/**
 * What it does, in words.
 */
label: string, 
/**
 * The table it changes.
 */
table: string, 
/**
 * Other tables it looks at.
 */
reads?: Array<string>, 
/**
 * The statement.
 */
sql: string, 
/**
 * What each placeholder stands for.
 */
binds: Array<string>, 
/**
 * The values, an execution a row.
 */
rows: Array<Array<JsonValue>>, };

/**
 * A weight in pounds: zero or more, at most four decimals, less than a million.
 */
export type Pounds = string;

/**
 * How somebody likes the window.
 */
export type Preferences = { 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * How close together rows stand.
 */
density: Density, };

/**
 * The quote a draft would become, and what there is to say of it.
 */
export type Preview = { 
/**
 * The quote. Where it has no number yet, the one it would get.
 */
quote: Quote, 
/**
 * What there is to worry about.
 */
flags: Array<Flag>, 
/**
 * What the customer owes and may yet order.
 */
exposure: Exposure, 
/**
 * Prices that would change against the price list of the year.
 */
price_changes: Array<PriceChange>, 
/**
 * The newest change in the data it rests on.
 */
data_as_of: string | null, };

/**
 * A price that would change.
 */
export type PriceChange = { 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * The list price of the year; none when there is none yet.
 */
from: Money | null, 
/**
 * The quoted price.
 */
to: Money, 
/**
 * The price of the year before.
 */
last_year: Money | null, };

/**
 * What one customer paid for an item, and was quoted.
 */
export type PriceHistory = { 
/**
 * The prices in force, the oldest year first.
 */
years: Array<YearPrice>, 
/**
 * What was quoted, the newest first.
 */
quoted: Array<Quoted>, };

/**
 * A price, in a list of everybody's.
 */
export type PriceListed = { 
/**
 * Whose price.
 */
customer_id: CustomerId, 
/**
 * The customer's name.
 */
customer_name: string, 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * What that is.
 */
description: string, 
/**
 * For which school year.
 */
school_year: SchoolYear, 
/**
 * Price of a case.
 */
case_price: Money, 
/**
 * What it earns, in words; none where that is not known.
 */
margin: string | null, };

/**
 * Where a line's price comes from.
 */
export type PriceRule = string;

/**
 * Where a line's price came from.
 */
export type PriceSource = "current" | "last_year" | "moved" | "given" | "missing";

/**
 * Whether the window has a profile to work at.
 */
export type ProfileState = "none" | "locked" | "open";

/**
 * How the value of donated food reaches the school.
 */
export type Program = "commercial" | "noi" | "ffs" | "rebate" | "direct_discount";

/**
 * A row of a customer's programs.
 */
export type ProgramId = string;

/**
 * What a customer's agreement adds to its program. Read from text, a fee below zero is refused.
 */
export type ProgramTerms = { 
/**
 * The distributor's fixed fee for a case, in dollars (NOI).
 */
distributor_fee?: Money | null, 
/**
 * The agreed fee for a case (FFS); without one the fee is the price less the DF value.
 */
service_fee?: Money | null, };

/**
 * How far a long task is.
 */
export type Progress = { 
/**
 * The task, as the window named it; `sync` for what comes from the central.
 */
task: string, 
/**
 * Done so far.
 */
done: number, 
/**
 * Of how many, once known.
 */
total: number | null, };

/**
 * A question to the rep.
 */
export type Question = { 
/**
 * What it is about.
 */
slot: Slot, 
/**
 * The question in words.
 */
prompt: string, 
/**
 * What can be picked, at most five; none when the answer is typed. “None of these” is always possible.
 */
choices: Array<Choice>, 
/**
 * The words it asks about, where picking a choice says what they mean from now on.
 */
asked?: string, 
/**
 * The count that was said with words that name nothing: it is of whatever is named for them.
 */
count?: number, 
/**
 * The lines a quantity is asked for.
 */
lines?: Array<LineId>, 
/**
 * What was asked for and waits for the answer.
 */
deferred?: Array<Deferred>, };

/**
 * An operation of the queue.
 */
export type QueuedOp = { 
/**
 * Its idempotency key.
 */
op_id: OpId, 
/**
 * What it is about.
 */
about: string, 
/**
 * What kind of operation.
 */
kind: string, 
/**
 * Since when, RFC 3339.
 */
since: string, 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * A stable word for why it was set aside.
 */
error_code: string | null, 
/**
 * Why it was set aside.
 */
error: string | null, };

/**
 * A quote as it was submitted.
 */
export type Quote = { 
/**
 * Its number and key.
 */
id: QuoteId, 
/**
 * The quote this one takes the place of.
 */
revision_of: QuoteId | null, 
/**
 * For whom.
 */
customer: QuoteCustomer, 
/**
 * For which school year.
 */
school_year: SchoolYear, 
/**
 * The date on it.
 */
issued_on: string, 
/**
 * The last day the customer can accept it; not the price term.
 */
valid_until: string, 
/**
 * First day the prices hold.
 */
price_from: string, 
/**
 * Last day the prices hold.
 */
price_to: string, 
/**
 * What is offered, in order.
 */
lines: Array<QuoteLine>, 
/**
 * Remarks the customer reads.
 */
notes: Array<string>, 
/**
 * Whether a PDF was asked for.
 */
include_pdf: boolean, 
/**
 * Who drafted it.
 */
prepared_by: string, 
/**
 * The sums.
 */
totals: QuoteTotals, };

/**
 * The customer as printed on the quote.
 */
export type QuoteCustomer = { 
/**
 * Its key.
 */
id: CustomerId, 
/**
 * Its full name.
 */
name: string, 
/**
 * Its kind.
 */
customer_type: CustomerType, 
/**
 * Street and number.
 */
address1: string | null, 
/**
 * City.
 */
city: string | null, 
/**
 * Two letters.
 */
state: string | null, 
/**
 * ZIP code.
 */
zip: string | null, 
/**
 * Who receives it.
 */
contact_name: string | null, 
/**
 * Where it is sent.
 */
contact_email: string | null, 
/**
 * How to reach the contact.
 */
contact_phone: string | null, 
/**
 * Payment terms.
 */
terms: string | null, 
/**
 * Whose customer it is.
 */
sales_rep: string | null, 
/**
 * Its internal id in NetSuite.
 */
netsuite_id: string | null, };

/**
 * A quote's number and key: in D1, in R2 (`quotes/{id}.pdf`), as NetSuite's external id, on paper.
 */
export type QuoteId = string;

/**
 * One line of a quote. `cost_basis` is for approvers only: nothing made for a customer may read it.
 */
export type QuoteLine = { 
/**
 * 1, 2, 3 …
 */
line_no: number, 
/**
 * The draft's line it came from.
 */
line_id: LineId, 
/**
 * Which item.
 */
item_code: ItemCode, 
/**
 * What it is.
 */
description: string, 
/**
 * Brand.
 */
brand: string | null, 
/**
 * Case pack.
 */
pack: string | null, 
/**
 * Net weight of a case.
 */
net_weight_lb: Pounds | null, 
/**
 * Servings in a case.
 */
servings_per_case: number | null, 
/**
 * One serving.
 */
serving_size: string | null, 
/**
 * CN label number.
 */
cn_number: string | null, 
/**
 * Its internal id in NetSuite.
 */
netsuite_id: string | null, 
/**
 * Cases.
 */
quantity: number, 
/**
 * Commercial price of a case.
 */
case_price: Money, 
/**
 * Where the price came from.
 */
price_source: PriceSource, 
/**
 * The same customer's price in the year before.
 */
last_year_price: Money | null, 
/**
 * What a case costs us. Internal.
 */
cost_basis: Money | null, 
/**
 * The program applied to this line.
 */
program: Program, 
/**
 * USDA's material code, where a program applies.
 */
df_code: string | null, 
/**
 * Pounds of donated food in a case, where a program applies.
 */
df_lb_per_case: Pounds | null, 
/**
 * Value of the donated food in a case, where a program applies.
 */
df_value: Money | null, 
/**
 * Distributor's fee for a case, where the program has one.
 */
fee: Money | null, 
/**
 * What the school is invoiced for a case.
 */
net_price: Money, 
/**
 * What the processor refunds for a case afterwards (rebate).
 */
refund: Money | null, 
/**
 * `net_price` × `quantity`, rounded to cents.
 */
extended: Money, 
/**
 * A remark the customer reads.
 */
note: string | null, };

/**
 * A quote, in a list.
 */
export type QuoteListed = { 
/**
 * Its number.
 */
quote_id: QuoteId, 
/**
 * For whom.
 */
customer_id: CustomerId, 
/**
 * The customer's name.
 */
customer_name: string, 
/**
 * For which school year.
 */
school_year: SchoolYear, 
/**
 * Where it stands.
 */
lifecycle_status: Lifecycle, 
/**
 * When its rows were written, RFC 3339.
 */
generated_at: string, 
/**
 * The last day it can be accepted.
 */
valid_until: string, 
/**
 * What the school is invoiced.
 */
total: Money, 
/**
 * Who drafted it.
 */
prepared_by: string, 
/**
 * The quote it revises.
 */
revision_of: QuoteId | null, 
/**
 * The newest quote that revises it.
 */
superseded_by: QuoteId | null, };

/**
 * A quote with everything in it.
 */
export type QuoteShown = { 
/**
 * Hash of the snapshot.
 */
snapshot_hash: Sha256, 
/**
 * The snapshot. Costs in it are internal.
 */
quote: Quote, 
/**
 * The margin of each line, in words.
 */
margins: Array<string>, 
/**
 * Hash of the PDF that was made.
 */
pdf_sha256: Sha256 | null, 
/**
 * The run that made it.
 */
run_id: RunId | null, 
/**
 * The draft it came from.
 */
draft_id: DraftId | null, 
/**
 * Where a person may say that it stands now.
 */
next: Array<Lifecycle>, 
/**
 * What the customer said to it.
 */
outcome: OutcomeShown | null, 
/**
 * The quotes that came of revising one another, the oldest first; this one is among them.
 */
revisions: Array<QuoteId>, 
/**
 * When it was last emailed to the customer, RFC 3339.
 */
email_sent_at: string | null, 
/**
 * What went wrong with it and wants a person.
 */
alerts: Array<Alert>, 
/**
 * Its number.
 */
quote_id: QuoteId, 
/**
 * For whom.
 */
customer_id: CustomerId, 
/**
 * The customer's name.
 */
customer_name: string, 
/**
 * For which school year.
 */
school_year: SchoolYear, 
/**
 * Where it stands.
 */
lifecycle_status: Lifecycle, 
/**
 * When its rows were written, RFC 3339.
 */
generated_at: string, 
/**
 * The last day it can be accepted.
 */
valid_until: string, 
/**
 * What the school is invoiced.
 */
total: Money, 
/**
 * Who drafted it.
 */
prepared_by: string, 
/**
 * The quote it revises.
 */
revision_of: QuoteId | null, 
/**
 * The newest quote that revises it.
 */
superseded_by: QuoteId | null, };

/**
 * The sums of a quote, each a sum of per-line cents so that the page foots.
 */
export type QuoteTotals = { 
/**
 * Cases in all.
 */
cases: number, 
/**
 * Commercial prices × cases.
 */
commercial: Money, 
/**
 * Donated food passed on in these lines, × cases.
 */
df_value: Money, 
/**
 * What the school is invoiced: the sum of `extended`.
 */
total: Money, 
/**
 * What processors refund afterwards.
 */
refund: Money, };

/**
 * A price that was quoted.
 */
export type Quoted = { 
/**
 * In which quote.
 */
quote_id: QuoteId, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Price of a case.
 */
case_price: Money, 
/**
 * Where that quote stands.
 */
lifecycle_status: Lifecycle, };

/**
 * What quotes can be filtered by.
 */
export type QuotesFacets = { 
/**
 * The school years there are quotes for, the latest first.
 */
school_years: Array<SchoolYear>, 
/**
 * Where quotes stand.
 */
lifecycles: Array<LifecycleCount>, };

/**
 * Why something was refused.
 */
export type Refusal = { 
/**
 * The stable word.
 */
code: Code, 
/**
 * What happened.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };

/**
 * What the window is told when something is refused.
 */
export type Refused = { 
/**
 * A stable word.
 */
code: Code, 
/**
 * What happened, and what was kept.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };

/**
 * A line that was taken off.
 */
export type RemovedShown = { 
/**
 * Its key.
 */
line_id: LineId, 
/**
 * Of what.
 */
item_code: ItemCode, 
/**
 * Cases.
 */
quantity: number | null, 
/**
 * Whether somebody changed it without seeing that it had been taken off.
 */
changed_meanwhile: boolean, };

/**
 * What an assistant made of a message.
 */
export type Rewritten = { 
/**
 * The message in its sentences. What is understood is of these.
 */
sentences: Array<string>, 
/**
 * Why it could not help, if so: then the answer is ours alone.
 */
trouble: string | null, };

/**
 * Some rows of a list.
 */
export type Rows<T> = { 
/**
 * The rows.
 */
rows: Array<T>, 
/**
 * How long the whole list is; of what a text found, how much that was.
 */
total: number, };

/**
 * One run of a contract.
 */
export type RunId = string;

/**
 * A run, in a list.
 */
export type RunListed = { 
/**
 * Its key.
 */
run_id: RunId, 
/**
 * Of which contract.
 */
contract: string, 
/**
 * Where it stands.
 */
status: string, 
/**
 * About which quote.
 */
quote_id: QuoteId | null, 
/**
 * For which customer.
 */
customer_id: CustomerId | null, 
/**
 * The customer's name.
 */
customer_name: string | null, 
/**
 * Who set it going.
 */
started_by: string, 
/**
 * When, RFC 3339.
 */
started_at: string, 
/**
 * When it ended, RFC 3339.
 */
completed_at: string | null, };

/**
 * A run with its timeline.
 */
export type RunShown = { 
/**
 * The version of its contract.
 */
contract_version: number, 
/**
 * The contract's hash: what it is pinned to.
 */
contract_hash: Sha256, 
/**
 * What its checks found.
 */
checks: Array<CheckResult>, 
/**
 * What happened, in order.
 */
timeline: Array<Moment>, 
/**
 * Its steps: state, attempts, evidence.
 */
steps: Array<StepShown>, 
/**
 * What waits for the central.
 */
outbox: Array<OpShown>, 
/**
 * What is proven.
 */
verification: Array<VerifyShown>, 
/**
 * The event it fired.
 */
event: string | null, 
/**
 * What it tells of itself.
 */
narrative: string | null, 
/**
 * Things a person must look at.
 */
alerts: Array<string>, 
/**
 * Decisions that were signed for it.
 */
decisions: number, 
/**
 * Its key.
 */
run_id: RunId, 
/**
 * Of which contract.
 */
contract: string, 
/**
 * Where it stands.
 */
status: string, 
/**
 * About which quote.
 */
quote_id: QuoteId | null, 
/**
 * For which customer.
 */
customer_id: CustomerId | null, 
/**
 * The customer's name.
 */
customer_name: string | null, 
/**
 * Who set it going.
 */
started_by: string, 
/**
 * When, RFC 3339.
 */
started_at: string, 
/**
 * When it ended, RFC 3339.
 */
completed_at: string | null, };

/**
 * Where a run stands.
 */
export type RunStands = { 
/**
 * A stable word.
 */
status: string, };

/**
 * Where a run stands.
 */
export type RunStatus = "running" | "awaiting_approval" | "retrying" | "compensating" | "completed" | "blocked" | "rejected" | "expired" | "withdrawn" | "failed" | "overruled";

/**
 * One school year, by the calendar year it starts in (2000 to 2098).
 */
export type SchoolYear = string;

/**
 * What follows when a check does not hold.
 */
export type Severity = "block" | "warn";

/**
 * A SHA-256 of some bytes, printed as 64 hex digits.
 */
export type Sha256 = string;

/**
 * An action, and what a person saw of it.
 */
export type ShownAction = { 
/**
 * Which.
 */
action_id: ActionId, 
/**
 * The hash of what it showed.
 */
payload_hash: Sha256, };

/**
 * What an action shows.
 */
export type Shows = { "kind": "quote_draft", 
/**
 * What was submitted.
 */
submission: Submission, 
/**
 * What its run would show at its gate if it were approved now; none once it is decided, and when that
 * cannot be said.
 */
gate: GatePreview | null, 
/**
 * Why it cannot be said.
 */
gate_problem: string | null, } | { "kind": "gate", 
/**
 * What it would release, and what to know before.
 */
gate: GateShown, } | { "kind": "email", 
/**
 * The email.
 */
email: EmailShown, 
/**
 * About which quote.
 */
quote_id: QuoteId | null, } | { "kind": "other" };

/**
 * What a question is about.
 */
export type Slot = "customer" | "school_year" | "item" | "line" | "quantity" | "price" | "list_price";

/**
 * The action that took another's place.
 */
export type Staged = { 
/**
 * Its key.
 */
action_id: ActionId, };

/**
 * A step, shown.
 */
export type StepShown = { 
/**
 * Which.
 */
step: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * How far.
 */
state: JsonValue, 
/**
 * Attempts so far.
 */
attempts: number, 
/**
 * What it made.
 */
evidence: JsonValue, 
/**
 * Whether a failed run undoes it.
 */
undoable: boolean, };

/**
 * What a submitted draft shows.
 */
export type Submission = { 
/**
 * The draft.
 */
draft_id: DraftId, 
/**
 * Its heads: a later change has others.
 */
heads: Array<string>, 
/**
 * The quote it would become.
 */
quote: Quote, 
/**
 * Hash of the quote's canonical form.
 */
quote_hash: Sha256, 
/**
 * Prices that would change against the price list of the year.
 */
price_changes: Array<PriceChange>, 
/**
 * What there is to worry about.
 */
flags: Array<Flag>, 
/**
 * What the customer owes and may yet order.
 */
exposure: Exposure, 
/**
 * The newest change in the data it rests on.
 */
data_as_of: string | null, };

/**
 * What came of submitting.
 */
export type Submitted = { 
/**
 * The staged action.
 */
action_id: ActionId, 
/**
 * The quote's number.
 */
quote_id: QuoteId, 
/**
 * Hash of what the approver is shown.
 */
payload_hash: Sha256, 
/**
 * What there is to worry about.
 */
flags: Array<Flag>, 
/**
 * What the school would be invoiced.
 */
total: Money, };

/**
 * What a sweep did and found.
 */
export type Swept = { 
/**
 * Actions that expired meanwhile.
 */
expired: Array<ActionId>, 
/**
 * Runs that were continued.
 */
resumed: Array<RunId>, 
/**
 * Every verification that was looked at.
 */
results: Array<VerifyShown>, };

/**
 * Where the queue stands.
 */
export type SyncStatus = { 
/**
 * Whether a central is connected.
 */
connected: boolean, 
/**
 * Who is signed in where.
 */
account: Account | null, 
/**
 * In a sentence.
 */
state: string, 
/**
 * How the last try stood: `not_connected`, `current`, `offline`, `unavailable`, `sign_in`, `upgrade`,
 * `storage` or `stopped`.
 */
last: LastEnding, 
/**
 * Operations that wait for a connection.
 */
waiting: number, 
/**
 * Operations a person must look at.
 */
parked: number, 
/**
 * Operations the central has.
 */
acknowledged: number, 
/**
 * Operations that will never go: thrown away, or overruled.
 */
discarded: number, 
/**
 * Rows that are to be asked for again, and files that are to be fetched.
 */
to_fetch: number, 
/**
 * What waits for somebody else to sign in.
 */
held: Array<HeldBack>, 
/**
 * When the device was last proven current, by its own clock; never, without a central.
 */
verified_current_as_of: string | null, 
/**
 * When the reference data last changed, RFC 3339.
 */
data_as_of: string | null, 
/**
 * What waits, the oldest first.
 */
next: Array<QueuedOp>, 
/**
 * What was set aside.
 */
parked_items: Array<QueuedOp>, 
/**
 * What waits behind something that was set aside.
 */
blocked: Array<OpId>, 
/**
 * What went wrong and wants a person, here or at the central.
 */
alerts: Array<Alert>, };

/**
 * A table that can be imported and exported.
 */
export type Table = "customers" | "customer_profiles" | "customer_programs" | "spec_items" | "pricing_master";

/**
 * What a file looks like.
 */
export type Template = { 
/**
 * Its header and one example row.
 */
text: string, };

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What an assistant made of a message of ours.
 */
export type Tried = { 
/**
 * The message, which holds nothing of this profile.
 */
message: string, 
/**
 * The sentences it made of it.
 */
sentences: Array<string>, };

/**
 * One thing that was understood.
 */
export type Understood = { 
/**
 * The rep's words.
 */
said: string, 
/**
 * What they were taken for.
 */
meant: string, 
/**
 * Why.
 */
why: string, 
/**
 * What else was close, at most [`ALTERNATIVE_LIMIT`], best first: each holds the changes that put it in the
 * place of what was taken. None is numbered, since none is asked.
 */
alternatives: Array<Choice>, };

/**
 * A verification, shown.
 */
export type VerifyShown = { 
/**
 * Of which run.
 */
run_id: RunId, 
/**
 * Which.
 */
check: string, 
/**
 * `pending`, `passed`, `failed` or `skipped`.
 */
status: string, 
/**
 * What it rests on.
 */
evidence: JsonValue, 
/**
 * When that was found, RFC 3339.
 */
checked_at: string | null, };

/**
 * What an item is sold at in a school year.
 */
export type YearOfItem = { 
/**
 * Which year.
 */
school_year: SchoolYear, 
/**
 * How many customers have a price for it.
 */
customers: number, 
/**
 * The lowest price of a case.
 */
lowest: Money, 
/**
 * The highest.
 */
highest: Money, 
/**
 * The mean, rounded half away from zero to four decimals.
 */
average: Money, };

/**
 * The price of one school year.
 */
export type YearPrice = { 
/**
 * Which year.
 */
school_year: SchoolYear, 
/**
 * Price of a case.
 */
case_price: Money, 
/**
 * What it earns, in words; none where that is not known.
 */
margin: string | null, };

/** What the window can ask for. */
export interface Commands {
  /** What waits for a decision and what was decided. */
  actions: { args: { status?: ActionStatus | null }; answer: Array<ActionListed> };
  /** One action with exactly what it shows. */
  action: { args: { action_id: ActionId }; answer: ActionShown };
  /** The PDF the customer would get. */
  action_pdf: { args: { action_id: ActionId }; answer: Pdf };
  /** Approve exactly what was shown. */
  action_approve: { args: { action_id: ActionId; payload_hash: Sha256; note?: string | null }; answer: Decided };
  /** Approve a submitted draft and release what its gate would show, in one gesture. */
  action_release: { args: { action_id: ActionId; payload_hash: Sha256; preview_run_id: RunId; preview_hash: Sha256; note?: string | null }; answer: Decided };
  /** Reject, with the reason the drafter will read. */
  action_reject: { args: { action_id: ActionId; reason: string }; answer: Decided };
  /** Change a drafted email; it must be approved anew. */
  action_edit_email: { args: { action_id: ActionId; to?: string | null; subject?: string | null; body?: string | null }; answer: Staged };
  /** Change a quote that waits, and submit it again. */
  action_edit_lines: { args: { action_id: ActionId; edits: Array<DraftEdit> }; answer: Submitted };
  /** Approve several that carry no worry; one that cannot be approved does not hold up the others. */
  actions_approve: { args: { actions: Array<ShownAction> }; answer: Array<BulkResult> };
  /** How everything stands, for the frame. */
  overview: { args: Record<string, never>; answer: Overview };
  /** Anything that answers a text: customers, items, quotes, actions, drafts, runs. */
  find: { args: { text: string }; answer: Array<Found> };
  /** Customers, a window of them. */
  customers: { args: { text: string; offset: number; limit: number }; answer: Rows<CustomerListed> };
  /** One customer's page. */
  customer: { args: { customer_id: CustomerId }; answer: CustomerPage };
  /** One customer's prices over three years, a window of them. */
  customer_prices: { args: { customer_id: CustomerId; text: string; offset: number; limit: number }; answer: Rows<ItemPriced> };
  /** Items, a window of them. */
  items: { args: { text: string; category?: string | null; offset: number; limit: number }; answer: Rows<Item> };
  /** The categories items are in. */
  item_categories: { args: Record<string, never>; answer: Array<string> };
  /** One item's page. */
  item: { args: { item_code: ItemCode }; answer: ItemPage };
  /** Prices of all customers, a window of them. */
  prices: { args: { text: string; school_year?: SchoolYear | null; offset: number; limit: number }; answer: Rows<PriceListed> };
  /** What a customer paid for an item over the years, and what was quoted. */
  price_history: { args: { customer_id: CustomerId; item_code: ItemCode }; answer: PriceHistory };
  /** Drafts, the last changed first. */
  drafts: { args: Record<string, never>; answer: Array<DraftListed> };
  /** One draft. */
  draft: { args: { draft_id: DraftId }; answer: DraftShown };
  /** A new, empty draft. */
  draft_new: { args: Record<string, never>; answer: DraftShown };
  /** Understand a message, change the draft (a new one without an id) and answer. Waiting for an assistant can be stopped as `task`. */
  chat: { args: { draft_id?: DraftId | null; message: string; task: string }; answer: Answer };
  /** Answer a question by picking one of its choices. */
  draft_answer: { args: { draft_id: DraftId; number: number }; answer: Answer };
  /** Put an alternative in the place of what a message was taken for; all three are places, counted from nought. */
  draft_instead: { args: { draft_id: DraftId; message: number; understood: number; alternative: number }; answer: Answer };
  /** What was said in a draft's chat. */
  draft_messages: { args: { draft_id: DraftId }; answer: Array<MessageShown> };
  /** Change a draft by hand. */
  draft_edit: { args: { draft_id: DraftId; edits: Array<DraftEdit> }; answer: DraftShown };
  /** Choose one of several values that two people set. */
  draft_resolve: { args: { draft_id: DraftId; field: ConflictField; line_id?: LineId | null; value: string }; answer: DraftShown };
  /** Throw a draft away that is not submitted. */
  draft_discard: { args: { draft_id: DraftId }; answer: DraftShown };
  /** Bring a draft back that was thrown away. */
  draft_retrieve: { args: { draft_id: DraftId }; answer: DraftShown };
  /** What was done to a draft, the newest first. */
  draft_history: { args: { draft_id: DraftId }; answer: DraftHistory };
  /** What is different between two points of a draft, each `now`, `start` or a version of its history. */
  draft_compare: { args: { draft_id: DraftId; from: string; to: string }; answer: DraftCompared };
  /** Take one's last change of a draft back. */
  draft_undo: { args: { draft_id: DraftId }; answer: DraftShown };
  /** Make the change again that was taken back last. */
  draft_redo: { args: { draft_id: DraftId }; answer: DraftShown };
  /** Submit a draft for approval. */
  draft_submit: { args: { draft_id: DraftId }; answer: Submitted };
  /** The PDF the draft would become. */
  draft_pdf: { args: { draft_id: DraftId }; answer: Pdf };
  /** What the window must know before anything else. */
  app_state: { args: Record<string, never>; answer: AppState };
  /** Make a profile: with a fictional market to try things on, or empty. Without a passphrase its key is kept in the system's keyring. */
  profile_create: { args: { user: string; sample: boolean; passphrase?: string | null }; answer: Made };
  /** Open the profile that is there. */
  profile_unlock: { args: { passphrase?: string | null; recovery_key?: string | null }; answer: AppState };
  /** How somebody likes the window. */
  preferences: { args: Record<string, never>; answer: Preferences };
  /** Remember how somebody likes the window. */
  preferences_set: { args: { preferences: Preferences }; answer: Done };
  /** Quotes, a window of them. */
  quotes: { args: { text: string; lifecycle?: Lifecycle | null; school_year?: SchoolYear | null; customer_id?: CustomerId | null; offset: number; limit: number }; answer: Rows<QuoteListed> };
  /** What quotes can be filtered by. */
  quotes_facets: { args: Record<string, never>; answer: QuotesFacets };
  /** One quote with everything in it. */
  quote: { args: { quote_id: QuoteId }; answer: QuoteShown };
  /** The quote's PDF. */
  quote_pdf: { args: { quote_id: QuoteId }; answer: Pdf };
  /** Write the quote's PDF to a file. */
  quote_pdf_save: { args: { quote_id: QuoteId; path: string }; answer: PdfWritten };
  /** How two quotes differ. */
  quote_diff: { args: { from: QuoteId; to: QuoteId }; answer: Differences };
  /** A draft that is to take the quote's place. */
  quote_revise: { args: { quote_id: QuoteId }; answer: DraftShown };
  /** A draft with the quote's lines for another year; the next one, if none is named. */
  quote_duplicate: { args: { quote_id: QuoteId; school_year?: SchoolYear | null }; answer: DraftShown };
  /** Write down what the customer said. */
  quote_outcome: { args: { quote_id: QuoteId; outcome: Outcome; reason?: string | null; competitor?: string | null; note?: string | null }; answer: QuoteShown };
  /** Runs, the newest first. */
  runs: { args: Record<string, never>; answer: Array<RunListed> };
  /** One run with its timeline. */
  run: { args: { run_id: RunId }; answer: RunShown };
  /** Continue a run that a crash or a retry left. */
  run_resume: { args: { run_id: RunId }; answer: RunStands };
  /** Look at every pending verification now. */
  verify_now: { args: Record<string, never>; answer: Swept };
  /** The letterhead, terms and usual validity. */
  company: { args: Record<string, never>; answer: Company };
  /** Change them. */
  company_set: { args: { company: Company }; answer: Company };
  /** What an import would do; nothing is written. */
  import_preview: { args: { table: Table; name: string; text: string }; answer: ImportPreview };
  /** Import a file: all of it, or all rows that are right. It can be stopped as `task`. */
  import_run: { args: { table: Table; name: string; text: string; skip_bad: boolean; task: string }; answer: Imported };
  /** What a file for a table looks like. */
  import_template: { args: { table: Table }; answer: Template };
  /** Ask a long task to stop. */
  task_cancel: { args: { task: string }; answer: Done };
  /** Write all tables to new files of a folder. */
  export_data: { args: { folder: string }; answer: Array<Exported> };
  /** Write the whole profile to one encrypted file. */
  backup: { args: { path: string; passphrase: string }; answer: BackedUp };
  /** Where files are put when nothing else is said. */
  default_folder: { args: Record<string, never>; answer: Folder };
  /** What it learnt of the person at work, the latest first. */
  learned_words: { args: Record<string, never>; answer: Array<LearnedShown> };
  /** Forget one thing. */
  learned_forget: { args: { id: number }; answer: Done };
  /** Forget everything learnt for a customer, and of its name. */
  learned_forget_customer: { args: { customer_id: CustomerId }; answer: Done };
  /** Whether an assistant may be asked, and which. */
  assistant: { args: Record<string, never>; answer: AssistantShown };
  /** Say which, and turn it on. Without a key the one that is kept stays as long as the address does. */
  assistant_set: { args: { url: string; model: string; key?: string | null }; answer: AssistantShown };
  /** Ask none any more. */
  assistant_off: { args: Record<string, never>; answer: AssistantShown };
  /** Send it a message made up for this. Waiting can be stopped as `task`. */
  assistant_try: { args: { task: string }; answer: Tried };
  /** How the profile is. */
  doctor: { args: Record<string, never>; answer: Diagnosis };
  /** Check every signature and every link of the decisions. */
  audit_verify: { args: Record<string, never>; answer: Audited };
  /** Where the queue stands. */
  sync_status: { args: Record<string, never>; answer: SyncStatus };
  /** Sign this device in to a central with a one-time code. */
  sync_connect: { args: { url: string; code: string; device_name: string }; answer: Connected };
  /** Sign out; what waits is kept. */
  sync_disconnect: { args: Record<string, never>; answer: Disconnected };
  /** Look for news and send what waits, now. */
  sync_now: { args: Record<string, never>; answer: Done };
  /** Let an operation that was set aside wait for its turn again. */
  sync_retry: { args: { op_id: OpId }; answer: Done };
  /** Throw an operation away that was set aside. */
  sync_discard: { args: { op_id: OpId }; answer: Done };
  /** One operation with what it says and what to do about it. */
  sync_operation: { args: { op_id: OpId }; answer: OpDetail };
  /** What went over the connection in the last ten minutes, the oldest first. */
  sync_activity: { args: Record<string, never>; answer: Array<ActivityBucket> };
  /** Say that an alert has been seen to. */
  alert_dismiss: { args: { alert_id: string }; answer: Done };
  /** What two people did differently. */
  conflicts: { args: Record<string, never>; answer: Array<ConflictShown> };
}

/** What the window is told without asking. */
export interface Events {
  changed: Changed;
  link: LinkChanged;
  activity: Activity;
  progress: Progress;
  navigate: Navigate;
}
