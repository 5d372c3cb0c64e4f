// Opens the pages in Chromium as a reader would, with script and without, and prints what happened as JSON. The test beside it judges.
// node pages.mjs ADDRESS FOLDER, in the environment that browser.mjs describes.
import {join} from "node:path";
import {audit, start} from "./browser.mjs";

const [address, folder] = process.argv.slice(2);
const PAGES = [
  "/", "/find", "/people", "/people/maksym-butkevych", "/people/bohdan-kovalchuk", "/events", "/events/bohdan-kovalchuk-detention",
  "/exchanges", "/exchanges/exchange-2025-01-15", "/sites", "/courts", "/offences", "/differences", "/sources", "/nothing-here",
  "/people?counts=shown", "/facets/people", "/map", "/connect", "/connect?a=oleh-sentsov&b=oleksandr-kolchenko", "/news", "/years", "/figures", "/questions",
  "/questions/one-case-line-by-line", "/sites/site-izolyatsia", "/places/kherson-oblast", "/states/turkiye", "/about",
  "/groups/ankara-swap-others", "/organizations/court-dpr-supreme", "/courts/court-dpr-supreme", "/figures/agr-abu-dhabi-2026-02-agreed",
  "/sources/geonames-2026-07", "/facets/events", "/facets/sites", "/facets/sources", "/find#Butkevych", "/people?colour=red",
];
const PICTURED = ["/", "/people/maksym-butkevych", "/exchanges/exchange-2025-01-15", "/differences", "/map"];
const {browser, open, seen} = await start();
Object.assign(seen, {axe: {}, wider: {}, keyboard: {}, plainly: {}, picker: {}, counts: {}});
try {
  await withScript();
  await withoutScript();
  await picker();
  await counts();
  await audits();
  await pictures();
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));

/** From the first page to a file by keyboard alone: a name is typed, its suggestion followed, and the table taken. */
async function withScript() {
  const page = await open();
  await page.goto(`${address}/`);
  await page.keyboard.press("Tab");
  seen.keyboard.first = await page.evaluate(() => document.activeElement.className);
  await page.locator("#q-large").focus();
  await page.keyboard.type("Рощіна");
  await page.locator(".search.large .suggestions a").first().waitFor();
  seen.suggestions = await page.locator(".search.large .suggestions a").allTextContents();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("h1").filter({hasText: "Roshchyna"}).waitFor();
  seen.opened = new URL(page.url()).pathname;

  // words that are sent with Enter stand behind "#", which no server sees
  await page.goto(`${address}/`);
  await page.locator("#q-large").focus();
  await page.keyboard.type("Butkevych");
  await page.keyboard.press("Enter");
  await page.locator("main caption", {hasText: "People"}).waitFor();
  seen.findAddress = page.url().slice(address.length);
  seen.found = await page.locator("main tbody a").first().textContent();
  await page.keyboard.press("Tab");
  await page.reload();
  await page.locator("main caption", {hasText: "People"}).waitFor();
  seen.foundAgain = await page.locator("main tbody a").first().textContent();
  await page.locator("main tbody a").first().focus();
  await page.keyboard.press("Enter");
  await page.locator("h1").filter({hasText: "Maksym Butkevych"}).waitFor();
  seen.focusable = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select")].every((one) => one.tabIndex >= 0));
  seen.targets = await page.evaluate(() => [...document.querySelectorAll(".main a, .exports a, button, .search input, select")]
    .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height]).filter(([, height]) => height > 0 && height < 24));
  await page.context().close();
}

/** The same without script: forms and links do everything. */
async function withoutScript() {
  const page = await open({javaScriptEnabled: false});
  await page.goto(`${address}/`);
  await page.locator("#q-large").fill("Рощіна");
  await page.locator("#q-large").press("Enter");
  seen.plain = {address: page.url().slice(address.length), first: await page.locator("main tbody a").first().textContent()};
  await page.locator("main tbody a").first().click();
  seen.plain.person = page.url().slice(address.length);
  await page.goto(`${address}/people`);
  await page.locator("#filter-category").selectOption("CIVILIAN");
  await page.locator("#filter-sex").selectOption("FEMALE");
  await page.locator("form.filters button").click();
  seen.plain.filtered = page.url().slice(address.length);
  seen.plain.rows = await page.locator("main tbody tr").count();
  seen.plain.caption = await page.locator("main caption").textContent();
  await page.goto(`${address}/uk/people/maksym-butkevych`);
  seen.plain.uk = await page.locator("h1").textContent();
  for (const path of PAGES) {
    const answer = await page.goto(`${address}${path}`);
    seen.plainly[path] = [answer.status(), await page.locator("h1").count(), (await page.locator("main").innerText()).length];
  }
  await page.context().close();
}

/** A record is chosen with keys, by a name in another script; a name that is no choice is not sent; without script the ids are offered. */
async function picker() {
  const page = await open();
  await page.goto(`${address}/questions/who-was-held-at-a-site`);
  const input = page.getByRole("combobox", {name: "Place of detention"});
  const status = page.locator(".control [role=status]");
  const state = () => input.evaluate((one) => {
    const active = document.getElementById(one.getAttribute("aria-activedescendant"));
    return {expanded: one.ariaExpanded, active: active?.textContent ?? null, selected: active?.ariaSelected ?? null};
  });
  seen.picker.closed = await state();
  await input.fill("");
  await input.pressSequentially("Ізоляція");
  await page.locator(".options [role=option]").first().waitFor();
  seen.picker.offered = await page.locator(".options [role=option]").allTextContents();
  seen.picker.announced = await status.textContent();
  await input.press("Enter");
  seen.picker.unsent = {address: page.url().slice(address.length), words: await input.evaluate((one) => one.validationMessage)};
  await input.press("ArrowDown");
  seen.picker.open = await state();
  seen.picker.audit = await audit(page);
  await input.press("Escape");
  seen.picker.escaped = {...await state(), value: await input.inputValue()};
  await input.press("ArrowDown");
  await input.press("ArrowUp");
  seen.picker.last = await state();
  await input.pressSequentially(" ");
  await page.locator(".options [role=option]", {hasText: "Ізоляція"}).waitFor();
  await input.press("ArrowDown");
  await input.press("Enter");
  seen.picker.chosen = {...await state(), value: await input.inputValue(), announced: await status.textContent()};
  await input.press("Enter");
  await page.waitForURL((url) => url.search !== "");
  seen.picker.sent = page.url().slice(address.length);
  await page.context().close();

  const plain = await open({javaScriptEnabled: false});
  await plain.goto(`${address}/questions/who-was-held-at-a-site`);
  seen.picker.plainly = await plain.locator("datalist option").evaluateAll((all) => all.map((one) => one.value));
  await plain.locator("#value-site").fill("site-izolyatsia");
  await plain.locator("#value-site").press("Enter");
  seen.picker.sentPlainly = plain.url().slice(address.length);
  await plain.context().close();
}

/** Counts by property: opened with keys and said to be there; without script they are a link away. Each leads to as many rows as it says. */
async function counts() {
  for (const [name, javaScriptEnabled] of [["script", true], ["plain", false]]) {
    const page = await open({javaScriptEnabled});
    await page.goto(`${address}/people?category=CIVILIAN`);
    await page.locator(".facets summary").focus();
    await page.keyboard.press("Enter");
    if (!javaScriptEnabled) {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
    }
    const value = page.locator('.facet-lists a[href*="sex=FEMALE"]');
    await value.waitFor();
    seen.counts[name] = {
      headings: await page.locator(".facet-lists h2").allTextContents(),
      announced: javaScriptEnabled ? await page.locator(".facets + [role=status]").textContent() : null,
      count: Number(await value.locator("xpath=..").locator(".count").textContent()),
      audit: javaScriptEnabled ? await audit(page) : null,
    };
    await value.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/sex=FEMALE/);
    seen.counts[name].rows = await page.locator("main tbody tr").count();
    await page.context().close();
  }
}

async function audits() {
  for (const [name, prefix, options] of [
    ["light", "", {}], ["dark", "", {colorScheme: "dark"}], ["uk", "/uk", {}],
    // a window of 1280 by 1024 pixels at 400 %
    ["narrow", "/uk", {colorScheme: "dark", viewport: {width: 320, height: 256}, deviceScaleFactor: 4}],
  ]) {
    const page = await open(options);
    seen.axe[name] = {};
    for (const path of PAGES) {
      await page.goto(`${address}${prefix}${path}`.replace(/(.)\/$/, "$1"));
      if (path.includes("#")) await page.locator("main caption").first().waitFor();
      seen.axe[name][path] = await audit(page);
      seen.wider[`${name} ${path}`] = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    }
    await page.context().close();
  }
}

async function pictures() {
  for (const width of [1280, 768, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({viewport: {width, height: 900}, colorScheme});
      for (const path of PICTURED) {
        await page.goto(`${address}${path}`);
        await page.screenshot({path: join(folder, `${path.replaceAll(/\W+/g, "-").replace(/^-|-$/g, "") || "start"}-${width}-${colorScheme}.png`)});
      }
      await page.context().close();
    }
  }
}
