"""Structured logs that keep secrets: tokens, phone and card numbers are taken out of every line.

Redaction works on the finished line, so that exceptions, tracebacks and other libraries' records pass it too.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

from domain.persian import ascii_digits

_SECRETS = (
    # 123456789:AA…, also where an address has quoted the colon. "sha256:" begins alike and is none.
    (re.compile(r"(?<!sha)\d{3,12}(?::|%3A)[A-Za-z0-9_-]{10,}", re.IGNORECASE), "<token>"),
    # The sandbox's bot has a short id; so much behind it is no time of day.
    (re.compile(r"(?<!\d)\d{1,2}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE), "<token>"),
    # A mobile with or without its 98 or 0, in one piece or in groups.
    (re.compile(r"(?<!\d)(?:(?:\+|00)?98[ -]?|0)?9\d{2}[ -]?\d{3}[ -]?\d{4}(?!\d)"), "<phone>"),
    (re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)"), "<card>"),
    (re.compile(r"(?<!\w)IR[ -]?\d{2}(?:[ -]?\d{4}){5}[ -]?\d{2}(?!\d)", re.IGNORECASE), "<account>"),
    (re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"), "<password>"),
)
_ESCAPED_DIGIT = re.compile(r"\\u06[f6]([0-9])", re.IGNORECASE)
MOST_CHARACTERS = 8_000


def redacted(line: str) -> str:
    """The line without secrets, of a bounded length; Persian digits and their escapes hide nothing."""
    line = _ESCAPED_DIGIT.sub(r"\1", line)
    for pattern, instead in _SECRETS:
        matched = list(pattern.finditer(ascii_digits(line)))
        for match in reversed(matched):
            line = line[: match.start()] + instead + line[match.end() :]
    return line if len(line) <= MOST_CHARACTERS else line[:MOST_CHARACTERS] + "…"


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def set_up_logging(level: str, form: str, stream: Any = None) -> None:
    """One sink for structlog and the standard library alike."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        RedactingFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("aiogram.event", "aiogram.dispatcher", "aiosqlite", "aiohttp.access", "alembic"):
        logging.getLogger(noisy).setLevel("WARNING")
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
