// The commands of the shell and the shapes they speak in. Money, percentages, ids, dates and moments are text.

export type JsonValue = number | string | boolean | null | JsonValue[] | { [key in string]: JsonValue };
export type Nothing = Record<string, never>;

// Vocabularies
export type ActionStatus = "pending" | "approved" | "rejected" | "expired" | "voided";
export type Code =
  | "bad_input" | "bad_row" | "not_found" | "no_profile" | "profile_exists" | "key_missing" | "schema_mismatch"
  | "draft_incomplete" | "draft_conflict" | "not_pending" | "action_changed" | "not_allowed" | "bad_contract"
  | "wrong_state" | "audit_broken" | "render_failed" | "busy" | "offline" | "unavailable" | "sign_in_needed" | "storage";
export type CustomerType = "district" | "coop" | "distributor";
export type EntityStatus = "active" | "hold" | "inactive";
export type FlagKind =
  | "customer_on_hold" | "customer_inactive" | "letterhead_unset" | "over_credit_limit" | "duplicate_open_quote"
  | "missing_cost" | "zero_price" | "below_floor" | "new_item" | "stale_price" | "discontinued_item"
  | "several_programs" | "donated_food_exceeds_price";
export type Lifecycle =
  | "draft" | "proposed" | "approved" | "sent" | "accepted" | "declined" | "expired" | "superseded" | "cancelled";
export type PriceSource = "current" | "last_year" | "moved" | "given" | "missing";
export type Program = "commercial" | "noi" | "ffs" | "rebate" | "direct_discount";
export type RunStatus =
  | "running" | "awaiting_approval" | "retrying" | "compensating" | "completed" | "blocked" | "rejected" | "expired"
  | "withdrawn" | "failed" | "overruled";
export type VerifyStatus = "pending" | "passed" | "failed" | "skipped";
export type OpState = "waiting" | "parked" | "acknowledged" | "discarded";
export type DraftStatus = "open" | "submitted" | "closed";
export type Table = "customers" | "customer_profiles" | "customer_programs" | "spec_items" | "pricing_master";
export type Severity = "block" | "warn";
export type CheckOutcome = "passed" | "failed" | "unknown";
export type Slot = "customer" | "school_year" | "item" | "line" | "quantity" | "price";
export type ConflictField = "customer" | "school_year" | "quantity" | "price" | "removal";

// Profile and application
export type AppState = {
  profile: "none" | "locked" | "open";
  home: string;
  user: string | null;
  role: string | null;
  can_decide: boolean;
  sample: boolean;
  connected: boolean;
  keyring: boolean;
  version: string;
};
export type ProfileCreated = { home: string; user: string; recovery_key: string };
export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";
export type Preferences = { theme: Theme; density: Density };
export type LastEnding = { state: string; message: string };
export type Overview = {
  approvals_pending: number;
  approvals_flagged: number;
  drafts_open: number;
  conflicts: number;
  parked: number;
  waiting: number;
  alerts: number;
  runs_active: number;
  sync: LastEnding;
  connected: boolean;
  sentence: string;
  verified_current_as_of: string | null;
  data_as_of: string | null;
  latest_run: RunListed | null;
};
export type FoundKind = "customer" | "item" | "quote" | "action" | "draft" | "run";
export type Found = { kind: FoundKind; id: string; title: string; detail: string };
export type Company = {
  name: string;
  address: string[];
  phone: string;
  email: string;
  website: string;
  terms: string[];
  validity_days: number;
};

// Customers, items, prices
export type Customer = {
  id: string;
  name: string;
  customer_type: CustomerType;
  city: string | null;
  state: string | null;
  zip: string | null;
  address1: string | null;
  entitystatus: EntityStatus;
  netsuite_id: string | null;
  terms: string | null;
  price_level: string | null;
  sales_rep: string | null;
  contact_name: string | null;
  contact_email: string | null;
  contact_phone: string | null;
  aliases: string[];
};
export type ProgramTerms = { distributor_fee?: string; service_fee?: string };
export type CustomerProgram = {
  id: string;
  customer_id: string;
  program: Program;
  status: string;
  school_year: string;
  df_code: string | null;
  terms: ProgramTerms;
  deleted_at: string | null;
};
export type CustomerListed = {
  id: string;
  name: string;
  city: string | null;
  state: string | null;
  customer_type: CustomerType;
  entitystatus: EntityStatus;
  sales_rep: string | null;
  open_quotes: number;
};
export type CustomerPage = {
  customer: Customer;
  exposure: Exposure | null;
  last_quote_event: string | null;
  programs: CustomerProgram[];
  years: string[];
  price_count: number;
  quotes: QuoteListed[];
  actions: ActionListed[];
};
export type YearPrice = { school_year: string; case_price: string; margin: string | null };
export type CustomerPriceListed = { item_code: string; description: string; pack: string | null; prices: YearPrice[] };
export type Item = {
  item_code: string;
  description: string;
  netsuite_id: string | null;
  brand: string | null;
  category: string | null;
  catalog: string | null;
  pack: string | null;
  net_weight_lb: string | null;
  servings_per_case: number | null;
  serving_size: string | null;
  cn_number: string | null;
  df_code: string | null;
  df_lb_per_case: string | null;
  df_value_per_lb: string | null;
  status: string;
  aliases: string[];
};
export type ItemYear = { school_year: string; customers: number; lowest: string; highest: string; average: string };
export type ItemPage = { item: Item; years: ItemYear[]; quotes: QuoteListed[] };
export type PriceListed = {
  customer_id: string;
  customer_name: string;
  item_code: string;
  description: string;
  school_year: string;
  case_price: string;
  margin: string | null;
};
export type PriceQuoted = { quote_id: string; at: string; case_price: string; lifecycle_status: Lifecycle };
export type PriceHistory = { years: YearPrice[]; quoted: PriceQuoted[] };

// Worries
export type Flag = { kind: FlagKind; line_no: number | null; message: string };
export type Exposure = {
  credit_limit: string | null;
  ar_balance: string;
  open_quotes: string;
  open_quote_count: number;
  this_quote: string;
  total: string;
  over_limit: boolean;
};
export type PriceChange = { item_code: string; from: string | null; to: string; last_year: string | null };

// Quotes
export type QuoteCustomer = {
  id: string;
  name: string;
  customer_type: CustomerType;
  address1: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  contact_name: string | null;
  contact_email: string | null;
  contact_phone: string | null;
  terms: string | null;
  sales_rep: string | null;
  netsuite_id: string | null;
};
export type QuoteLine = {
  line_no: number;
  line_id: string;
  item_code: string;
  description: string;
  brand: string | null;
  pack: string | null;
  net_weight_lb: string | null;
  servings_per_case: number | null;
  serving_size: string | null;
  cn_number: string | null;
  netsuite_id: string | null;
  quantity: number;
  case_price: string;
  price_source: PriceSource;
  last_year_price: string | null;
  cost_basis: string | null;
  program: Program;
  df_code: string | null;
  df_lb_per_case: string | null;
  df_value: string | null;
  fee: string | null;
  net_price: string;
  refund: string | null;
  extended: string;
  note: string | null;
};
export type QuoteTotals = { cases: number; commercial: string; df_value: string; total: string; refund: string };
export type Quote = {
  id: string;
  revision_of: string | null;
  customer: QuoteCustomer;
  school_year: string;
  issued_on: string;
  valid_until: string;
  price_from: string;
  price_to: string;
  lines: QuoteLine[];
  notes: string[];
  include_pdf: boolean;
  prepared_by: string;
  totals: QuoteTotals;
};
export type QuoteListed = {
  quote_id: string;
  customer_id: string;
  customer_name: string;
  school_year: string;
  lifecycle_status: Lifecycle;
  generated_at: string;
  valid_until: string;
  total: string;
  prepared_by: string;
  revision_of: string | null;
  superseded_by: string | null;
};
export type QuoteOutcome = {
  outcome: Lifecycle;
  reason: string;
  competitor: string | null;
  note: string | null;
  by: string;
  at: string;
};
export type QuoteShown = QuoteListed & {
  snapshot_hash: string;
  quote: Quote;
  margins: string[];
  pdf_sha256: string | null;
  run_id: string | null;
  draft_id: string | null;
  next: Lifecycle[];
  outcome: QuoteOutcome | null;
  revisions: string[];
  email_sent_at: string | null;
  alerts: Alert[];
};
export type QuotesFacets = { school_years: string[]; lifecycles: { lifecycle: Lifecycle; count: number }[] };
export type FieldDifference = { field: string; from: string; to: string };
export type LineDifference = { item_code: string; change: string; fields: FieldDifference[] };
export type Differences = {
  from: string;
  to: string;
  fields: FieldDifference[];
  lines: LineDifference[];
  total_moved: string;
};
export type Pdf = { base64: string; sha256: string; pages: number; stored: boolean };
export type PdfWritten = { quote_id: string; file: string; sha256: string; size: number; stored: boolean };

// Drafts
export type DraftListed = {
  draft_id: string;
  status: DraftStatus;
  customer_name: string | null;
  school_year: string | null;
  line_count: number;
  total: string;
  conflict_count: number;
  quote_id: string | null;
  revision_of: string | null;
  drafted_by: string;
  updated_at: string;
};
export type CustomerShown = { id: string; name: string; city: string | null; state: string | null };
export type LineShown = {
  line_id: string;
  item_code: string;
  description: string | null;
  pack: string | null;
  quantity: number | null;
  case_price: string | null;
  price_source: PriceSource;
  price_rule: string;
  price: string;
  last_year_price: string | null;
  margin: string | null;
  note: string | null;
  margin_pct: string | null;
  below_floor: boolean | null;
  vs_last_year: string | null;
  program: Program | null;
  df_value: string | null;
  net_price: string | null;
  extended: string | null;
  flags: Flag[];
};
export type RemovedShown = {
  line_id: string;
  item_code: string;
  quantity: number | null;
  changed_meanwhile: boolean;
};
export type Choice = { number: number; label: string; detail: string; words: string[]; changes: JsonValue[] };
export type Question = { slot: Slot; prompt: string; choices: Choice[]; lines?: string[]; deferred?: JsonValue[] };
export type Understood = { said: string; meant: string; why: string };
export type Claim = { value: string; by: string | null };
export type Conflict = { field: ConflictField; line_id: string | null; values: Claim[] };
export type Preview = {
  quote: Quote;
  flags: Flag[];
  exposure: Exposure;
  price_changes: PriceChange[];
  data_as_of: string | null;
};
export type DraftShown = {
  draft_id: string;
  status: DraftStatus;
  quote_id: string | null;
  revision_of: string | null;
  customer: CustomerShown | null;
  school_year: string | null;
  lines: LineShown[];
  removed: RemovedShown[];
  include_pdf: boolean;
  valid_until: string | null;
  notes: string[];
  commercial_total: string;
  questions: Question[];
  conflicts: Conflict[];
  missing: string | null;
  ready: boolean;
  drafted_by: string;
  updated_at: string;
  can_undo: boolean;
  can_redo: boolean;
  undo_label: string | null;
  redo_label: string | null;
  action_id: string | null;
  preview: Preview | null;
};
export type Answer = DraftShown & { understood: Understood[]; answers: string[] };
export type MessageShown = {
  said_by: string;
  said_at: string;
  message: string;
  understood: Understood[];
  answers: string[];
  questions: Question[];
};
export type DraftEdit =
  | { edit: "set_customer"; customer_id: string }
  | { edit: "set_school_year"; school_year: string }
  | { edit: "add_line"; item_code: string; quantity: number | null; price: string | null }
  | { edit: "set_quantity"; line_id: string; quantity: number }
  | { edit: "set_price"; line_id: string; price: string }
  | { edit: "set_note"; line_id: string; note: string | null }
  | { edit: "move_line"; line_id: string; after: string | null }
  | { edit: "remove_line"; line_id: string }
  | { edit: "restore_line"; line_id: string }
  | { edit: "duplicate_line"; line_id: string }
  | { edit: "set_include_pdf"; include_pdf: boolean }
  | { edit: "set_valid_until"; valid_until: string | null }
  | { edit: "add_note"; text: string }
  | { edit: "clear_notes" };
export type Submission = {
  draft_id: string;
  heads: string[];
  quote: Quote;
  quote_hash: string;
  price_changes: PriceChange[];
  flags: Flag[];
  exposure: Exposure;
  data_as_of: string | null;
};
export type Submitted = { action_id: string; quote_id: string; payload_hash: string; flags: Flag[]; total: string };

// Approvals
export type ActionListed = {
  action_id: string;
  action_type: string;
  status: ActionStatus;
  summary: string;
  risk_level: number;
  customer_id: string | null;
  quote_id: string | null;
  draft_id: string | null;
  run_id: string | null;
  drafted_by: string;
  created_at: string;
  expires_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_note: string | null;
  self_decided: boolean;
  flag_count: number;
  customer_name: string | null;
  total: string | null;
  worst_margin: string | null;
  worst_margin_known: boolean;
  flags: FlagKind[];
  payload_hash: string;
};
export type CheckResult = { id: string; rule: string; severity: Severity; outcome: CheckOutcome; because?: string[] };
export type PlannedWrite = {
  label: string;
  table: string;
  reads?: string[];
  sql: string;
  binds: string[];
  rows: JsonValue[][];
};
export type PlannedStep = { id: string; kind: string } & (
  | { does: "skip"; reason: string }
  | { does: "write"; writes: PlannedWrite[] }
  | {
      does: "document";
      path: string;
      method: string;
      body: string;
      object: string;
      sha256: string;
      size: number;
      pages: number;
      replaced: number;
    }
  | { does: "email_draft"; action_type: string; email: JsonValue }
  | { does: "push"; queue: string; record: string; payload: JsonValue }
  | { does: "send"; queue: string; message: JsonValue }
);
export type GatePreview = { run_id: string; payload_hash: string; checks: CheckResult[]; releases: PlannedStep[] };
export type ContractNamed = { name: string; version: number; hash: string };
export type EmailShown = { to: string; subject: string; body: string; attachment: string | null };
export type LineReview = {
  line_no: number;
  margin: string;
  below_floor: boolean | null;
  vs_last_year: string | null;
};
export type Shows =
  | { kind: "quote_draft"; submission: Submission; gate: GatePreview; lines: LineReview[] }
  | {
      kind: "gate";
      contract: ContractNamed;
      run_id: string;
      quote: Quote | null;
      price_changes: PriceChange[];
      flags: Flag[];
      exposure: Exposure | null;
      checks: CheckResult[];
      releases: PlannedStep[];
      approver: string;
      self_approval: string;
      data_as_of: string | null;
      lines: LineReview[];
    }
  | { kind: "email"; email: EmailShown; quote_id: string }
  | { kind: "other" };
export type ActionShown = ActionListed & {
  action_key: string;
  payload: JsonValue;
  void_reason: string | null;
  replaced_by: string | null;
  shows: Shows;
  editable: boolean;
  self_approval: boolean;
};
export type Decision = {
  action_id: string;
  verdict: ActionStatus;
  payload_hash: string;
  drafted_by: string;
  decided_by: string;
  decided_at: string;
  note: string | null;
};
export type Decided = {
  decision: Decision;
  self_decided: boolean;
  run_id: string | null;
  run_status: RunStatus | null;
  next_action: string | null;
  released: boolean;
};
export type Refusal = { code: Code; message: string; hint: string };
export type BulkResult = {
  action_id: string;
  ok: boolean;
  run_status: RunStatus | null;
  next_action: string | null;
  error: Refusal | null;
};

// Runs
export type RunListed = {
  run_id: string;
  contract: string;
  status: string;
  quote_id: string | null;
  customer_id: string | null;
  started_by: string;
  started_at: string;
  completed_at: string | null;
  customer_name: string | null;
  step: string | null;
};
export type Moment = { at: string; after_ms: number; event: string; text: string };
export type StepShown = {
  step: string;
  kind: string;
  state: JsonValue;
  attempts: number;
  evidence: JsonValue;
  undoable: boolean;
};
export type OpShown = {
  op_id: string;
  kind: string;
  step: string | null;
  state: OpState;
  attempts: number;
  error: string | null;
};
export type VerifyShown = {
  run_id: string;
  check: string;
  status: string;
  evidence: JsonValue;
  checked_at: string | null;
};
export type RunShown = RunListed & {
  contract_version: number;
  contract_hash: string;
  checks: CheckResult[];
  timeline: Moment[];
  steps: StepShown[];
  outbox: OpShown[];
  verification: VerifyShown[];
  event: string | null;
  narrative: string | null;
  alerts: string[];
  decisions: number;
};
export type Swept = { expired: string[]; resumed: string[]; results: VerifyShown[] };

// Sync
export type Account = {
  url: string;
  device_id: string;
  user: string;
  role: string;
  territory: string | null;
  token_expires_at: string;
};
export type Connected = Account & { token_kept: string; waiting: number };
export type Disconnected = { user: string; kept: number };
export type Alert = { id: string; message: string; since: string };
export type HeldBack = { created_by: string; waiting: number };
export type QueuedOp = {
  op_id: string;
  about: string;
  kind: string;
  since: string;
  attempts: number;
  error_code: string | null;
  error: string | null;
};
export type SyncStatus = {
  connected: boolean;
  account: Account | null;
  state: string;
  last: LastEnding;
  waiting: number;
  parked: number;
  acknowledged: number;
  discarded: number;
  to_fetch: number;
  held: HeldBack[];
  verified_current_as_of: string | null;
  data_as_of: string | null;
  next: QueuedOp[];
  parked_items: QueuedOp[];
  blocked: string[];
  alerts: Alert[];
};
export type OpDetail = {
  op: QueuedOp;
  after: string | null;
  payload: JsonValue;
  quote_id: string | null;
  draft_id: string | null;
  action_id: string | null;
  guidance: string;
  retry_helps: boolean;
};
export type ActivityPoint = { at: string; sent: number; received: number };
export type ConflictShown =
  | { kind: "draft"; draft_id: string; customer_name: string | null; conflicts: Conflict[] }
  | { kind: "decision"; action_id: string; summary: string; void_reason: string; yours: string; theirs: string };

// Settings
export type BadRow = { line: number; column: string; message: string };
export type ImportPreview = {
  table: Table;
  header: string[];
  sample: string[][];
  total: number;
  good: number;
  bad: BadRow[];
  bad_count: number;
  new_rows: number;
  changed_rows: number;
};
export type Imported = { table: Table; rows: number; skipped: number; bad_rows: BadRow[] };
export type Exported = { table: Table; rows: number; file: string };
export type BackedUp = { file: string; size: number };
export type Finding = { check: string; ok: boolean; detail: string };
export type Diagnosis = { ok: boolean; findings: Finding[] };
export type Audited = {
  decisions: number;
  received: number;
  overruled: number;
  head: string;
  self_approved: number;
  anchored: boolean;
};

export type Page<T> = { rows: T[]; total: number };

export type Commands = {
  app_state: { args: Nothing; answer: AppState };
  profile_create: { args: { user: string; sample: boolean; passphrase: string | null }; answer: ProfileCreated };
  profile_unlock: { args: { passphrase: string | null; recovery_key: string | null }; answer: AppState };
  preferences: { args: Nothing; answer: Preferences };
  preferences_set: { args: { preferences: Preferences }; answer: Preferences };
  overview: { args: Nothing; answer: Overview };
  find: { args: { text: string }; answer: Found[] };

  drafts: { args: Nothing; answer: DraftListed[] };
  draft: { args: { draft_id: string }; answer: DraftShown };
  draft_new: { args: Nothing; answer: DraftShown };
  chat: { args: { draft_id: string | null; message: string }; answer: Answer };
  draft_answer: { args: { draft_id: string; number: number }; answer: Answer };
  draft_messages: { args: { draft_id: string }; answer: MessageShown[] };
  draft_edit: { args: { draft_id: string; edits: DraftEdit[] }; answer: DraftShown };
  draft_resolve: {
    args: { draft_id: string; field: ConflictField; line_id: string | null; value: string };
    answer: DraftShown;
  };
  draft_undo: { args: { draft_id: string }; answer: DraftShown };
  draft_redo: { args: { draft_id: string }; answer: DraftShown };
  draft_submit: { args: { draft_id: string }; answer: Submitted };
  draft_pdf: { args: { draft_id: string }; answer: Pdf };

  actions: { args: { status: ActionStatus | null }; answer: ActionListed[] };
  action: { args: { action_id: string }; answer: ActionShown };
  action_approve: { args: { action_id: string; payload_hash: string; note: string | null }; answer: Decided };
  action_release: {
    args: {
      action_id: string;
      payload_hash: string;
      preview_run_id: string;
      preview_hash: string;
      note: string | null;
    };
    answer: Decided;
  };
  action_reject: { args: { action_id: string; reason: string }; answer: Decided };
  action_edit_email: {
    args: { action_id: string; to: string; subject: string; body: string };
    answer: { action_id: string };
  };
  action_edit_lines: { args: { action_id: string; edits: DraftEdit[] }; answer: Submitted };
  actions_approve: { args: { actions: { action_id: string; payload_hash: string }[] }; answer: BulkResult[] };
  action_pdf: { args: { action_id: string }; answer: Pdf };

  quotes: {
    args: {
      text: string;
      lifecycle: Lifecycle | null;
      school_year: string | null;
      customer_id: string | null;
      offset: number;
      limit: number;
    };
    answer: Page<QuoteListed>;
  };
  quote: { args: { quote_id: string }; answer: QuoteShown };
  quote_pdf: { args: { quote_id: string }; answer: Pdf };
  quote_pdf_save: { args: { quote_id: string; path: string }; answer: PdfWritten };
  quote_diff: { args: { from: string; to: string }; answer: Differences };
  quote_revise: { args: { quote_id: string }; answer: DraftShown };
  quote_duplicate: { args: { quote_id: string; school_year: string | null }; answer: DraftShown };
  quote_outcome: {
    args: {
      quote_id: string;
      outcome: "accepted" | "declined";
      reason: string;
      competitor: string | null;
      note: string | null;
    };
    answer: QuoteShown;
  };
  quotes_facets: { args: Nothing; answer: QuotesFacets };

  customers: { args: { text: string; offset: number; limit: number }; answer: Page<CustomerListed> };
  customer: { args: { customer_id: string }; answer: CustomerPage };
  customer_prices: {
    args: { customer_id: string; text: string; offset: number; limit: number };
    answer: Page<CustomerPriceListed>;
  };
  items: { args: { text: string; category: string | null; offset: number; limit: number }; answer: Page<Item> };
  item_categories: { args: Nothing; answer: string[] };
  item: { args: { item_code: string }; answer: ItemPage };
  prices: {
    args: { text: string; school_year: string | null; offset: number; limit: number };
    answer: Page<PriceListed>;
  };
  price_history: { args: { customer_id: string; item_code: string }; answer: PriceHistory };

  runs: { args: Nothing; answer: RunListed[] };
  run: { args: { run_id: string }; answer: RunShown };
  run_resume: { args: { run_id: string }; answer: { status: string } };
  verify_now: { args: Nothing; answer: Swept };

  sync_status: { args: Nothing; answer: SyncStatus };
  sync_connect: { args: { url: string; code: string; device_name: string }; answer: Connected };
  sync_disconnect: { args: Nothing; answer: Disconnected };
  sync_now: { args: Nothing; answer: Nothing };
  sync_retry: { args: { op_id: string }; answer: Nothing };
  sync_discard: { args: { op_id: string }; answer: Nothing };
  sync_operation: { args: { op_id: string }; answer: OpDetail };
  sync_activity: { args: Nothing; answer: ActivityPoint[] };
  alert_dismiss: { args: { alert_id: string }; answer: Nothing };
  conflicts: { args: Nothing; answer: ConflictShown[] };

  company: { args: Nothing; answer: Company };
  company_set: { args: { company: Company }; answer: Company };
  import_preview: { args: { table: Table; name: string; text: string }; answer: ImportPreview };
  import_run: {
    args: { table: Table; name: string; text: string; skip_bad: boolean; task: string };
    answer: Imported;
  };
  import_template: { args: { table: Table }; answer: { text: string } };
  export_data: { args: { folder: string }; answer: Exported[] };
  backup: { args: { path: string; passphrase: string }; answer: BackedUp };
  default_folder: { args: Nothing; answer: { path: string } };
  doctor: { args: Nothing; answer: Diagnosis };
  audit_verify: { args: Nothing; answer: Audited };
  task_cancel: { args: { task: string }; answer: Nothing };
};
