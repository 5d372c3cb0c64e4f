// Ids of records while a name is typed into a string of the query or of the variables, in any script and spelling.
import {post} from "./ask.js";

const SEARCH = "query Ids($text: String!) { search(text: $text, first: 8) { nodes { matched kind node { id label } } } }";
const SHORTEST = 2; // letters: one letter is in every name
const PAUSE = 250; // milliseconds without a key

/** Offer ids of what the search finds for the string at the cursor; the string becomes the id that is chosen. */
export function offerIds(editor) {
  let timer = 0;
  editor.on("inputRead", (_, change) => {
    clearTimeout(timer);
    if (change.origin === "+input") timer = setTimeout(() => offer(editor), PAUSE);
  });
}

function offer(editor) {
  const isShown = Boolean(editor.state.completionActive?.widget); // a list of ids follows what is typed; one of values stays
  if (!editor.hasFocus() || isShown || words(editor).length < SHORTEST) return;
  editor.showHint({hint, completeSingle: false, closeCharacters: /["\n]/});
}

/** Return whether the cursor is within a string, where names of fields and arguments are not offered. */
export function isInString(editor) {
  return /string/.test(editor.getTokenTypeAt(editor.getCursor()) ?? "");
}

/** Return what stands in the string before the cursor; nothing outside a string and in one of several lines. */
function words(editor) {
  const cursor = editor.getCursor();
  const token = editor.getTokenAt(cursor);
  const before = token.string.slice(0, cursor.ch - token.start);
  return isInString(editor) && /^"(?!"")/.test(before) ? before.slice(1) : "";
}

/** Return the hits of a search; a busy server is asked again after a second, twice. */
async function found(text) {
  for (let turn = 0; turn < 3; turn += 1) {
    const {data} = await post({query: SEARCH, variables: {text}});
    if (data?.search) return data.search.nodes;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return [];
}

async function hint(editor) {
  const text = words(editor);
  const {line, ch} = editor.getCursor();
  const to = {line, ch};
  const from = {line, ch: ch - text.length};
  if (text.length < SHORTEST) return {list: [], from, to};
  const list = (await found(text)).map(({matched, kind, node}) => ({
    text: node.id,
    displayText: matched === node.label ? `${node.id}: ${matched}` : `${node.id}: ${node.label} (${matched})`,
    description: kind.toLowerCase().replaceAll("_", " "),
  }));
  return {list, from, to};
}
