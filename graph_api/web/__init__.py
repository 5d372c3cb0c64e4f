"""The HTTP door.

``app`` (wiring, nothing else), ``edge`` (what holds of every response), ``door`` (``/graphql``), ``protocol`` (what a request has to
be), ``gate`` (how many at once), ``persisted`` (operations known by their hash), ``local`` (the same answers without a server), ``told``
(what is known of a request) for ``metrics``, ``logs`` and ``tracing``, ``health`` (what works, said apart), ``ide`` (GraphiQL, from files
of the package), ``problems`` (our errors as GraphQL errors).
"""
