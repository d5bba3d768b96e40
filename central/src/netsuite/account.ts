/**
 * The NetSuite account this central pushes to, from its configuration. Owns the addresses and what is missing. Must
 * not ask NetSuite anything.
 */

import { waitSeconds } from "../deliveries/request.ts";
import type { Env } from "../env.ts";

export interface Account {
  /** `https://<account>.suitetalk.api.netsuite.com`, without a slash at its end. */
  base: string;
  tokenUrl: string;
  clientId: string;
  certificateId: string;
  /** PKCS#8 PEM. */
  privateKey: string;
  waitSeconds: number;
}

const NEEDED = ["NETSUITE_CLIENT_ID", "NETSUITE_CERTIFICATE_ID", "NETSUITE_PRIVATE_KEY"] as const;

/** What is not configured, or null. */
export function missing(env: Env): string | null {
  if (!env.NETSUITE_ACCOUNT && !env.NETSUITE_BASE_URL) return "NETSUITE_ACCOUNT";
  return NEEDED.find((name) => !env[name]) ?? null;
}

export function accountOf(env: Env): Account {
  // In a host name `1234567_SB1` is `1234567-sb1`.
  const host = `https://${(env.NETSUITE_ACCOUNT ?? "").toLowerCase().replaceAll("_", "-")}.suitetalk.api.netsuite.com`;
  const base = (env.NETSUITE_BASE_URL || host).replace(/\/+$/, "");
  return {
    base,
    tokenUrl: `${base}/services/rest/auth/oauth2/v1/token`,
    clientId: env.NETSUITE_CLIENT_ID ?? "",
    certificateId: env.NETSUITE_CERTIFICATE_ID ?? "",
    privateKey: env.NETSUITE_PRIVATE_KEY ?? "",
    waitSeconds: waitSeconds(env.OUTSIDE_WAIT_SECONDS),
  };
}
