// Opens /graphiql in Chromium as a reader would, and prints what happened as JSON. The test beside it judges.
// node graphiql.mjs ADDRESS FOLDER: CHROMIUM names the browser, MODULES the folder with playwright-core and axe-core.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";

const [address, folder] = process.argv.slice(2);
const modules = createRequire(join(process.env.MODULES, "here.js"));
const {chromium} = modules("playwright-core");
const AXE = await readFile(modules.resolve("axe-core/axe.min.js"), "utf8");
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const HEADLINE = "Which civilians were convicted and then exchanged, and how do we know the order?";
const seen = {requests: [], console: [], pageErrors: [], axe: {}};

const profile = await mkdtemp(join(tmpdir(), "chromium-"));
// the page's policy forbids scripts from elsewhere, axe too: it is let in by the protocol of the developer tools (page.evaluate), not by bypassing the policy
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM, headless: true, args: QUIET, viewport: {width: 1440, height: 900}, colorScheme: "light",
});
try {
  const page = browser.pages()[0] ?? (await browser.newPage());
  page.setDefaultTimeout(30_000);
  browser.on("request", (request) => seen.requests.push([request.method(), request.url()]));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.console.push(message.text()));
  page.on("pageerror", (error) => seen.pageErrors.push(String(error)));

  await page.goto(`${address}/graphiql`);
  await page.locator(".cookbook").waitFor();
  seen.url = page.url();
  seen.title = await page.title();
  seen.tabs = await page.locator(".graphiql-tab-button").allTextContents();
  seen.questions = await page.locator(".cookbook li button").allTextContents();

  // the headline question, from its tab
  const tabs = page.locator(".graphiql-tab-button");
  await tabs.nth(1).click();
  await tabs.filter({hasText: HEADLINE}).click();
  seen.answer = await run(page, "Artur Panov");
  await page.screenshot({path: join(folder, "graphiql.png")});
  seen.axe.light = await audit(page);

  // a question of the cookbook, found by its words and opened with the keyboard alone
  await page.getByLabel("Find a question").fill("absentia");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".graphiql-tab-active", {hasText: "Which convictions in absentia are reported"}).waitFor();
  seen.opened = await page.locator(".graphiql-tab-active .graphiql-tab-button").textContent();
  seen.cookbookAnswer = await run(page, '"totalCount"');
  await page.getByLabel("Find a question").fill("");
  seen.axe.cookbook = await audit(page);

  // what was opened is there after a reload, and not kept beyond the tab of the browser
  await page.waitForTimeout(800); // GraphiQL writes its tabs down half a second after a change
  await page.reload();
  await page.locator(".graphiql-tab-active", {hasText: "Which convictions in absentia are reported"}).waitFor();
  seen.tabsAfterReload = await tabs.allTextContents();
  seen.keptForEver = await page.evaluate(() => Object.keys(window.localStorage));

  // the documentation, from introspection, and the dialogs
  await page.getByRole("button", {name: "Show Documentation Explorer"}).click();
  await page.locator(".first-types dt").first().waitFor();
  seen.firstTypes = await page.locator(".first-types div").evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent)));
  seen.axe.types = await audit(page);
  await page.locator(".graphiql-doc-explorer").getByText("Query", {exact: true}).first().click();
  await page.locator(".graphiql-doc-explorer").getByText("sequences", {exact: true}).first().waitFor();
  seen.axe.documentation = await audit(page);
  await page.getByRole("button", {name: "Open settings dialog"}).click();
  await page.getByRole("dialog").waitFor();
  seen.axe.settings = await audit(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", {name: "Open short keys dialog"}).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", {name: "Show Cookbook"}).click();
  await page.emulateMedia({colorScheme: "dark"});
  await page.screenshot({path: join(folder, "graphiql-dark.png")});
  seen.axe.dark = await audit(page);

  // the keyboard gets out of an editor: Tab indents, Esc and then Tab leaves
  await page.locator(".graphiql-query-editor .CodeMirror").click();
  const inside = () => page.evaluate(() => document.activeElement.closest(".graphiql-query-editor .CodeMirror") !== null);
  await page.keyboard.press("Tab");
  seen.tabStays = await inside();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  seen.escapeLeaves = !(await page.evaluate(() => document.activeElement.tagName === "TEXTAREA" && document.activeElement.closest(".graphiql-query-editor") !== null));
  seen.footer = await page.locator(".page-privacy").textContent();

  // a name in another script, typed into a string of the query and of the variables, is offered as an id
  seen.ids = {query: await offered(page, ".graphiql-query-editor", '{ node(id: "Буткев')};
  await page.screenshot({path: join(folder, "graphiql-ids.png")});
  seen.axe.ids = await audit(page);
  seen.ids.chosen = await chosen(page, ".graphiql-query-editor");
  await page.locator(".graphiql-query-editor .CodeMirror").evaluate((one) => one.CodeMirror.setValue("query One($id: ID!) { node(id: $id) { id } }"));
  seen.ids.variables = await offered(page, ".graphiql-editor-tool", '{"id": "Roshch');
  seen.ids.chosenVariable = await chosen(page, ".graphiql-editor-tool");

  // an operation as a link: what stands behind # is opened in a tab of its own and reaches no server
  const given = {q: "# People of the link\nquery Linked($first: Int!) {\n  people(first: $first) { totalCount }\n}\n", v: '{\n  "first": 1\n}'};
  await page.goto("about:blank");
  await page.goto(`${address}/graphiql#${new URLSearchParams(given).toString().replaceAll("+", "%20")}`);
  await page.locator(".graphiql-tab-active", {hasText: "People of the link"}).waitFor();
  seen.linkedAnswer = await run(page, '"totalCount"');
  await page.getByRole("button", {name: "Link to this question"}).click();
  seen.linkBack = await page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  seen.linkGiven = given;

  // a window as wide as a telephone, or a page at 400 %
  await page.emulateMedia({colorScheme: "light"});
  await page.setViewportSize({width: 400, height: 800});
  await page.screenshot({path: join(folder, "graphiql-narrow.png")});
  seen.axe.narrow = await audit(page);
  seen.wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
} finally {
  await browser.close();
  await rm(profile, {recursive: true, force: true});
}
console.log(JSON.stringify(seen));

/** Run the question of the open tab; return the text of the answer once it holds some words. */
async function run(page, words) {
  await page.getByRole("button", {name: /^Execute query/}).click();
  await page.waitForFunction((words) => document.querySelector(".result-window .CodeMirror")?.CodeMirror.getValue().includes(words), words);
  return page.evaluate(() => document.querySelector(".result-window .CodeMirror").CodeMirror.getValue());
}

/** Type into an emptied editor; return what is offered. */
async function offered(page, editor, words) {
  const inside = page.locator(`${editor} .CodeMirror`).first();
  await inside.evaluate((one) => {
    one.CodeMirror.setValue("");
    one.CodeMirror.focus();
  });
  await page.keyboard.type(words, {delay: 40});
  await page.locator(".CodeMirror-hint", {hasText: ":"}).first().waitFor();
  return page.locator(".CodeMirror-hint").allTextContents();
}

/** Choose the first of what is offered with Enter; return what the editor has then. */
async function chosen(page, editor) {
  await page.keyboard.press("Enter");
  return page.locator(`${editor} .CodeMirror`).first().evaluate((one) => one.CodeMirror.getValue());
}

/** Return the violations that axe finds: rule, how grave, where. */
async function audit(page) {
  await page.waitForTimeout(400); // animations end
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    window.axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], selectors: false, ancestry: true}));
  return {
    passes: found.passes.length,
    violations: found.violations.map(({id, impact, help, nodes}) => ({id, impact, help, nodes: nodes.map((one) => `${one.html.slice(0, 200)}: ${one.failureSummary}`).slice(0, 6)})),
  };
}
