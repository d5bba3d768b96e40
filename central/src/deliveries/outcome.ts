/**
 * How an attempt to deliver something can end, other than well. Owns the two endings a service's answer is read as;
 * any other error is this program's own trouble and counts as no attempt.
 */

/** It may go well later. */
export class TryAgain extends Error {
  constructor(
    why: string,
    /** How long the service asked to be left alone, in milliseconds. */
    readonly retryAfterMs = 0,
  ) {
    super(why);
  }
}

/** It will never go well as it is: a person must act. */
export class Refused extends Error {}
