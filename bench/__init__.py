"""The bench: synthetic graphs, eight questions, peers on the same database, and the table of ratios.

``names``      made-up names in two scripts
``generate``   a synthetic graph as seed entries, from a seed number
``bulk``       the same graph through Neo4j's bulk importer, for sizes beyond the loader
``derive``     what depends on several records of an imported graph, in several processes
``store``      a private Neo4j with the graph in it, kept for the next run
``questions``  the eight questions for our server, and the hand-written Cypher
``lingbm``     the sixteen templates of the Linköping GraphQL Benchmark, asked of our model
``answers``    the queries of the peers; all answers as plain objects that can be compared
``servers``    the servers as processes
``peers``      those that others would write
``measure``    load on them: latency, throughput, processor time, memory
``table``      medians, ratios, goals
``report``     the document
``quick``      ours against the hand-written Cypher in minutes: ``make bench-quick``
``sizes``      one load of each size: time and memory, beside LOAD CSV of the same rows
``soak``       a server under load for some time, minute by minute
``planning``   what questions cost that the database has not planned yet, to those who ask and to others
``facets``     totals and facets, counted and stored, and what storing them costs: ``python -m bench.facets``
``run``        all of it: ``python -m bench.run``
"""
