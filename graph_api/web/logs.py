"""Logs as JSON, one line each: requests with what is known of them, and whatever else is logged. Never a query, never a value."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from typing import Final

import orjson

from graph_api.web.request_log import Tell, Told

SLOW: Final = 1.0
"""Seconds after which a request is worth a line where only problems are logged."""

log = logging.getLogger("graph_api.requests")


class AsJson(logging.Formatter):
    """Formats a record as one line of JSON; a line break in what is logged stays within its text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told = getattr(record, "told", None)
        if isinstance(told, Told):
            said |= asdict(told) | {"ms": round(told.seconds * 1000, 1)}
            said.pop("seconds")
        else:
            said["message"] = record.getMessage()
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(said, default=str).decode()
        except orjson.JSONEncodeError:  # half of a pair of surrogates, as in the name of a file
            return json.dumps(said, default=str)


def set_up() -> None:
    """Send what is logged to standard error, as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("graph_api").setLevel(logging.INFO)


def teller(which: str) -> Tell:
    """Return what logs requests: ``all``, ``problems`` (those that failed or were slow) or ``none``."""

    def tell(told: Told) -> None:
        is_problem = told.code != "OK" or told.seconds > SLOW
        if which == "all" or (which == "problems" and is_problem):
            log.info("request", extra={"told": told})

    return tell
