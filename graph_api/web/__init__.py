"""The ASGI application.

``app`` builds it. ``graphql_endpoint`` is ``/graphql``: ``graphql_request`` parses requests, ``admission`` limits how many run at once,
``response`` builds bodies and formats errors. ``local_execution`` gives the same answers without a server. ``graph_state`` is the
audience and the content hash of the graph. ``cookbook_lists`` compares the lists of the cookbook before and after a load. ``health`` is
liveness and readiness, ``graphiql_page`` serves GraphiQL, ``pages`` are for readers. ``request_log`` is the record of a completed
request, which ``metrics``, ``logs`` and ``tracing`` observe. ``security_headers`` and ``request_checks`` are middleware,
``worker_metrics`` adds up the metrics of several processes, ``http_protocol`` is uvicorn's protocol with limits on connections and request headers.
"""
