"""Lists that turn pages. Pages count from 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData

from screens.language import Language, Words
from screens.screen import Button

Each = TypeVar("Each")


def turning(page: int, pages: int, to: Callable[[int], CallbackData], _: Language) -> tuple[Button, ...]:
    """The buttons to the pages beside this one; none where the list ends."""
    buttons = []
    # Right to left, as Persian is read: the arrows point away from each other.
    if page > 1:
        buttons.append(Button(_.label("▶️ Previous"), to(page - 1)))
    if page < pages:
        buttons.append(Button(_.label("◀️ Next"), to(page + 1)))
    return tuple(buttons)


def titled(title: Words, page: int, pages: int, _: Language) -> Words:
    """A heading, with the number of the page when there are several."""
    if pages <= 1:
        return title
    return _("{title} — page {page} of {pages}", title=title, page=page, pages=pages)


def cut(everything: Sequence[Each], page: int, per_page: int) -> tuple[tuple[Each, ...], int, int]:
    """That page of what is all there already, its number within the range, and how many pages there are."""
    pages = max(1, -(-len(everything) // per_page))
    page = min(max(page, 1), pages)
    return tuple(everything[(page - 1) * per_page : page * per_page]), page, pages


def in_rows(buttons: Sequence[Button], per_row: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + per_row]) for at in range(0, len(buttons), per_row))
