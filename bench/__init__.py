"""The bench: synthetic graphs, eight questions, peers on the same database, and the table of ratios.

``names``      made-up names in two scripts
``generate``   a synthetic graph as seed entries, from a seed number
"""
