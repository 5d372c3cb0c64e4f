"""The ASGI application.

``app`` (wiring, nothing else), ``security_headers`` (what holds of every response), ``graphql_endpoint`` (``/graphql``),
``graphql_request`` (what a request has to be), ``admission`` (how many operations at once),
``local_execution`` (the same answers without a server), ``request_log`` (what is known of a completed request) for ``metrics``,
``logs`` and ``tracing``, ``health``, ``graphiql_page`` (GraphiQL, from files of the package), ``response`` (our errors as GraphQL errors).
"""
