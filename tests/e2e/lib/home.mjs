/**
 * A folder that a scenario may fill, gone when it ends.
 *
 * Owns making and removing it. Must not put anything in it.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder; `close` removes it with all that is in it. */
export function emptyFolder() {
  const path = mkdtempSync(join(tmpdir(), "fieldquote-e2e-"));
  return {
    path,
    close() {
      // A window that was killed may still be letting go of its files.
      rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
