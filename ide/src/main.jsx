// The page: GraphiQL over this server, the first questions as tabs, the cookbook beside them. Nothing comes from or goes to another server.
import {useEditorContext} from "@graphiql/react";
import {GraphiQL} from "graphiql";
import {useEffect, useState} from "react";
import {createRoot} from "react-dom/client";
import {ask} from "./ask.js";
import {cookbookPlugin} from "./cookbook.jsx";
import {offerIds} from "./ids.js";
import {leaveWithTab} from "./leave.js";
import {linkTo, readLink} from "./link.js";

import "graphiql/style.css";
import "./page.css";

const NEW_TAB = "# Your question in words: it becomes the title of the tab\n{\n  people { totalCount }\n}\n";

/** Shows below the answer what stays where, and looks after the editors. */
function Footer() {
  const {queryEditor, variableEditor, responseEditor} = useEditorContext({nonNull: true});
  useEffect(() => {
    for (const [editor, name] of [[queryEditor, "Query"], [variableEditor, "Variables, as JSON"], [responseEditor, "Answer"]]) {
      if (!editor) continue;
      editor.setOption("screenReaderLabel", name);
      editor.setOption("lineWrapping", true);
      editor.on("renderLine", hang);
      leaveWithTab(editor);
      if (editor !== responseEditor) offerIds(editor);
      editor.refresh();
      const scrolled = editor.getScrollerElement(); // out of reach of the keyboard as it comes
      scrolled.tabIndex = 0;
      scrolled.setAttribute("role", "group");
      scrolled.setAttribute("aria-label", name);
    }
  }, [queryEditor, variableEditor, responseEditor]);
  const [linked, setLinked] = useState(false);
  const link = () => {
    history.replaceState(null, "", linkTo(queryEditor.getValue(), variableEditor?.getValue()));
    navigator.clipboard?.writeText(location.href).catch(() => {}); // without permission the address bar has it
    setLinked(true);
  };
  return (
    <div className="page-privacy">
      <p>Ctrl-Enter (⌘-Enter) asks. Esc, then Tab leaves an editor. A name typed between quotation marks is offered as an id. What you ask is kept in this tab of the browser only, and forgotten with it.</p>
      <p><button type="button" onClick={link}>Link to this question</button> <span role="status">{linked ? "The address of this page is the link. What stands behind # reaches no server." : ""}</span></p>
    </div>
  );
}

/** Let what is broken off a long line stand below its beginning, and two characters further in. */
function hang(editor, line, element) {
  const indent = (line.text.search(/\S|$/) + 2) * editor.defaultCharWidth();
  element.style.textIndent = `-${indent}px`;
  element.style.paddingLeft = `${indent + 4}px`;
}

async function start() {
  const root = document.getElementById("ide");
  try {
    const response = await fetch(new URL("graphiql/assets/cookbook.json", document.baseURI), {credentials: "same-origin"});
    if (!response.ok) throw new Error(`the cookbook: ${response.status} ${response.statusText}`);
    const cookbook = await response.json();
    const plugins = [cookbookPlugin(cookbook)];
    const tabs = cookbook.tabs.map(({query, variables}) => ({query, variables}));
    const linked = readLink(location.hash);
    window.addEventListener("hashchange", () => location.reload());
    const wide = window.matchMedia("(min-width: 60em)").matches;
    createRoot(root).render(
      <GraphiQL
        fetcher={ask}
        defaultTabs={linked ? [linked, ...tabs] : tabs}
        {...linked}
        defaultQuery={NEW_TAB}
        plugins={plugins}
        visiblePlugin={wide ? "Cookbook" : undefined}
        panelAtStart={wide}
        defaultEditorToolsVisibility={wide || Boolean(linked?.variables) ? "variables" : false}
        isHeadersEditorEnabled={false}
        shouldPersistHeaders={false}
        storage={window.sessionStorage}
      >
        <GraphiQL.Logo><span /></GraphiQL.Logo>
        <GraphiQL.Footer><Footer /></GraphiQL.Footer>
      </GraphiQL>,
    );
  } catch (error) {
    document.getElementById("note").textContent = `The page could not be opened: ${error.message}. Reload it, or look whether the server runs.`;
  }
}

start();
