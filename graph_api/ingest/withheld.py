"""Withheld ids are stored as digests: a graph and its backups do not list whom they withhold, and still recognise each id.

A digest keeps an id from being read. It does not keep somebody who has the graph and a list of ids from trying them one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Final

PREFIX: Final = "sha256:"
"""What distinguishes a digest from an id, which has no colon; graphs of earlier versions hold ids."""


def digest(id_: str) -> str:
    """Return the digest of an id; that of a digest is itself.

    >>> digest("person-4711") == digest(digest("person-4711"))
    True
    """
    return id_ if id_.startswith(PREFIX) else PREFIX + hashlib.sha256(f"withheld {id_}".encode()).hexdigest()


def withheld_among(ids: Iterable[str], withheld: Collection[str]) -> frozenset[str]:
    """Return those of the ids that are withheld; ``withheld`` are digests or ids.

    >>> sorted(withheld_among(["a-person", "b-person", "c-person"], [digest("a-person"), "b-person"]))
    ['a-person', 'b-person']
    """
    digests = {digest(one) for one in withheld}
    return frozenset(one for one in ids if digest(one) in digests)
