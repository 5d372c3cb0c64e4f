"""A native Bolt client for reads: ``client`` (connections and their pool) over the messages of ``packstream``."""
