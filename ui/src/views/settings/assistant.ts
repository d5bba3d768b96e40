// The assistant as a form: what was typed and what is wrong with it. Rust has the last word. Pure.

import type { AssistantShown } from "../../lib/gen/api";

export type Typed = { url: string; model: string; key: string };

/** The fields for what there is; a key is never shown again. */
export function typedOf(stands?: AssistantShown): Typed {
  return { url: stands?.url ?? "", model: stands?.model ?? "", key: "" };
}

/** What is wrong, by field; empty when all is right. */
export function problems(typed: Typed): { url?: string; model?: string } {
  return {
    ...(/^https?:\/\/\S+$/i.test(typed.url.trim()) ? {} : { url: "An address begins with http:// or https://." }),
    ...(typed.model.trim() ? {} : { model: "Say which model." }),
  };
}
