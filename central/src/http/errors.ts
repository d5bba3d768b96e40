/**
 * What may go wrong with a request, as it is told to a device: a code for its program, a message and a hint for
 * its person. Must not carry prices, tokens or SQL.
 */

export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const badRequest = (message: string, hint = "This device's version may not fit the central's.") =>
  new HttpError(400, "bad_request", message, hint);

export const unauthorized = (
  code: "token_missing" | "token_unknown" | "token_expired" | "device_revoked" | "user_inactive",
  message: string,
  hint: string,
) => new HttpError(401, code, message, hint);

export const notAllowed = (message: string, hint: string) => new HttpError(403, "not_allowed", message, hint);

export const notFound = (message: string, hint = "Check the address.") =>
  new HttpError(404, "not_found", message, hint);

export const methodNotAllowed = (allowed: string[]) =>
  new HttpError(405, "method_not_allowed", "That address does not take this method.", `It takes ${allowed.join(", ")}.`, {
    Allow: allowed.join(", "),
  });

export const cursorGone = (message: string) =>
  new HttpError(410, "cursor_gone", message, "The device begins from the beginning; nothing that waits is lost.");

export const tooLarge = (message: string, hint: string) => new HttpError(413, "too_large", message, hint);

export const unsupportedMediaType = (wanted: string) =>
  new HttpError(415, "unsupported_media_type", `This address takes ${wanted}.`, `Send Content-Type: ${wanted}.`);

export const unprocessable = (message: string, hint: string) => new HttpError(422, "unprocessable", message, hint);

export const tooManyRequests = (message: string, seconds: number) =>
  new HttpError(429, "too_many_requests", message, `Try again in ${seconds} seconds.`, { "Retry-After": String(seconds) });

export const unavailable = (message: string, seconds = 5) =>
  new HttpError(503, "unavailable", message, "It is tried again by itself.", { "Retry-After": String(seconds) });
