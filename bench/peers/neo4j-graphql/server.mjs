// @neo4j/graphql behind Apollo Server. What the library maps is mapped; what it cannot ask (the order of two events of one person,
// totals, a full-text search, the place in a source) is @cypher with the same hand-written Cypher as the floor.
// env: PORT, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const typeDefs = /* GraphQL */ `
  type Person @node {
    id: ID!
    name: String!
    category: String
    sex: String
    born: String
    events: [Event!]! @relationship(type: "TOOK_PART", properties: "Participation", direction: OUT)
  }
  type Participation @relationshipProperties {
    id: ID!
    role: String!
    position: Int
  }
  type Event @node(labels: ["Event"]) @plural(value: "eventNodes") {
    id: ID!
    kind: String!
    date: String
    rank: BigInt
    announced: Boolean
    # Text inside a list cannot be matched; every event of this graph has one article at most.
    article: String @cypher(statement: "RETURN this.offence_articles[0] AS article", columnName: "article")
    fromSite: [Site!]! @relationship(type: "FROM_SITE", direction: OUT)
    toSite: [Site!]! @relationship(type: "TO_SITE", direction: OUT)
    outcome: [Event!]! @relationship(type: "OUTCOME", direction: OUT)
    court: [Organization!]! @relationship(type: "COURT", direction: OUT)
    people: [Person!]! @relationship(type: "TOOK_PART", properties: "Participation", direction: IN)
    sites: [Site!]! @relationship(type: "AT", direction: OUT)
    citations: [Citation!]!
      @cypher(
        statement: """
        MATCH (c:Claim {subject: this.id})-[x:CITES]->(s:Source) USING INDEX SEEK c:Claim(subject)
        WITH s, x ORDER BY s.known_from, s.id, x.at
        RETURN {locator: x.at, source: {id: s.id, title: s.title}} AS row
        """
        columnName: "row"
      )
  }
  type Organization @node {
    id: ID!
    name: String!
    country: String
  }
  type Place @node {
    id: ID!
    name: String!
  }
  type Site @node {
    id: ID!
    name: String!
    place: [Place!]! @relationship(type: "IN", direction: OUT)
    # In this graph a transfer is also at the sites where it begins and ends.
    held: [Event!]! @relationship(type: "AT", direction: IN)
    # The library maps one type of relationship to a field; an event is at its site, or begins or ends there.
    events(first: Int!): [Event!]!
      @cypher(
        statement: """
        MATCH (this)<-[:AT|FROM_SITE|TO_SITE]-(e:Event) WITH DISTINCT e ORDER BY e.rank, e.id LIMIT $first RETURN e
        """
        columnName: "e"
      )
  }
  # Rows that mix several nodes must be plain types: inside a map, @node types resolve to null.
  type SourceInfo {
    id: ID!
    title: String!
  }
  type Citation {
    locator: String
    source: SourceInfo!
  }
  type EventInfo {
    id: ID!
    kind: String!
    date: String
  }
  type Sequence {
    id: ID!
    name: String!
    events: [EventInfo!]!
  }
  type Total {
    mediator: String
    category: String
    people: Int!
    events: Int!
  }
  type Hit {
    id: ID!
    name: String!
  }
  type Query {
    sequences(first: Int! = 50): [Sequence!]!
      @cypher(
        statement: """
        MATCH (p:Person) WHERE p.id > '' AND p.category = 'CIVILIAN'
        CALL (p) {
          MATCH (p)-[:TOOK_PART {role: 'SUBJECT'}]->(a:Conviction), (p)-[:TOOK_PART {role: 'SUBJECT'}]->(b:Exchange)
          WHERE a.date_lo <= b.date_hi AND NOT EXISTS { (a)-[:FOLLOWS]->(b) }
            AND (a.date_lo < b.date_hi OR EXISTS { (b)-[:FOLLOWS]->(a) })
          RETURN a, b ORDER BY a.date_hi >= b.date_lo, a.date IS NULL, a.date_lo, b.date_lo, a.id, b.id LIMIT 1 }
        WITH p, a, b ORDER BY p.id LIMIT $first
        RETURN {id: p.id, name: p.name, events: [a {.id, .kind, .date}, b {.id, .kind, .date}]} AS row
        """
        columnName: "row"
      )
    totals: [Total!]!
      @cypher(
        statement: """
        MATCH (x:Exchange) WITH x, COLLECT { MATCH (x)<-[:TOOK_PART {role: 'MEDIATOR'}]-(m:Actor) RETURN m.id } AS found
        OPTIONAL MATCH (x)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
        WITH x, found, p.category AS category, collect(p) AS freed
        UNWIND CASE found WHEN [] THEN [null] ELSE found END AS mediator
        WITH mediator, category, collect(freed) AS lists, count(DISTINCT x) AS events
        WITH mediator, category, COUNT { UNWIND lists AS list UNWIND list AS one RETURN DISTINCT one } AS people, events
        ORDER BY mediator, category
        RETURN {mediator: mediator, category: category, people: people, events: events} AS row
        """
        columnName: "row"
      )
    search(lucene: String!): [Hit!]!
      @cypher(
        statement: """
        CALL db.index.fulltext.queryNodes('record_spellings', $lucene) YIELD node, score
        WITH node, score WHERE node:Person ORDER BY score DESC, node.id LIMIT 20
        RETURN node {.id, .name} AS row
        """
        columnName: "row"
      )
  }
`;

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const schema = await new Neo4jGraphQL({ typeDefs, driver, features: { filters: { String: { CASE_INSENSITIVE: true, GTE: true } } } }).getSchema();
const server = new ApolloServer({ schema });
const { url } = await startStandaloneServer(server, {
  context: async ({ req }) => ({ req }),
  listen: { host: "127.0.0.1", port: Number(PORT) },
});
console.log(`ready ${url}`);
