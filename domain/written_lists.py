"""What is wanted in an order that was written down: «۲ کارتن شامپو آوین ۲۵۰، ۱۰ بسته دستکش مدیوم»."""

from __future__ import annotations

import re

from domain.persian import clean, search_key
from domain.quantities import NUMBER_WORDS, UNIT_WORDS

MOST_ITEMS = 4
"""So many are looked up; whoever writes more than that sees the first ones."""
_BETWEEN = re.compile(r"[،؛,;\n]+|\.(?=\s|$)")
_POLITE = frozenset(
    search_key("سلام درود لطفا لطفاً ممنون مرسی و هم بفرستید بفرست می‌خواهم می‌خوام سفارش").split()
)


def wanted(text: str) -> tuple[str, ...]:
    """The things that were named, one after the other, each without how many of it."""
    found = (_without_quantity(part) for part in _BETWEEN.split(clean(text)))
    return tuple(dict.fromkeys(each for each in found if each))[:MOST_ITEMS]


def _without_quantity(part: str) -> str:
    """«۲ کارتن شامپو آوین ۲۵۰»: the size belongs to the name, the number of cartons does not."""
    said = [(word, search_key(word)) for word in part.split()]
    said = [(word, key) for word, key in said if key and key not in _POLITE]
    keys = [key for _word, key in said]
    if keys and _is_number(keys[0]):
        said = said[2:] if len(keys) > 1 and keys[1] in UNIT_WORDS else said[1:]
    elif keys and _is_quantity(keys[0]):
        said = said[1:]
    elif keys and _is_quantity(keys[-1]):
        said = said[:-1]
    elif len(keys) > 1 and _is_quantity(f"{keys[-2]} {keys[-1]}"):
        said = said[:-2]
    return " ".join(word for word, _key in said)


def _is_number(key: str) -> bool:
    return key.isdecimal() or key in NUMBER_WORDS


def _is_quantity(key: str) -> bool:
    """«۲کارتن» is one word to whoever writes it, and two in its key."""
    number, _between, unit = key.partition(" ")
    return unit in UNIT_WORDS and _is_number(number)
