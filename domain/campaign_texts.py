"""The text of a campaign as a manager types it: «{نام_مرکز}» stands for what each customer is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from html import escape

from domain.persian import search_key

MOST_CAPTION = 1_024
MOST_MESSAGE = 4_096
MOST_CENTRE = 40
MOST_VISITOR = 30
MOST_PRICE = 20
MOST_LAST_LINE = 40
"""What is put in never takes more room than this, where the message would else be too long."""
_IN_BRACES = re.compile(r"\{([^{}\n]{0,40})\}")


class Variable(StrEnum):
    """What a text may leave open, by the name that is typed between braces."""

    CENTRE = "نام_مرکز"
    PRICE = "قیمت_شما"
    VISITOR = "ویزیتور"


_ROOM = {Variable.CENTRE: MOST_CENTRE, Variable.PRICE: MOST_PRICE, Variable.VISITOR: MOST_VISITOR}
_NAMES = {search_key(variable): variable for variable in Variable} | {
    "name": Variable.CENTRE,
    "price": Variable.PRICE,
    "visitor": Variable.VISITOR,
}


def variable_of(typed: str) -> Variable | None:
    """«نام مرکز» and «نام‌مرکز» are meant as «نام_مرکز» is."""
    return _NAMES.get(search_key(typed))


def variables_in(text: str) -> frozenset[Variable]:
    found = (variable_of(each) for each in _IN_BRACES.findall(text))
    return frozenset(each for each in found if each is not None)


def unknown_in(text: str) -> tuple[str, ...]:
    """What stands between braces and means nothing, as it was typed, each once."""
    return tuple(dict.fromkeys(each for each in _IN_BRACES.findall(text) if variable_of(each) is None))


def filled(text: str, values: Mapping[Variable, str]) -> str:
    """With what each variable stands for; a value is never read for variables itself."""

    def value(found: re.Match[str]) -> str:
        variable = variable_of(found[1])
        return found[0] if variable is None else values.get(variable, "")

    return _IN_BRACES.sub(value, text)


def too_long_by(text: str, *, has_photo: bool, has_last_line: bool) -> int:
    """So many characters too many for any customer's message, 0 where it always fits."""
    roomy = filled(text, {variable: "م" * room for variable, room in _ROOM.items()})
    length = len(escape(roomy, quote=False).encode("utf-16-le")) // 2
    length += MOST_LAST_LINE if has_last_line else 0
    return max(0, length - (MOST_CAPTION if has_photo else MOST_MESSAGE))
