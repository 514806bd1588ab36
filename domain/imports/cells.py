"""What a cell says: text, whole numbers, money, dates and choices, in any digits and usual spelling.

A cell is what a spreadsheet holds (text, a number, a date, a yes or no) or the text of a CSV field.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn

from persiantools.jdatetime import JalaliDate

from domain import identifiers
from domain.errors import Refusal
from domain.imports.errors import CellFault, CellRefused
from domain.money import RIALS_IN_A_TOMAN
from domain.persian import ascii_digits, clean, search_key

Read = Callable[[object], object]

MOST_CODE = 64
MOST_UNITS = 1_000_000_000
MOST_RIALS = 10**14
LAST_JALALI_YEAR = 1700
"""A year before that is Jalali, a later one Gregorian: the two calendars are 621 years apart."""

_ARABIC = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u00a0": " ", "\u00ad": None})
_PLAIN = re.compile("[ -~،؛؟ء-غـ-قل-وپچژکگی٠-٩۰-۹٪٫٬\u200c«»…–]*")
"""Text of these characters alone, as nearly all text is, has nothing in it to be cleaned or replaced."""
_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:[,٬،]\d{3})+|\d{1,18})(?:[.٫](\d{1,6}))?")
_ONE_DOT_THREE_DIGITS = re.compile(r"[-−]?\d{1,3}\.\d{3}")
_DATE = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}\S*)?")
_DATE_OF_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UNIT = re.compile(r"\s*(ریال|تومان|تومن)$")


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """Text as it is kept for people: Persian letters instead of the Arabic look-alikes, single spaces."""
    return " ".join((text if _PLAIN.fullmatch(text) else clean(text.translate(_ARABIC))).split())


def written(cell: object) -> str:
    """What a person reads in that cell; a spreadsheet keeps codes such as 1024 as the number 1024.0."""
    if isinstance(cell, str):
        return shown(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def text(most: int) -> Read:
    """Text of at most that many characters."""

    def read(cell: object) -> str:
        return _text(written(cell), most)

    return read


def _text(found: str, most: int) -> str:
    """A cell of invisible characters alone looks empty to whoever wrote it, and so it is."""
    if not found:
        raise CellRefused(CellFault.MISSING)
    if len(found) > most:
        raise CellRefused(CellFault.TOO_LONG, most)
    return found


def code(cell: object) -> str:
    """A code by which things are found again: its digits are always 0–9."""
    return _text(ascii_digits(written(cell)), MOST_CODE)


def number(cell: object) -> Decimal:
    """A number. «1.000» may be one or a thousand and is refused, like every spelling that can be misread."""
    if isinstance(cell, bool):
        _not_a_number()
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(repr(round(cell, 6))) if math.isfinite(cell) and abs(cell) < 1e18 else _not_a_number()
    found = ascii_digits(written(cell))
    match = _NUMBER.fullmatch(found)
    if match is None or _ONE_DOT_THREE_DIGITS.fullmatch(found):
        _not_a_number()
    sign, whole_part, fraction = match.groups()
    digits = re.sub(r"\D", "", whole_part)
    return Decimal(f"{'-' if sign else ''}{digits}.{fraction or 0}")


def _not_a_number() -> NoReturn:
    raise CellRefused(CellFault.NOT_A_NUMBER)


def whole(least: int, most: int = MOST_UNITS) -> Read:
    """A whole number between these two."""

    def read(cell: object) -> int:
        return _within(number(cell), least, most)

    return read


def _within(exact: Decimal, least: int, most: int) -> int:
    if exact != exact.to_integral_value():
        raise CellRefused(CellFault.NOT_WHOLE)
    if exact < least:
        raise CellRefused(CellFault.TOO_SMALL, least)
    if exact > most:
        raise CellRefused(CellFault.TOO_LARGE, most)
    return int(exact)


def rials(cell: object) -> int:
    """An amount of a column in rials."""
    return _within(_amount(cell, "ریال"), 1, MOST_RIALS)


def toman(cell: object) -> int:
    """Rials, of an amount of a column in toman."""
    return _within(_amount(cell, "تومان") * RIALS_IN_A_TOMAN, 1, MOST_RIALS)


def rials_or_none(cell: object) -> int:
    """The same where nothing may be left of an amount."""
    return _within(_amount(cell, "ریال"), 0, MOST_RIALS)


def toman_or_none(cell: object) -> int:
    return _within(_amount(cell, "تومان") * RIALS_IN_A_TOMAN, 0, MOST_RIALS)


def _amount(cell: object, unit: str) -> Decimal:
    """The number before the unit; a cell that names another unit than its header would be ten times wrong."""
    if not isinstance(cell, str):
        return number(cell)
    found = written(cell)
    named = _UNIT.search(found)
    if named is None:
        return number(found)
    if named.group(1).replace("تومن", "تومان") != unit:
        raise CellRefused(CellFault.OTHER_UNIT)
    return number(found[: named.start()])


def percent(cell: object) -> int:
    """A rate in basis points. A spreadsheet keeps what it shows as 10% as the number 0.1."""
    exact = number(written(cell).rstrip("%٪ ")) if isinstance(cell, str) else number(cell)
    if isinstance(cell, float) and 0 < exact < 1:
        exact *= 100
    return _within(exact * 100, 0, 10_000)


def day(cell: object) -> date:
    """A day: a date of the spreadsheet, or Jalali or Gregorian text with the year first."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = ascii_digits(written(cell))
    if match := _DATE.fullmatch(found):
        year, _separator, month, day_of_month = match.groups()
    elif match := _DATE_OF_DIGITS.fullmatch(found):
        year, month, day_of_month = match.groups()
    else:
        raise CellRefused(CellFault.NOT_A_DATE)
    return _on(int(year), int(month), int(day_of_month))


def _on(year: int, month: int, day_of_month: int) -> date:
    try:
        if year >= LAST_JALALI_YEAR:
            return date(year, month, day_of_month)
        return JalaliDate(year, month, day_of_month).to_gregorian()
    except ValueError:
        raise CellRefused(CellFault.NOT_A_DATE) from None


def barcode(cell: object) -> str:
    """A GTIN whose check digit is right."""
    found = identifiers.digits_of(written(cell))
    if not identifiers.gtin_is_valid(found):
        raise CellRefused(CellFault.NOT_A_BARCODE)
    return found


def identifier(cell: object) -> str:
    """A national id or an economic code; a spreadsheet drops the zeros with which a person's id begins."""
    found = written(cell)
    if not isinstance(cell, str) and 8 <= len(found) <= 9:
        found = found.zfill(10)
    try:
        return identifiers.identifier(found)
    except Refusal:
        raise CellRefused(CellFault.NOT_AN_IDENTIFIER) from None


def mobile(cell: object) -> str:
    """A mobile in its one form, 09xxxxxxxxx; spreadsheets drop the first zero."""
    try:
        return identifiers.mobile(written(cell))
    except Refusal:
        raise CellRefused(CellFault.NOT_A_MOBILE) from None


def choice(words: Mapping[str, object]) -> Read:
    """One of these words, however it is spelled; several words may mean the same."""
    meanings = {search_key(word): meaning for word, meaning in words.items()}
    firsts: dict[object, str] = {}
    for word, meaning in words.items():
        firsts.setdefault(meaning, word)
    offered = "، ".join(firsts.values())

    @lru_cache(maxsize=1024)
    def meant(found: str) -> object:
        if (key := search_key(found)) not in meanings:
            raise CellRefused(CellFault.NOT_A_CHOICE, offered)
        return meanings[key]

    def read(cell: object) -> object:
        return meant(written(cell))

    return read
