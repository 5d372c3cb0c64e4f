// An operation as a link: behind "#", so that no server and no log gets it. #q=OPERATION&v=VARIABLES, each percent-encoded.

/** Return the operation and the variables of a fragment, or null where it has none. */
export function readLink(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const query = given.get("q");
  return query ? {query, variables: given.get("v") ?? ""} : null;
}

/** Return the fragment for an operation and its variables. */
export function linkTo(query, variables) {
  const given = variables?.trim() ? `&v=${encodeURIComponent(variables)}` : "";
  return `#q=${encodeURIComponent(query)}${given}`;
}
