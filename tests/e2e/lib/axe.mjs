/**
 * Accessibility of what is on the screen, by axe-core.
 *
 * Owns the rules asked for: WCAG 2.0 to 2.2, A and AA, and best practices. Must not leave a rule out.
 */

import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with the view on the screen, a line a rule with the elements it is about. */
export async function violations(window) {
  if (!(await window.browser.executeScript("return Boolean(window.axe)"))) {
    await window.browser.executeScript(source);
  }
  const found = await window.browser.executeAsyncScript(
    `const [tags, done] = arguments;
     window.axe.run(document, { runOnly: tags }).then((found) => done(found.violations), (error) => done({ error: String(error) }));`,
    TAGS,
  );
  if (found.error) throw new Error(found.error);
  return found.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.any?.[0]?.message ?? ""}`);
    return `${id}: ${help} (${nodes.length})\n    ${where.join("\n    ")}`;
  });
}
