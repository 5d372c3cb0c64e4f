// Options of graphql-codegen: operations of a client, typed against the schema of a running server.
export default {
  schema: process.env.SERVER,
  documents: "operations.graphql",
  generates: { "generated/operations.ts": { plugins: ["typescript-operations"] } },
}
