// The cookbook beside the editor: every question in words, by who asks it; one click opens it in a tab, or goes to the tab that has it.
import {useEditorContext} from "@graphiql/react";
import {useEffect, useState} from "react";

const BookIcon = (props) => (
  <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" {...props}>
    <path d="M12 6c-2-1.6-4.6-2-8-2v14c3.400 0 6 .4 8 2 2-1.600 4.600-2 8-2V4c-3.400 0-6 .4-8 2zm0 0v14" strokeLinejoin="round" />
  </svg>
);

/** Return the plug-in that lists the questions. */
export function cookbookPlugin(cookbook) {
  return {title: "Cookbook", icon: BookIcon, content: () => <Cookbook groups={cookbook.groups} />};
}

function Cookbook({groups}) {
  const {tabs, activeTabIndex, addTab, changeTab, queryEditor, variableEditor, responseEditor} = useEditorContext({nonNull: true});
  const [sought, setSought] = useState("");
  const [opening, setOpening] = useState(null);
  const open = (question) => {
    const at = tabs.findIndex((tab) => tab.query === question.query);
    if (at >= 0) return changeTab(at);
    setOpening({question, tabs: tabs.length});
    return addTab();
  };
  useEffect(() => {
    if (!opening || tabs.length === opening.tabs) return; // the new tab is not there yet
    queryEditor?.setValue(opening.question.query);
    variableEditor?.setValue(opening.question.variables);
    responseEditor?.setValue("");
    setOpening(null);
  }, [opening, tabs.length, queryEditor, variableEditor, responseEditor]);

  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups
    .map((group) => ({...group, questions: group.questions.filter((one) => words.every((word) => one.question.toLowerCase().includes(word)))}))
    .filter((group) => group.questions.length > 0);
  const shown = tabs[activeTabIndex]?.query;
  return (
    <section className="cookbook" aria-label="Cookbook">
      <h2>Cookbook</h2>
      <label className="cookbook-search">
        <span>Find a question</span>
        <input type="search" value={sought} onChange={(event) => setSought(event.target.value)} />
      </label>
      {found.map((group) => (
        <div key={group.title}>
          <h3 id={`cookbook-${group.key}`}>{group.title}</h3>
          <ul aria-labelledby={`cookbook-${group.key}`}>
            {group.questions.map((one) => (
              <li key={one.question}>
                <button type="button" aria-current={one.query === shown ? "true" : undefined} onClick={() => open(one)}>
                  {one.question}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p role="status">{found.length ? "" : "No question has these words."}</p>
    </section>
  );
}
