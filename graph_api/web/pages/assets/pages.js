// Adds to the pages what they also do without it: suggestions while somebody types, and search words behind "#", where no log has them.
const texts = document.documentElement.lang === "uk"
  ? {found: "Знайдено записів: ", none: "Записів із такою назвою не знайдено"}
  : {found: "Records found: ", none: "No record has a name like this"};

async function post(address, words, further = {}) {
  const answer = await fetch(address, {
    method: "POST",
    headers: {"content-type": "application/x-www-form-urlencoded"},
    body: new URLSearchParams({q: words, ...further}),
  });
  return answer;
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
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
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
    const answer = await post(`${pathname}.json${search}`, words, {first: "8"});
    if (!answer.ok || turn !== latest) return;
    const hits = (await answer.json()).data.search.nodes;
    const start = pathname.replace(/\/find$/, "");
    list.replaceChildren(...hits.map(({node, matched}) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${start}/id/${node.id}${search}`;
      const name = node.name ?? node.title;
      link.textContent = name === matched ? name : `${name} (${matched})`;
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

// a record may be chosen by a name in any spelling: ids of what the search finds are offered beside those that the page came with
for (const input of document.querySelectorAll("input[data-records]")) {
  const list = input.list;
  const offered = [...list.children];
  const find = document.querySelector("form.search").getAttribute("action");
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const words = input.value.split(",").at(-1).trim();
      if (words.length < 2 || offered.some((one) => one.value === words)) return;
      const answer = await post(`${find}.json`, words, {first: "8"});
      if (!answer.ok) return;
      const hits = (await answer.json()).data.search.nodes.map(({node, matched}) => {
        const option = document.createElement("option");
        option.value = node.id;
        option.label = `${node.name ?? node.title} (${matched})`;
        return option;
      });
      list.replaceChildren(...hits, ...offered);
    }, 200);
  });
}

for (const counts of document.querySelectorAll("details[data-counts]")) {
  counts.addEventListener("toggle", async () => {
    const address = counts.dataset.counts;
    if (!counts.open || counts.querySelector(".facet-lists") || address === undefined) return;
    const answer = await fetch(address);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#counts");
    if (!answer.ok || found === null) return;
    const summary = counts.querySelector("summary");
    counts.replaceChildren(summary, ...found.childNodes);
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
