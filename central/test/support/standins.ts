/**
 * NetSuite and the mail provider for tests: the stand-ins' program beside the Worker. Owns starting it, telling it
 * what is to go wrong, and reading what it saw.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../dev/build.mjs";

const PROGRAM = process.env.STANDINS ?? join(ROOT, "../target/debug/standins");

export interface Fault {
  fault: "too_many_requests" | "internal_error" | "hang" | "drop" | "slow";
  times?: number;
  method?: "GET" | "PUT" | "POST";
  after_commit?: boolean;
  retry_after?: string;
  milliseconds?: number;
}

export interface SeenEstimate {
  id: number;
  external_id: string;
  entity: string;
  fields: Record<string, string>;
  lines: { item: string; quantity: string; rate: string; amount: string; description: string }[];
  total: string;
  writes: number;
}

export interface NetSuiteSeen {
  estimates: SeenEstimate[];
  requests: Record<"GET" | "PUT" | "POST" | "token", number>;
  tokens: number;
  most_writes_at_once: Record<string, number>;
  refusals: string[];
}

export interface MailSeen {
  messages: {
    from: string;
    to: string[];
    reply_to: unknown;
    subject: string;
    text: string;
    attachments: { filename: string; size: number; sha256: string }[];
    idempotency_key: string;
  }[];
  requests: number;
  refusals: string[];
}

export interface StandIns {
  /** What the Worker is configured with to speak to them. It waits a second for an answer. */
  vars: Record<string, string>;
  netsuite: Service<NetSuiteSeen> & { estimate(externalId: string): Promise<SeenEstimate[]> };
  mail: Service<MailSeen>;
  stop(): void;
}

export interface Service<Seen> {
  seen(): Promise<Seen>;
  control(wanted: Record<string, unknown>): Promise<void>;
  /** From now on these go wrong, and nothing that was ordered before. */
  faults(...faults: Fault[]): Promise<void>;
}

export async function startStandIns(...more: string[]): Promise<StandIns> {
  const folder = mkdtempSync(join(tmpdir(), "standins-"));
  const keyFile = join(folder, "key.pem");
  const program = spawn(PROGRAM, ["--key-out", keyFile, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((told, failed) => {
    createInterface(program.stdout).once("line", told);
    program.once("error", failed);
    program.once("exit", (code) => failed(new Error(`${PROGRAM} ended with ${code}`)));
  });
  const { netsuite, mail } = JSON.parse(line);
  const records = service<NetSuiteSeen>(netsuite.url);
  const key = readFileSync(keyFile, "utf8");
  rmSync(folder, { recursive: true });
  return {
    vars: {
      NETSUITE_BASE_URL: netsuite.url,
      NETSUITE_CLIENT_ID: netsuite.client_id,
      NETSUITE_CERTIFICATE_ID: netsuite.certificate_id,
      NETSUITE_PRIVATE_KEY: key,
      MAIL_BASE_URL: mail.url,
      MAIL_API_KEY: mail.api_key,
      MAIL_FROM: "Quotes <quotes@fieldquote.example>",
      OUTSIDE_WAIT_SECONDS: "1",
    },
    netsuite: {
      ...records,
      estimate: async (externalId) => (await records.seen()).estimates.filter((one) => one.external_id === externalId),
    },
    mail: service<MailSeen>(mail.url),
    stop: () => void program.removeAllListeners("exit").kill(),
  };
}

function service<Seen>(url: string): Service<Seen> {
  const control = async (wanted: Record<string, unknown>): Promise<void> => {
    const answer = await fetch(`${url}/_control`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wanted),
    });
    if (!answer.ok) throw new Error(`_control: ${answer.status} ${await answer.text()}`);
  };
  return {
    seen: async () => (await (await fetch(`${url}/_seen`)).json()) as Seen,
    control,
    faults: (...faults) => control({ clear: true, faults }),
  };
}
