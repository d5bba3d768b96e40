/**
 * The signed assertion a token is asked for with: a JWT, PS256 or ES256 by the type of the key. Owns its form and
 * the signing. Must not keep the key or say anything of it.
 */

import type { Account } from "./account.ts";

/** NetSuite takes up to an hour; this one is used at once. */
const LIFE_SECONDS = 300;

const KINDS = [
  {
    alg: "PS256",
    /** rsaEncryption, as DER writes it into a PKCS#8 key. */
    oid: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
    key: { name: "RSA-PSS", hash: "SHA-256" },
    signing: { name: "RSA-PSS", saltLength: 32 },
  },
  {
    alg: "ES256",
    /** id-ecPublicKey. */
    oid: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
    key: { name: "ECDSA", namedCurve: "P-256" },
    signing: { name: "ECDSA", hash: "SHA-256" },
  },
] as const;

export async function assertion(account: Account, nowSeconds: number): Promise<string> {
  const der = derOf(account.privateKey);
  const kind = KINDS.find(({ oid }) => holds(der.subarray(0, 32), oid));
  if (kind === undefined) throw new Error("NETSUITE_PRIVATE_KEY is neither an RSA nor an EC key");
  const key = await crypto.subtle.importKey("pkcs8", der, kind.key, false, ["sign"]);
  const head = { typ: "JWT", alg: kind.alg, kid: account.certificateId };
  const claims = {
    iss: account.clientId,
    scope: ["rest_webservices"],
    aud: account.tokenUrl,
    iat: nowSeconds,
    exp: nowSeconds + LIFE_SECONDS,
  };
  const text = new TextEncoder();
  const signed = `${base64url(text.encode(JSON.stringify(head)))}.${base64url(text.encode(JSON.stringify(claims)))}`;
  const signature = await crypto.subtle.sign(kind.signing, key, text.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

function derOf(pem: string): Uint8Array {
  const inside = pem.match(/-----BEGIN PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----/)?.[1];
  if (inside === undefined) throw new Error("NETSUITE_PRIVATE_KEY is not a PKCS#8 PEM");
  return Uint8Array.from(atob(inside.replace(/\s/g, "")), (char) => char.charCodeAt(0));
}

function holds(bytes: Uint8Array, part: readonly number[]): boolean {
  return bytes.some((_, at) => part.every((byte, offset) => bytes[at + offset] === byte));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
