"""Logs are JSON lines with the request's id; no bodies, addresses of people, tokens or codes."""

from __future__ import annotations

import json
import logging
import re
import sys
import time

from flask import Flask, Response, g, has_request_context, request

_ADDRESS = re.compile(r"[^\s\"'<>()=,;:]+@[^\s\"'<>()=,;:]+")
_DETAIL = re.compile(r"(DETAIL: |CONTEXT: )[^\n]*")
EXTRAS = ("listener", "event", "job", "status", "ms", "method", "route")


class JsonLines(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's words and what the house adds."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": without_people(record.getMessage()),
        }
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["fault"] = without_people(self.formatException(record.exc_info))
        return json.dumps(line, default=str, ensure_ascii=False)


def without_people(words: str) -> str:
    """The words without addresses, and without the values that PostgreSQL quotes in its errors."""
    return _ADDRESS.sub("(an address)", _DETAIL.sub(r"\1(left out)", words))


def init_app(app: Flask, level: str) -> None:
    """Write to standard error; one line per request, with the route and not the address."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("ideas")
    root.handlers, root.propagate = [handler], False
    root.setLevel(level)
    log = logging.getLogger("ideas.requests")

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def say(response: Response) -> Response:
        if request.endpoint != "static":
            log.info(
                "answered",
                extra={
                    "status": response.status_code,
                    "method": request.method,
                    "route": str(request.url_rule or "none"),
                    "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                },
            )
        return response
