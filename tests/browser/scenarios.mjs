// Goes through what readers come for, in Chromium, with script and without, and prints what they meet as JSON. The test beside it judges.
// node scenarios.mjs ADDRESS FOLDER, in the environment that browser.mjs describes.
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {audit, start} from "./browser.mjs";

const [address, folder] = process.argv.slice(2);
const {browser, open, seen} = await start();
const IS_SCRIPTED = {script: true, plain: false};

try {
  for (const [name, javaScriptEnabled] of Object.entries(IS_SCRIPTED)) {
    const page = await open({javaScriptEnabled});
    seen[name] = {
      released: await released(page),
      differing: await differing(page),
      filtered: await filtered(page),
      named: await named(page),
      connected: await connected(page),
      map: await map(page),
      asOf: await asOf(page, javaScriptEnabled),
    };
    await page.context().close();
  }
  seen.link = await link();
  seen.keyboard = await keyboardOnly();
  seen.zoomed = await zoomed();
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));

/** Scenario 3: a release without a date. */
async function released(page) {
  await page.goto(`${address}/people/oleh-baturin`);
  return {status: await page.locator(".status").innerText(), lines: await page.locator("ol.lines > li").allInnerTexts()};
}

/** Scenario 4: two dates of one event, on the page and on paper. */
async function differing(page) {
  await page.goto(`${address}/events/bohdan-kovalchuk-detention`);
  const words = await page.locator("main").innerText();
  const path = join(folder, "differing.pdf");
  await writeFile(path, await page.pdf({format: "A4", printBackground: true}));
  return {words, path};
}

/** Scenario 5: people by occupation, and women among civilians, each with the rest that states none. */
async function filtered(page) {
  const found = {};
  for (const query of ["occupation_contains=journalist", "category=CIVILIAN&sex=FEMALE", "category=CIVILIAN"]) {
    await page.goto(`${address}/people?${query}`);
    found[query] = {caption: await page.locator("main caption").first().textContent(), rows: await page.locator("main tbody tr").count()};
  }
  return found;
}

/** Scenario 8: a state by another of its names, its exchanges, and a name that nobody has. */
async function named(page) {
  const found = {};
  for (const words of ["Turkey", "Nowhereland"]) {
    await page.goto(`${address}/find`);
    await page.locator("#q").fill(words);
    await page.locator("#q").press("Enter");
    await page.locator("main caption, main .nothing").first().waitFor();
    found[words] = await page.locator("main").innerText();
    if (words === "Turkey") {
      await page.locator('main tbody a[href$="/id/turkiye"]').click();
      await page.locator("h1").waitFor();
      found.opened = new URL(page.url()).pathname;
    }
  }
  await page.goto(`${address}/exchanges?mediator=turkiye`);
  found.mediated = await page.locator("main tbody tr").count();
  await page.goto(`${address}/exchanges?mediator=nowhereland`);
  found.unknown = await page.locator("main").innerText();
  return found;
}

/** Scenario 9: how two people are connected, by names that are typed. */
async function connected(page) {
  await page.goto(`${address}/connect`);
  await page.locator("#end-a").fill("Oleh Sentsov");
  await page.locator("#end-b").fill("Oleksandr Kolchenko");
  await page.locator("#end-b").press("Enter");
  await page.locator("#ways, #choice-a, .nothing").first().waitFor();
  const found = {address: page.url().slice(address.length)};
  if (await page.locator("#choice-a").count()) {
    await page.locator("#choice-a").focus();
    await page.locator("form.filters button").first().click();
    await page.locator("#ways").waitFor();
  }
  found.ways = await page.locator("main tbody tr").allInnerTexts();
  found.cited = await page.locator("main tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("a.ref")].map((one) => one.hash)));
  found.references = await page.locator("ol.references > li").evaluateAll((all) => all.map((one) => `#${one.id}`));
  return found;
}

/** Scenario 10: whose outline a town lies in, and that circles and rows agree. */
async function map(page) {
  await page.goto(`${address}/map`);
  const circles = await page.locator("svg.map circle.people").evaluateAll((all) => all.map((one) => {
    const point = one.ownerSVGElement.createSVGPoint();
    [point.x, point.y] = [Number(one.getAttribute("cx")), Number(one.getAttribute("cy"))];
    const inside = [...one.ownerSVGElement.querySelectorAll("path.state")].filter((path) => path.isPointInFill(point));
    return {words: one.textContent, states: inside.map((path) => path.classList.contains("own"))};
  }));
  const rows = await page.locator("#taken-table tbody tr").evaluateAll((all) => all.map((one) => [...one.cells].map((cell) => cell.textContent.trim())));
  return {circles, rows, beside: await page.locator(".beside li").allInnerTexts()};
}

/** Scenario 11: the address of a filtered list, opened by somebody else, and as of a day. */
async function link() {
  const rows = async (page) => page.locator("main tbody th").allInnerTexts();
  const first = await open();
  await first.goto(`${address}/people`);
  await first.locator("#filter-category").selectOption("CIVILIAN");
  await first.locator("form.filters button").click();
  const found = {address: first.url().slice(address.length), here: await rows(first)};
  const second = await open();
  await second.goto(`${address}${found.address}`);
  found.there = await rows(second);
  const answer = await second.goto(`${address}/people?category=CIVILIAN&known=2024-09-01`);
  found.asOf = {status: answer.status(), words: await second.locator("main").innerText(), rows: await rows(second)};
  await first.context().close();
  await second.context().close();
  return found;
}

/** Scenario 11: what was known on a day, over a person, a list, an exchange and a file; where each link and form leads. */
async function asOf(page, javaScriptEnabled) {
  const day = "2024-09-01";
  const known = () => new URL(page.url()).searchParams.get("known");
  const found = {};
  await page.goto(`${address}/people/iryna-horobtsova?known=${day}`);
  found.person = {
    bar: await page.locator("p.known").innerText(),
    lines: await page.locator("ol.lines > li").allInnerTexts(),
    references: await page.locator("ol.references > li").allInnerTexts(),
    elsewhere: await page.locator('a[href^="/"]:not([data-today], [href^="/graphiql"])').evaluateAll((all) => all.map((one) => one.getAttribute("href")).filter((one) => !one.includes("known="))),
  };
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('.exports a[href*="case-file.pdf?known"]').click()]);
  const path = join(folder, `as-of-${download.suggestedFilename()}`);
  await download.saveAs(path);
  found.file = {name: download.suggestedFilename(), path};
  await page.locator('footer a[hreflang="uk"]').click();
  found.uk = {known: known(), bar: await page.locator("p.known").innerText(), title: await page.locator("h1").innerText()};
  await page.locator("p.known a[data-today]").click();
  found.today = {known: known(), bars: await page.locator("p.known").count(), lines: await page.locator("ol.lines > li").count()};

  await page.goto(`${address}/people?known=${day}`);
  const rows = page.locator("main tbody tr");
  found.list = {all: await rows.count()};
  await page.locator("#filter-category").selectOption("CIVILIAN");
  await page.locator("form.filters button").click();
  found.list.civilians = await rows.count();
  found.list.known = known();
  await page.locator(".facets summary").click();
  if (!javaScriptEnabled) await page.locator(".facets > p a").click();
  const female = page.locator('.facet-lists a[href*="sex=FEMALE"]');
  await female.waitFor();
  found.list.counted = Number(await female.locator("xpath=..").locator(".count").textContent());
  await female.click();
  await page.waitForURL(/sex=FEMALE/);
  Object.assign(found.list, {women: await rows.count(), knownOfWomen: known()});

  await page.locator("#q").fill("Горобцова");
  await page.locator("#q").press("Enter");
  await page.locator("main caption").first().waitFor();
  found.find = {known: known(), first: await page.locator("main tbody a").first().getAttribute("href")};
  await page.locator("main tbody a").first().click();
  await page.locator("h1").filter({hasText: "Horobtsova"}).waitFor();
  found.find.opened = page.url().slice(address.length);

  const later = await page.goto(`${address}/exchanges/exchange-2025-01-15?known=${day}`);
  found.later = {status: later.status(), words: await page.locator("main").innerText()};
  const earlier = await page.goto(`${address}/exchanges/exchange-2024-06-28?known=${day}`);
  found.earlier = {status: earlier.status(), words: await page.locator("main").innerText()};
  await page.locator("main .names a").first().click();
  found.earlier.person = known();
  const wrong = await page.goto(`${address}/people?known=2024-13-01`);
  found.wrong = {status: wrong.status(), words: await page.locator("main").innerText()};
  return found;
}

/** Scenario 12: from the first page to a PDF with nothing but keys. */
async function keyboardOnly() {
  const page = await open({acceptDownloads: true});
  await page.goto(`${address}/`);
  let presses = await tabTo(page, () => document.activeElement.id === "q-large");
  await page.keyboard.type("Рощіна");
  await page.locator(".search.large .suggestions a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("h1").filter({hasText: "Roshchyna"}).waitFor();
  presses += await tabTo(page, () => document.activeElement.getAttribute("href")?.endsWith("/case-file.pdf"));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const path = join(folder, "case-file.pdf");
  await download.saveAs(path);
  await page.context().close();
  return {presses, outline, name: download.suggestedFilename(), path};
}

async function tabTo(page, isThere) {
  for (let presses = 1; presses <= 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(isThere)) return presses;
  }
  throw new Error(`80 presses of Tab lead from ${page.url()} to nothing that is looked for`);
}

/** Scenarios 10 and 12: a window of 1280 by 1024 pixels at 400 %. */
async function zoomed() {
  const page = await open({viewport: {width: 320, height: 256}, deviceScaleFactor: 4});
  const found = {};
  for (const path of ["/map", "/connect?a=oleh-sentsov&b=oleksandr-kolchenko", "/people/victoriia-roshchyna"]) {
    await page.goto(`${address}${path}`);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    found[path] = {wider, violations: (await audit(page)).violations};
  }
  await page.context().close();
  return found;
}
