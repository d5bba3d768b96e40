/**
 * What the window costs over a large profile: start to usable, keystroke to paint, memory.
 *
 * Owns making the profile (a million prices; 50,000 customers and 20,000 items beside the market's own) and measuring
 * what a person waits for, beside a floor in the same run. Judges nothing: these are measurements, not tests.
 *
 *   node measure.mjs [FOLDER]      the profile is kept in FOLDER and used again
 */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

import { openScreen } from "./lib/screen.mjs";
import { Key, openWindow, root } from "./lib/window.mjs";

const bin = `${root}/target/release`;
const folder = process.argv[2] ?? `${root}/out/measure`;
const home = `${folder}/profile`;
const passphrase = "measured";
const env = { ...process.env, FIELDQUOTE_HOME: home, FIELDQUOTE_PASSPHRASE: passphrase };

const PLACES = ["Cedar", "Maple", "Granite", "Prairie", "Harbor", "Summit", "Valley", "River", "Lake", "Forest"];
const KINDS = ["Unified School District", "Community Schools", "Independent School District", "Public Schools", "Co-op"];
const FOODS = ["Pizza", "Burrito", "Waffle", "Nugget", "Muffin", "Patty", "Ravioli", "Juice", "Beans", "Sauce"];

function profile() {
  if (existsSync(`${home}/fieldquote.db`)) return;
  mkdirSync(folder, { recursive: true });
  console.log("Making a profile with a million prices …");
  execFileSync(`${bin}/large_profile`, ["--home", home, "--prices", "1000000"], { env, stdio: "inherit" });
  const customers = ["id,name,city,state,entitystatus"];
  for (let n = 0; n < 50_000; n += 1) {
    const name = `${PLACES[n % 10]} ${PLACES[Math.floor(n / 10) % 10]} ${n} ${KINDS[n % 5]}`;
    customers.push(`X${n},${name},${PLACES[n % 10]} City,IA,active`);
  }
  const items = ["item_code,description,pack"];
  for (let n = 0; n < 20_000; n += 1) items.push(`9${String(n).padStart(5, "0")},"${FOODS[n % 10]}, No. ${n}, WG",${(n % 90) + 6} ct`);
  for (const [table, lines] of [["customers", customers], ["spec_items", items]]) {
    writeFileSync(`${folder}/${table}.csv`, `${lines.join("\n")}\n`);
    execFileSync(`${bin}/fieldquote`, ["import", table, `${folder}/${table}.csv`], { env, stdio: "inherit" });
  }
}

/** Every process below one. */
function family(pid) {
  const parents = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return [[Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1].split(" ")[1])]];
    } catch {
      return []; // It has ended.
    }
  });
  const found = [pid];
  for (const parent of found) found.push(...parents.filter(([, of]) => of === parent).map(([child]) => child));
  return found;
}

const named = (pids, name) => pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(name));

/** When a process was started, in milliseconds of the clock on the wall. */
function startedAt(pid) {
  const ticks = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[19]);
  const booted = Number(readFileSync("/proc/stat", "utf8").match(/^btime (\d+)$/m)[1]);
  const now = Date.now();
  const up = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Math.abs(now - up * 1000 - booted * 1000) < 2_000 ? now - up * 1000 + ticks * 10 : booted * 1000 + ticks * 10;
}

/** Proportional memory of these processes, in MB. */
function memory(pids) {
  return pids.reduce((sum, pid) => {
    const pss = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+) kB$/m)?.[1] ?? "0";
    return sum + Number(pss) / 1024;
  }, 0);
}

const sorted = (list) => [...list].sort((one, other) => one - other);
const at = (list, part) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * part))];
const told = (list) =>
  `median ${at(list, 0.5).toFixed(1)} ms · p95 ${at(list, 0.95).toFixed(1)} ms · worst ${at(list, 1).toFixed(1)} ms (${list.length})`;

/** How long each key takes from being pressed to the frame that shows its result. */
async function keystrokes(window, path, field, text) {
  await window.go(path);
  await window.find(field);
  await window.browser.executeScript(`
    window.__keys = [];
    window.__before?.();
    let pressed = null;
    const press = (event) => { if (event.key.length === 1) pressed = event.timeStamp; };
    document.addEventListener("keydown", press, true);
    const observer = new MutationObserver(() => {
      if (pressed === null) return;
      const began = pressed;
      requestAnimationFrame(() => requestAnimationFrame((now) => {
        if (pressed !== began) return;
        pressed = null;
        window.__keys.push(now - began);
      }));
    });
    observer.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
    window.__before = () => {
      document.removeEventListener("keydown", press, true);
      observer.disconnect();
    };`);
  const input = await window.find(field);
  await input.click();
  for (let turn = 0; turn < 4; turn += 1) {
    for (const letter of text) {
      await input.sendKeys(letter);
      await window.browser.sleep(150);
    }
    await input.sendKeys(Key.chord(Key.CONTROL, "a"), Key.BACK_SPACE);
    await window.browser.sleep(250);
  }
  return window.browser.executeScript("return window.__keys");
}

/** How long the shell takes to answer, asked from the page. */
function asked(window, command, argsOf, times) {
  return window.browser.executeAsyncScript(
    `const [command, all, done] = arguments;
     (async () => {
       const took = [];
       for (const args of all) {
         const began = performance.now();
         await window.__TAURI_INTERNALS__.invoke("call", { command, args });
         took.push(performance.now() - began);
       }
       return took;
     })().then(done);`,
    command,
    Array.from({ length: times }, (_, n) => argsOf(n)),
  );
}

profile();
const screen = await openScreen();
const starts = [];
let window;
for (let turn = 0; turn < 5; turn += 1) {
  window = await openWindow(screen, { home, passphrase });
  await window.find("main textarea, main [role='grid']");
  const usable = Date.now();
  const app = named(family(window.driver.child.pid), "fieldquote-desktop");
  starts.push(usable - startedAt(app));
  if (turn < 4) await window.close();
}
console.log(`process start to usable window: ${told(starts)}`);
await window.size(1280, 800);
const words = ["c", "ce", "ced", "ceda", "cedar", "cedar f", "cedar fa", "xyzzy", "prairie 41", "harbor unified"];
const window50 = (n) => ({ text: words[n % words.length], offset: 0, limit: 50 });
console.log(`floor, a command that does nothing, asked from the page: ${told(await asked(window, "default_folder", () => ({}), 100))}`);
console.log(`customers by text, asked from the page: ${told(await asked(window, "customers", window50, 100))}`);
console.log(`prices by text, asked from the page: ${told(await asked(window, "prices", (n) => ({ ...window50(n), text: n % 2 ? "cedar pizza" : "20817", school_year: null }), 60))}`);
console.log(`prices at a far offset, asked from the page: ${told(await asked(window, "prices", (n) => ({ text: "", school_year: null, offset: 99_000 * (n % 10), limit: 50 }), 30))}`);
const quotes = { lifecycle: null, school_year: null, customer_id: null };
console.log(`quotes by text, asked from the page: ${told(await asked(window, "quotes", (n) => ({ ...window50(n), ...quotes }), 60))}`);
console.log(`everything by text (palette), asked from the page: ${told(await asked(window, "find", (n) => ({ text: words[n % words.length] }), 60))}`);
for (const [path, text] of [["/customers", "cedar maple"], ["/prices", "cedar pizza"], ["/catalog", "pizza"], ["/quotes", "cedar"]]) {
  const took = await keystrokes(window, path, "main input", text);
  if (took.length > 0) console.log(`a key in ${path} to its painted result: ${told(took)}`);
}
const pids = family(window.driver.child.pid).filter((pid) => /fieldquote-desktop|WebKit/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8")) && !/Driver/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8")));
for (const pid of pids) {
  console.log(`memory of ${readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0].split("/").at(-1)}: ${memory([pid]).toFixed(0)} MB`);
}
console.log(`memory in all: ${memory(pids).toFixed(0)} MB`);
await window.close();
await screen.close();
