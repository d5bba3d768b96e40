/**
 * From a request to its answer: finds the route, asks who calls, and turns whatever goes wrong into an answer.
 * Owns that every answer is marked as this central's. Must not know what any route does.
 */

import { requireAdmin } from "../admin/gate.ts";
import type { Env } from "../env.ts";
import { signedIn } from "../devices/session.ts";
import { epochOf, lastKnownEpoch } from "../tables/meta.ts";
import { failure, marked } from "./answers.ts";
import type { Call, Route } from "./call.ts";
import { HttpError, methodNotAllowed, notFound, unavailable } from "./errors.ts";
import { routes } from "./routes.ts";

const table = routes.map((route) => ({ route, pattern: new URLPattern({ pathname: route.path }) }));

export async function answer(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  try {
    const call: Call = {
      request,
      env,
      ctx,
      url: new URL(request.url),
      params: {},
      now: new Date().toISOString(),
      epoch: await epochOf(env.DB),
    };
    const route = find(call);
    return marked(await run(route, call), call.epoch);
  } catch (error) {
    return marked(failure(told(error, request)), lastKnownEpoch());
  }
}

function find(call: Call): Route {
  const there: string[] = [];
  for (const { route, pattern } of table) {
    const match = pattern.exec({ pathname: call.url.pathname });
    if (match === null) continue;
    if (route.method !== call.request.method) {
      there.push(route.method);
      continue;
    }
    for (const [name, value] of Object.entries(match.pathname.groups)) {
      try {
        call.params[name] = decodeURIComponent(value ?? "");
      } catch {
        throw notFound("There is nothing at that address.");
      }
    }
    return route;
  }
  if (there.length > 0) throw methodNotAllowed(there);
  throw notFound("There is nothing at that address.");
}

async function run(route: Route, call: Call): Promise<Response> {
  switch (route.by) {
    case "anybody":
      return route.handle(call);
    case "admin":
      await requireAdmin(call);
      return route.handle(call);
    case "device": {
      const session = await signedIn(call);
      call.epoch = session.epoch;
      return route.handle({ ...call, session });
    }
  }
}

/** What went wrong, as it may be told. The rest goes to the log. */
function told(error: unknown, request: Request): HttpError {
  if (error instanceof HttpError) return error;
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    JSON.stringify({
      at: "request",
      method: request.method,
      path: new URL(request.url).pathname,
      message,
      stack: error instanceof Error ? error.stack : undefined,
    }),
  );
  if (message.startsWith("D1_ERROR") || message.includes("Network connection lost")) {
    return unavailable("The central's database does not answer just now.");
  }
  return new HttpError(500, "internal", "The central failed at this request.", "It is tried again; if it stays, tell who runs the central.");
}
