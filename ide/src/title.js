// The title of a tab: the question that stands in the comment on top of its operation, up to its first question mark.

/** Return the question on top of an operation, or null where there is none. */
export function questionOf(text) {
  const lines = [];
  for (const line of (text ?? "").trimStart().split("\n")) {
    if (!line.startsWith("#")) break;
    lines.push(line.slice(1).trim());
  }
  const words = lines.join(" ").trim();
  const end = words.indexOf("?");
  return (end < 0 ? words : words.slice(0, end + 1)) || null;
}
