// What the scripts that open pages share: a Chromium, pages that record what they ask for, and axe.
// CHROMIUM names the browser, MODULES the folder with playwright-core and axe-core.
import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {join} from "node:path";

const modules = createRequire(join(process.env.MODULES, "here.js"));
const {chromium} = modules("playwright-core");
const AXE = await readFile(modules.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Return a browser, a function that opens a page, and what its pages asked for and reported. */
export async function start() {
  const browser = await chromium.launch({executablePath: process.env.CHROMIUM, headless: true, args: ["--no-sandbox", "--disable-gpu"]});
  const seen = {requests: [], console: [], pageErrors: []};
  async function open(options = {}) {
    const context = await browser.newContext({viewport: {width: 1280, height: 900}, colorScheme: "light", ...options});
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    context.on("request", (request) => seen.requests.push([request.method(), request.url()]));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.console.push(message.text()));
    page.on("pageerror", (error) => seen.pageErrors.push(String(error)));
    return page;
  }
  return {browser, open, seen};
}

/** Return the violations that axe finds: rule, how grave, where. */
export async function audit(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => window.axe.run(document, {runOnly: rules, selectors: false, ancestry: true}), RULES);
  return {
    passes: found.passes.length,
    violations: found.violations.map(({id, impact, help, nodes}) => ({id, impact, help, nodes: nodes.map((one) => `${one.html.slice(0, 200)}: ${one.failureSummary}`).slice(0, 6)})),
  };
}
