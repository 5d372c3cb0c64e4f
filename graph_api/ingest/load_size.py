"""How large a load is as one transaction, and how much one transaction of this Neo4j holds: said before anything is written.

The bytes are an estimate from loads that were measured (``bench.sizes``): Neo4j counted about as much for each claim as for each of its links.
A load that is a little too large for the estimate is tried, as it may fit; Neo4j undoes it where it does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.errors import InvalidInput

BYTES: Final = 15_000
"""Bytes of a transaction for each claim and each link: 50,982 of them fitted into 716 MB, 60,796 did not, and 35,863 took 530 MB."""
REMOVED: Final = 0.5
"""What is removed takes at least a quarter of these bytes: 6,700 claims and links did not fit into 24 MB."""
TRIED: Final = 1.3
"""A load that is estimated at more than this part of the limit is refused before it is written."""
SAID: Final = 0.5
"""A plan tells the size of a load that is estimated at more than this part of the limit."""
UNITS: Final = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


@dataclass(frozen=True, slots=True)
class LoadSize:
    """How many claims and links a load writes, and how many of both it removes.

    ``limit`` is how many bytes one transaction may use, None where nobody knows.
    """

    claims: int
    links: int
    limit: int | None
    removed: int = 0

    @property
    def share(self) -> float:
        """The estimated bytes as a part of the limit; 0 where there is none."""
        return BYTES * (self.claims + self.links + self.removed * REMOVED) / self.limit if self.limit else 0.0

    @property
    def is_too_large(self) -> bool:
        """Whether one transaction certainly does not hold the load."""
        return self.share > TRIED

    @property
    def text(self) -> str:
        """The size in words.

        >>> LoadSize(90_250, 89_065, 512 * 2**20).text
        '90,250 claims and 89,065 links, about 5.0 times what one transaction of this Neo4j holds (512 MB)'
        """
        limit = f"{(self.limit or 0) >> 20:,} MB"
        gone = f" and {self.removed:,} of them removed" if self.removed else ""
        counts = f"{self.claims:,} claims and {self.links:,} links{gone}"
        return f"{counts}, about {self.share:.1f} times what one transaction of this Neo4j holds ({limit})"


APPLIED: Final = (
    "no transaction holds this load: with a private Neo4j it is applied by building a new graph that replaces the present one, "
    "with one of your own by `apply --not-atomic`, in blocks, each a load of its own, which `revert GROUP` takes back together"
)
"""How a load that is too large for one transaction is applied."""


def check_size(size: LoadSize) -> None:
    """Raise InvalidInput for a load that is certainly too large for one transaction."""
    if size.is_too_large:
        raise InvalidInput(
            f"Invalid load of {size.text}; nothing was changed. Expected fewer files at a time, each after the files that it refers to, "
            "more memory for Neo4j, or `apply --not-atomic`."
        )


def transaction_limit(store: Database) -> int | None:
    """Return how many bytes one transaction may use; None where there is no limit, or the user may not read the setting."""
    limits = [parse_bytes(str(value)) for [value] in store.read(named("transaction_limits"))]
    return min((one for one in limits if one), default=None)


def parse_bytes(text: str) -> int:
    """Return the bytes of a setting of Neo4j; 0, which is no limit, where it is not understood.

    >>> parse_bytes("716.00MiB"), parse_bytes("0B"), parse_bytes("NO_VALUE")
    (750780416, 0, 0)
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([KMGT]?i?B)", text)
    return int(float(found[1]) * UNITS.get(found[2], 0)) if found else 0
