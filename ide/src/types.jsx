// The documentation begins with the types that most questions are about.
export const FIRST_TYPES = ["Person", "Event", "Exchange", "Detention", "Site", "Place", "Group", "Figure", "Claim", "Source"];

/** Return a section with links to those types and what each is. */
export function firstTypes(schema, TypeLink) {
  const types = FIRST_TYPES.map((name) => schema.getType(name)).filter(Boolean);
  return (
    <section className="first-types" aria-labelledby="first-types">
      <h2 id="first-types" className="graphiql-doc-explorer-section-title">The types to begin with</h2>
      <dl className="graphiql-doc-explorer-section-content">
        {types.map((type) => (
          <div key={type.name}>
            <dt><TypeLink type={type} /></dt>
            <dd>{(type.description ?? "").split("\n")[0]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
