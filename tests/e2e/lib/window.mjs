/**
 * The real window, driven: tauri-driver and WebKitWebDriver, and the binary that people get.
 *
 * Owns starting and ending it over a profile, and the few gestures every scenario makes. Must not reach past the
 * window: what a scenario does, a person can do.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { By, Capabilities, Key, WebDriver, until as condition } from "selenium-webdriver";
import { Executor, HttpClient } from "selenium-webdriver/http/index.js";

import { freePort, start, stop, until } from "./processes.mjs";

export { By, Key };

export const root = resolve(import.meta.dirname, "../../..");
const binary = process.env.FIELDQUOTE_WINDOW ?? `${root}/target/debug/fieldquote-desktop`;
const tauriDriver = process.env.TAURI_DRIVER ?? `${root}/target/tools/bin/tauri-driver`;

/** Open the window over the profile in `home`, on this screen. */
export async function openWindow(screen, { home, passphrase = "a long passphrase", env = {}, args = [] }) {
  const [port, native] = [await freePort(), await freePort()];
  const driver = start(tauriDriver, ["--port", String(port), "--native-port", String(native)], {
    env: {
      ...screen.env,
      FIELDQUOTE_HOME: home,
      FIELDQUOTE_PASSPHRASE: passphrase,
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      ...env,
    },
  });
  const capabilities = new Capabilities();
  capabilities.set("tauri:options", { application: binary, args: ["--beside-others", ...args] });
  const server = `http://127.0.0.1:${port}`;
  await until("tauri-driver", async () => (await fetch(`${server}/status`)).ok);
  let browser;
  try {
    // No browser is named: the driver would compare the name with the engine's own.
    browser = WebDriver.createSession(new Executor(new HttpClient(server)), capabilities);
    await browser.getSession();
  } catch (error) {
    await stop(driver);
    throw new Error(`no window: ${error.message}\n${driver.log.join("")}`, { cause: error });
  }
  return new Window(browser, driver);
}

class Window {
  constructor(browser, driver) {
    this.browser = browser;
    this.driver = driver;
  }

  /** Close it as a person does. */
  async close() {
    await this.browser.quit().catch(() => {});
    await stop(this.driver);
  }

  /** End it as a power cut would. */
  async kill() {
    await stop(this.driver, "SIGKILL");
  }

  /** The first element that is shown for a CSS selector, waited for. */
  async find(css, { within = 15_000 } = {}) {
    const element = await this.browser.wait(condition.elementLocated(By.css(css)), within, `nothing is ${css}`);
    await this.browser.wait(condition.elementIsVisible(element), within, `${css} is not shown`);
    return element;
  }

  async click(css, options) {
    await until(`a click on ${css}`, async () => {
      await (await this.find(css, options)).click();
      return true;
    });
  }

  /** Type into a field, over what is there. */
  async fill(css, text) {
    const field = await this.find(css);
    await field.click();
    // Two strokes: in one, the engine would hold Ctrl over the text as well.
    await this.chord(Key.CONTROL, "a");
    await this.press(text);
    return field;
  }

  /** Press keys where the focus is. */
  async press(...keys) {
    await this.browser.actions().sendKeys(...keys).perform();
  }

  /** Press a chord, such as `chord(Key.CONTROL, "k")`. */
  async chord(...keys) {
    const held = keys.slice(0, -1);
    const actions = this.browser.actions();
    for (const key of held) actions.keyDown(key);
    actions.sendKeys(keys.at(-1));
    for (const key of held.reverse()) actions.keyUp(key);
    await actions.perform();
  }

  /** The text on the screen, or in one part of it. */
  async text(css = "body") {
    return this.browser.executeScript("return document.querySelector(arguments[0])?.innerText ?? ''", css);
  }

  /** Wait until a part of the screen says something. */
  async says(pattern, { css = "body", within = 20_000 } = {}) {
    const matches = (text) => (pattern instanceof RegExp ? pattern.test(text) : text.includes(pattern));
    try {
      return await until(`${css} says ${pattern}`, async () => {
        const text = await this.text(css);
        return matches(text) && text;
      }, { within });
    } catch (error) {
      throw new Error(`${error.message}\nIt says:\n${await this.text(css)}`, { cause: error });
    }
  }

  /** Go to a path of the window. */
  async go(path) {
    await this.browser.executeScript("location.hash = '#' + arguments[0]", path);
  }

  /** Ask the shell what the window would ask. For looking, not for doing. */
  async ask(command, args = {}) {
    const answer = await this.browser.executeAsyncScript(
      `const [command, args, done] = arguments;
       window.__TAURI_INTERNALS__.invoke("call", { command, args }).then((value) => done({ value }), (error) => done({ error }));`,
      command,
      args,
    );
    if (answer.error) throw Object.assign(new Error(`${command}: ${answer.error.message}`), answer.error);
    return answer.value;
  }

  async size(width, height) {
    await this.browser.manage().window().setRect({ x: 0, y: 0, width, height });
  }

  /** Write what is on the screen as a PNG. */
  async picture(file) {
    mkdirSync(dirname(file), { recursive: true });
    // The engine takes a picture with the next frame it draws, and where nothing moves it draws none.
    await this.browser.executeScript(
      `const spot = document.createElement("i");
       spot.id = "next-frame";
       spot.style.cssText = "position:fixed;inset:auto 0 0 auto;width:1px;height:1px;opacity:0.02";
       document.body.append(spot);
       let on = false;
       const turn = setInterval(() => { spot.style.background = (on = !on) ? "black" : "white"; }, 40);
       spot.addEventListener("done", () => { clearInterval(turn); spot.remove(); });`,
    );
    try {
      writeFileSync(file, await this.browser.takeScreenshot(), "base64");
    } finally {
      await this.browser.executeScript("document.getElementById('next-frame')?.dispatchEvent(new Event('done'))");
    }
  }
}
