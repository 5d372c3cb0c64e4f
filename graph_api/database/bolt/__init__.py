"""A native Bolt client for reads from one server; its limits are listed in README.md.

``client`` (the pool), ``connection`` (one connection, which checks every response), ``packstream`` (messages as bytes),
``self_check`` (compares it with the driver at start).
"""
