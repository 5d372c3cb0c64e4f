// Tab indents in an editor; Esc, then Tab leaves it, so that the keyboard alone gets out (WCAG 2.1.2).

/** Let Esc, then Tab (or Shift-Tab) move the focus out of an editor. */
export function leaveWithTab(editor) {
  let leaving = false;
  editor.on("keydown", (cm, event) => {
    if (event.key === "Tab" && leaving) event.codemirrorIgnore = true; // the browser moves the focus
    if (event.key !== "Shift") leaving = event.key === "Escape" && !cm.state.completionActive;
  });
}
