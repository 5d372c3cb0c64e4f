// Apollo Client and urql with their default settings against the server at the address given: one line for each, exit code 1 if one fails.
import { createHash } from "node:crypto"
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client"
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries"
import { Client, cacheExchange, fetchExchange } from "@urql/core"

const uri = process.argv[2]
const QUERY = "query FirstPeople($first: Int = 2) { people(first: $first) { totalCount nodes { id name } } }"
const sha256 = (text) => createHash("sha256").update(text).digest("hex")

const apollo = async (link) => {
  const client = new ApolloClient({ link, cache: new InMemoryCache() })
  const { data } = await client.query({ query: gql(QUERY) })
  return data
}
const urql = async (options) => {
  const client = new Client({ url: uri, exchanges: [cacheExchange, fetchExchange], ...options })
  const { data, error } = await client.query(QUERY, {}).toPromise()
  if (error) throw error
  return data
}

const persisted = (options) => ApolloLink.from([new PersistedQueryLink({ sha256, ...options }), new HttpLink({ uri })])
const runs = {
  "Apollo Client, HttpLink": () => apollo(new HttpLink({ uri })),
  "Apollo Client, useGETForQueries": () => apollo(new HttpLink({ uri, useGETForQueries: true })),
  "Apollo Client, PersistedQueryLink": () => apollo(persisted({})),
  "Apollo Client, PersistedQueryLink with GET for hashes": () => apollo(persisted({ useGETForHashedQueries: true })),
  "urql": () => urql({}),
  "urql, preferGetMethod": () => urql({ preferGetMethod: true }),
}
for (const [name, run] of Object.entries(runs)) {
  try {
    const { people } = await run()
    if (people.nodes.length !== 2 || !people.nodes[0].name) throw new Error(JSON.stringify(people))
    console.log(`ok      ${name}: ${people.totalCount} people`)
  } catch (error) {
    process.exitCode = 1
    console.log(`FAILED  ${name}: ${error.message}`)
  }
}
