"""Which handlers only read."""

from collections.abc import Iterator
from typing import Any

from aiogram import Router
from aiogram.types import Update

from handlers.tapping import button_of

READS: dict[str, Any] = {"reads": True}
"""Flags of a handler that changes nothing: a tap that shows something."""


def reading_prefixes(root: Router) -> frozenset[str]:
    """The prefixes of all buttons whose handler only reads."""
    return frozenset(_prefixes(root))


def _prefixes(root: Router) -> Iterator[str]:
    for router in root.chain_tail:
        for handler in router.callback_query.handlers:
            if not handler.flags.get("reads"):
                continue
            if prefix := button_of(handler):
                yield prefix


def is_reading(update: Update, prefixes: frozenset[str]) -> bool:
    """Whether this update is the tap on a button that only shows something."""
    query = update.callback_query
    return query is not None and (query.data or "").split(":", 1)[0] in prefixes
