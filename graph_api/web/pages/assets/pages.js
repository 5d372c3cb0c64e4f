// Adds to the pages what they also do without it: suggestions while somebody types, and search words behind "#", where no log has them.
const texts = document.documentElement.lang === "uk"
  ? {
    found: "Знайдено записів: ", none: "Записів із такою назвою не знайдено", choose: "Виберіть запис зі списку.",
    counted: "Кількості показано", event: "подія",
    kinds: {
      Person: "особа", Group: "група осіб", Organization: "організація", State: "держава", Place: "місце", Site: "місце несвободи", Source: "джерело",
    },
  }
  : {
    found: "Records found: ", none: "No record has a name like this", choose: "Choose a record from the list.", counted: "The counts are shown", event: "event",
    kinds: {
      Person: "person", Group: "group of people", Organization: "organization", State: "state", Place: "place", Site: "place of detention", Source: "source",
    },
  };

/** Return a new element behind another one, whose text a screen reader says when it changes. */
function statusAfter(element) {
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  element.after(status);
  return status;
}

async function post(address, words, further = {}) {
  const answer = await fetch(address, {
    method: "POST",
    headers: {"content-type": "application/x-www-form-urlencoded"},
    body: new URLSearchParams({q: words, ...further}),
  });
  return answer;
}

/** Return the address of the JSON beside a page; what stands behind "?", such as the day as of which it is asked for, stays. */
function jsonOf(action) {
  const {pathname, search} = new URL(action, location.href);
  return `${pathname}.json${search}`;
}

async function show(action, words) {
  const answer = await post(action, words);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("main");
  if (found === null) return;
  document.querySelector("main").replaceWith(found);
  document.title = page.title;
  document.querySelector("#q").value = words;
  found.focus();
}

for (const form of document.querySelectorAll("form.search")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  form.append(list);
  const status = statusAfter(list);
  let latest = 0;
  let timer = 0;

  const close = () => {
    list.hidden = true;
    latest += 1;
  };

  async function suggest() {
    const words = input.value.trim();
    const turn = ++latest;
    if (words.length < 2) return close();
    const {pathname, search} = new URL(form.getAttribute("action"), location.href);
    const answer = await post(jsonOf(form.getAttribute("action")), words, {first: "8"});
    if (!answer.ok || turn !== latest) return;
    const hits = (await answer.json()).data.search.nodes;
    const start = pathname.replace(/\/find$/, "");
    list.replaceChildren(...hits.map(({node, matched}) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${start}/id/${node.id}${search}`;
      const name = node.name ?? node.title;
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = texts.kinds[node.__typename] ?? texts.event;
      link.append(name === matched ? name : `${name} (${matched})`, ", ", kind);
      item.append(link);
      return item;
    }));
    list.hidden = hits.length === 0;
    status.textContent = hits.length ? texts.found + hits.length : texts.none;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  });
  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (links[next] ?? input).focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    location.assign(`${form.getAttribute("action")}#${encodeURIComponent(input.value.trim())}`);
  });
}

// a record is chosen by a name in any spelling: what the search finds of the fitting kinds is listed with what the page came with
for (const [place, input] of document.querySelectorAll("input[data-records]").entries()) {
  const kinds = input.dataset.records.split(" ");
  const offered = [...input.list.options].map((one) => ({id: one.value, words: one.label}));
  const known = new Set([...offered.map((one) => one.id), ...input.value.split(",").map((one) => one.trim())]);
  const find = document.querySelector("form.search").getAttribute("action");
  const list = document.createElement("ul");
  const status = statusAfter(input);
  Object.assign(list, {id: `found-${place}`, className: "options", role: "listbox", hidden: true, ariaLabel: input.labels[0].textContent});
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false"})) {
    input.setAttribute(name, value);
  }
  input.after(list);
  let latest = 0;
  let timer = 0;

  const typed = () => input.value.split(",").at(-1).trim();
  const active = () => list.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(timer);
    latest += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    const before = input.value.split(",").slice(0, -1).map((one) => one.trim());
    input.value = [...before, option.dataset.id].join(", ");
    input.setCustomValidity("");
    status.textContent = option.textContent;
    close();
  }

  function open(found) {
    list.replaceChildren(...found.map(({id, words}, number) => {
      const option = document.createElement("li");
      Object.assign(option, {id: `${list.id}-${number}`, role: "option", ariaSelected: "false", textContent: words});
      option.dataset.id = id;
      known.add(id);
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? texts.found + found.length : texts.none;
  }

  function move(step) {
    const options = [...list.children];
    const at = options.indexOf(active());
    const next = options.at(at < 0 && step < 0 ? -1 : (at + step) % options.length);
    for (const one of options) one.ariaSelected = String(one === next);
    input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({block: "nearest"});
  }

  async function suggest() {
    const words = typed();
    const turn = ++latest;
    if (words.length < 2) return close();
    const answer = await post(jsonOf(find), words, {first: "20"});
    if (!answer.ok || turn !== latest) return;
    const hits = (await answer.json()).data.search.nodes.filter(({node}) => kinds.includes(node.__typename)).map(({node, matched}) => {
      const name = node.name ?? node.title;
      return {id: node.id, words: name === matched ? name : `${name} (${matched})`};
    });
    const lower = words.toLowerCase();
    const others = offered.filter((one) => one.words.toLowerCase().includes(lower) && !hits.some(({id}) => id === one.id));
    open([...hits, ...others]);
  }

  input.addEventListener("input", () => {
    // a name that is typed is not sent in an address: only an id is, chosen from the list or known by the reader
    const ids = input.value.split(",").map((one) => one.trim());
    input.setCustomValidity(ids.every((one) => known.has(one) || one === "" || /^[a-z0-9]+(-[a-z0-9]+)+$/.test(one)) ? "" : texts.choose);
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open(offered);
      if (list.children.length) move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden && active()) {
      event.preventDefault();
      choose(active());
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("blur", close);
}

for (const counts of document.querySelectorAll("details[data-counts]")) {
  const status = statusAfter(counts);
  counts.addEventListener("toggle", async () => {
    if (!counts.open || counts.querySelector(".facet-lists")) return;
    const answer = await fetch(counts.dataset.counts);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#counts");
    if (!answer.ok || found === null) return;  // the link to the page with the counts stays
    counts.replaceChildren(counts.querySelector("summary"), ...found.childNodes);
    status.textContent = texts.counted;
  });
}

async function fromFragment() {
  if (!location.pathname.endsWith("/find") || location.hash.length < 2) return;
  try {
    await show(`${location.pathname}${location.search}`, decodeURIComponent(location.hash.slice(1)));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
}
addEventListener("hashchange", fromFragment);
fromFragment();
