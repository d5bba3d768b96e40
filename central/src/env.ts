/**
 * What the Worker is bound to and configured with. Must not read anything: it is the shape alone.
 */

/** The message of both queues: which row to work on. The row is the truth. */
export interface QueuedOp {
  op_id: string;
}

export interface Env {
  DB: D1Database;
  FILES: R2Bucket;
  NS_PUSH_QUEUE: Queue<QueuedOp>;
  MAIL_QUEUE: Queue<QueuedOp>;

  /** Secret. Who has it may do everything under /v1/admin. */
  ADMIN_TOKEN: string;
  /** How many days a device's token lives; 30 when empty. */
  TOKEN_DAYS?: string;
  /** The oldest device version that may speak to the central; empty: any. */
  MIN_DEVICE_VERSION?: string;

  /** The account as NetSuite writes it, e.g. `1234567_SB1`. Empty: nothing is pushed, pushes wait. */
  NETSUITE_ACCOUNT?: string;
  /** Instead of `https://<account>.suitetalk.api.netsuite.com`. */
  NETSUITE_BASE_URL?: string;
  NETSUITE_CLIENT_ID?: string;
  NETSUITE_CERTIFICATE_ID?: string;
  /** Secret: PKCS#8 PEM. */
  NETSUITE_PRIVATE_KEY?: string;

  /** Where the mail provider's API is. Empty: nothing is sent, emails wait. */
  MAIL_BASE_URL?: string;
  /** Secret. */
  MAIL_API_KEY?: string;
  MAIL_FROM?: string;

  /** How long one answer of NetSuite or of the mail provider is waited for, in seconds; 30 when empty. */
  OUTSIDE_WAIT_SECONDS?: string;
}
