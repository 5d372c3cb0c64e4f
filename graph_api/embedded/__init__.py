"""Provides a Neo4j: at a given address, or as a private process that needs no Docker and no installed Java.

::

    open      open_embedded(), the entry point: a given address, the server of another process, or one started here
    endpoint  an address with user, password and database (pure)
    layout    folders, configuration and Java arguments of a private Neo4j (pure)
    jars      download Neo4j by Maven coordinates, verified against jars.lock
    update_lockfile  rewrite jars.lock (run as a module, by maintainers)
    version   the version of Neo4j that wrote a home; newer ones are refused
    control   status, stop and logs of a server, for processes that do not own it
    lock      the lock of a home, and the state file about its owner
    process   start, wait until it answers, stop
    switch    replaces the data of a home by a new graph that was built beside it
    replace   hold_home(): read the graph of a home, build another one, switch; ServedHome: import another one beside the present one
    follow    tells a process when to open the server again, since a new graph replaces the present one or its owner stops it
    bolt_probe  checks whether a Bolt server answers; finds a free port
    watchdog  stops the server of an owner that was killed (run as a script)
"""

from graph_api.embedded.endpoint import Endpoint
from graph_api.embedded.follow import following
from graph_api.embedded.open import open_embedded
from graph_api.embedded.replace import ServedHome, hold_home, served_home

__all__ = ["Endpoint", "ServedHome", "following", "hold_home", "open_embedded", "served_home"]
