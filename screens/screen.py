"""What a handler answers with: a Screen, or a Toast over the screen that stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from aiogram.filters.callback_data import CallbackData

from domain.live import Live
from screens.paper import Paper, Picture

ALONE = 40
"""A button alone in its row holds that many characters; two or three share the width."""
SHARING = 24


@dataclass(frozen=True, slots=True)
class Button:
    """A label (plain text) and what tapping it means."""

    label: str
    tap: CallbackData


class Request(StrEnum):
    """What a key of a reply keyboard asks the person's app for."""

    CONTACT = "contact"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class AskButton:
    label: str
    request: Request | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to send: its name, and the id under which it is kept."""

    name: str
    file_id: int


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: its text (HTML made by ``Language``), its rows of buttons, its picture or file.

    ``photo`` is the id of a kept file, and so is a ``document``, unless it is a Picture or Paper that is
    still to be made; ``ask`` is a one-time reply keyboard and excludes ``rows``. ``live`` is what it shows
    that changes by itself: the message is kept up to date. ``is_new`` leaves what was tapped as it is.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    photo: int | Picture | None = None
    document: Document | Paper | None = None
    ask: tuple[tuple[AskButton, ...], ...] | None = None
    live: Live | None = None
    is_new: bool = False

    @property
    def taps(self) -> tuple[CallbackData, ...]:
        return tuple(button.tap for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(button.label for button in row) for row in self.rows)

    @property
    def mark(self) -> str:
        """The same for what looks the same: whether a message must be changed at all."""
        return sha256(repr((self.text, self.labels)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Toast:
    """A word over the chat (plain text, at most 200 characters); the screen under it stays as it is."""

    text: str
    alert: bool = False


Answer = Screen | Toast


def shortened(text: str, most: int) -> str:
    """At most that many characters: a name that is too long for its place ends in an ellipsis.

    What is cut within a directional isolate closes it, for what follows must keep its own direction.
    """
    if len(text) <= most:
        return text
    kept = _begun(text, most - 1)
    if not _is_open(kept):
        return kept + "…"
    kept = _begun(text, most - 2)
    return kept + ("…\u2069" if _is_open(kept) else "…")


def _begun(text: str, most: int) -> str:
    """Its beginning, without what would stand before nothing: spaces, and isolates that hold nothing yet."""
    return text[:most].rstrip(" \n\u2066\u2067\u2068")


def _is_open(text: str) -> bool:
    return sum(map(text.count, "\u2066\u2067\u2068")) > text.count("\u2069")


def around(name: str, most: int, label: Callable[[str], str]) -> str:
    """The label with that name in it; where it were too long the name is cut, not what stands beside."""
    over = len(label(name)) - most
    return label(name) if over <= 0 else label(shortened(name, max(len(name) - over, 2)))
