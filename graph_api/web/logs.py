"""Logs as JSON, one object per line: completed requests and everything else that is logged. Never an operation, never a value."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from typing import Final

import orjson

from graph_api.web.request_log import RequestLog, RequestObserver

SLOW: Final = 1.0
"""Seconds after which a request is logged where only problems are logged."""

log = logging.getLogger("graph_api.requests")


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON; line breaks in a message are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        entry: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        request_log = getattr(record, "request_log", None)
        if isinstance(request_log, RequestLog):
            entry |= asdict(request_log) | {"ms": round(request_log.seconds * 1000, 1)}
            entry.pop("seconds")
        else:
            entry["message"] = record.getMessage()
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(entry, default=str).decode()
        except orjson.JSONEncodeError:  # a lone surrogate, as file names may have
            return json.dumps(entry, default=str)


def configure() -> None:
    """Send everything that is logged to standard error, as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("graph_api").setLevel(logging.INFO)


def request_logger(which: str) -> RequestObserver:
    """Return an observer that logs requests: ``all``, ``problems`` (those that failed or were slow) or ``none``."""

    def observe(request_log: RequestLog) -> None:
        is_problem = request_log.code != "OK" or request_log.seconds > SLOW
        if which == "all" or (which == "problems" and is_problem):
            log.info("request", extra={"request_log": request_log})

    return observe
