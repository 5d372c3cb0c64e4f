// What the build changes in the libraries, with the reason. A text that is not there, or there more often, ends the build.

const TABS = "@graphiql/react/dist/ui/tabs.js";
const STATE = "@graphiql/react/dist/editor/tabs.js";
const IMAGE = "@graphiql/react/dist/editor/components/image-preview.js";
const INSTANCES = "graphql/jsutils/instanceOf.mjs";
const DOCUMENTATION = "@graphiql/plugin-doc-explorer/dist/components/schema-documentation.js";
const QUERY = "@graphiql/react/dist/editor/query-editor.js";
const VARIABLES = "@graphiql/react/dist/editor/variable-editor.js";
const HINTS = "codemirror/addon/hint/show-hint.js";
const FRAME = "graphiql/dist/GraphiQL.js";

/** file below node_modules → [text, what stands instead, how often]. */
export const PATCHES = {
  // A tab is named by the question on top of its operation, where there is one.
  [STATE]: [
    ['import { useCallback } from "react";', 'import { useCallback } from "react";\nimport { questionOf } from "detention-graph-title";', 1],
    ["title: operationName || DEFAULT_TITLE", "title: questionOf(query) || operationName || DEFAULT_TITLE", 2],
    ["title: newTab.operationName ||", "title: questionOf(newTab.query) || newTab.operationName ||", 1],
  ],
  // A button inside role="tab", and a close button inside role="tablist", are what screen readers cannot tell apart (axe:
  // nested-interactive, aria-required-children). A list of buttons, of which one is current, says the same and can be used.
  [TABS]: [
    ['"aria-selected": isActive, role: "tab", ', "", 1],
    ['role: "tablist", ', "", 1],
  ],
  [FRAME]: [
    // GraphiQL decides whether the panel is shown before it knows which plug-in is: main.jsx says it.
    ['const t4 = visiblePlugin ? void 0 : "first";', 'const t4 = props.panelAtStart ? void 0 : "first";', 1],
    ["defaultSizeRelation: 0.3333333333333333,", "defaultSizeRelation: 0.28,", 1], // that panel takes less of the page
    ['role: "tabpanel"', 'role: "region"', 1],
    ['"aria-controls": "graphiql-session", id:', '"aria-controls": "graphiql-session", "aria-current": index_3 === activeTabIndex ? "true" : undefined, id:', 1],
    ['jsx(Tab.Close, { onClick: handleTabClose })', 'jsx(Tab.Close, { "aria-label": `Close: ${tab.title}`, onClick: handleTabClose })', 1],
  ],
  // The documentation begins with the types that matter, before all types by the alphabet.
  [DOCUMENTATION]: [
    ['import { TypeLink } from "./type-link.js";', 'import { TypeLink } from "./type-link.js";\nimport { firstTypes } from "detention-graph-types";', 1],
    ["      t6,\n      t7,\n      t8\n", "      t6,\n      firstTypes(schema, TypeLink),\n      t7,\n      t8\n", 1],
  ],
  // Within a string, ids of records are offered (ids.js); names of fields would close that list at every key.
  [QUERY]: [
    ['import { normalizeWhitespace } from "./whitespace.js";', 'import { normalizeWhitespace } from "./whitespace.js";\nimport { isInString } from "detention-graph-ids";', 1],
    ["if (AUTO_COMPLETE_AFTER_KEY.test(event.key)) {", "if (AUTO_COMPLETE_AFTER_KEY.test(event.key) && !isInString(editorInstance)) {", 1],
  ],
  [VARIABLES]: [["if (isLetter || isNumber || key === ", "if (!editorInstance.state.completionActive && (isLetter || isNumber || key === ", 1], [`key === '"') {`, `key === '"')) {`, 1]],
  // The list of what is offered has a name (axe: aria-input-field-name).
  [HINTS]: [['hints.setAttribute("role", "listbox")', 'hints.setAttribute("role", "listbox"); hints.setAttribute("aria-label", "Suggestions")', 1]],
  // An address of an image in an answer would be fetched from its server when the mouse passes over it.
  // Without a process, graphql takes every page for one in development and looks at each type twice.
  [INSTANCES]: [["  isProduction\n    ? function", "  true\n    ? function", 1]],
  [IMAGE]: [["return url ? isImageURL(url) : false;", "return false;", 1]],
};

/** Return a text with its patches, or throw. */
export function patched(file, text) {
  for (const [from, to, times] of PATCHES[file]) {
    const found = text.split(from).length - 1;
    if (found !== times) throw new Error(`${file}: ${JSON.stringify(from)} is there ${found} times; the patch expects ${times}`);
    text = text.replaceAll(from, to);
  }
  return text;
}
