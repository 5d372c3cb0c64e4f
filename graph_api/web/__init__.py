"""The HTTP door.

``app`` (wiring, nothing else), ``graphql`` (the GraphQL route), ``reading`` (reads with an end), ``local`` (the same answers without a server),
``health`` (what works, said apart), ``ide`` (GraphiQL, from files of the package), ``problems`` (our errors as GraphQL errors).
"""
