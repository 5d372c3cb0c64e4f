"""Where a Neo4j comes from: an address that was given, or a private process that needs no Docker and no Java.

::

    open      open_embedded(): the one door; an address, the server of another process, or one of our own
    endpoint  an address with user, password and database (pure)
    layout    folders, configuration and Java arguments of a private Neo4j (pure)
    jars      fetch Neo4j by Maven coordinates, check every byte against jars.lock
    update_lockfile  write jars.lock anew (run as a module, by maintainers)
    version   which Neo4j wrote a home; a newer one is refused
    control   what runs below a home, and ending it, for somebody who is not its owner
    lock      one home has one owner; the state file that others read
    process   start, wait until it answers, stop
    bolt_probe  does it answer? which port is free?
    watchdog  ends the server when its owner died without a word (run as a script)
"""

from graph_api.embedded.endpoint import Endpoint
from graph_api.embedded.open import open_embedded

__all__ = ["Endpoint", "open_embedded"]
