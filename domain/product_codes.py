"""Codes that stand on goods: what one may be looked up by. A code is a key and is never anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal
from domain.identifiers import digits_of, gtin_is_valid, mobile
from domain.persian import ascii_digits, clean, search_key

LONGEST_CODE = 64
LONGEST_TYPED = 200
GTIN_LENGTHS = (8, 12, 13, 14)
CODE_WORD = "کد"
_CODE_WORDS = frozenset(map(search_key, (CODE_WORD, "بارکد", "کد کالا", "barcode", "code")))
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/\-]{2,63}", re.ASCII)
_GTIN_OF_GS1 = re.compile(r"\(?01\)?(\d{14})", re.ASCII)
FEWEST_BARE_DIGITS = 4
"""A shorter number is a quantity, unless it is called a code."""


class CodeFault(StrEnum):
    UNKNOWN = "unknown"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class Spellings:
    """All ways in which one code may stand in our books."""

    codes: tuple[str, ...]
    barcodes: tuple[str, ...]


def spellings(code: str) -> Spellings:
    """A code in any letters, and a barcode with or without the zeros that fill it up."""
    digits = digits_of(code)
    barcodes: list[str] = []
    if _is_gtin_long(digits):
        barcodes = [digits, *(digits.zfill(length) for length in GTIN_LENGTHS if length > len(digits))]
        barcodes += [digits.lstrip("0").zfill(length) for length in GTIN_LENGTHS]
    return Spellings(tuple(sorted({code, code.upper(), code.lower()})), tuple(sorted(set(barcodes))))


def one_code(text: str) -> str | None:
    """The only word of a text, with or without the word «کد» before it; in ASCII digits."""
    parts = ascii_digits(clean(text[:LONGEST_TYPED])).split()
    if len(parts) == 2 and search_key(parts[0]) in _CODE_WORDS:
        parts = parts[1:]
    return parts[0] if len(parts) == 1 and len(parts[0]) <= LONGEST_CODE else None


def typed_code(text: str) -> str | None:
    """What was typed, where it can be nothing but a code: «۶۲۶۰۰۰۰۰۱۰۲۴۷», «کد ۱۰۲۴», «AV-250»."""
    if "\n" in text.strip():
        return None
    found, words = one_code(text), ascii_digits(clean(text[:LONGEST_TYPED])).split()
    if found is None:
        # «6260 0000 10247»: a barcode is often written in groups.
        digits = digits_of(text[:LONGEST_TYPED])
        return digits if len(words) > 1 and gtin_is_valid(digits) and len(digits) > 8 else None
    is_called_so = len(words) == 2
    if is_called_so and any(letter.isdigit() for letter in found):
        return found
    if _is_mobile(found) or not _CODE.fullmatch(found) or not any(letter.isdigit() for letter in found):
        return None
    return None if found.isdecimal() and len(found) < FEWEST_BARE_DIGITS else found


def _is_mobile(text: str) -> bool:
    try:
        mobile(text)
    except Refusal:
        return False
    return not gtin_is_valid(text)


def fault_of(code: str) -> CodeFault | None:
    """What can be said of a code that stands on none of our goods; None where it need not be one at all."""
    digits = digits_of(code)
    if not _is_gtin_long(digits):
        return None
    return CodeFault.UNKNOWN if gtin_is_valid(digits) else CodeFault.CHECK_DIGIT


def scanned_key(payload: str) -> str | None:
    """The key in what a barcode holds: a GTIN within more, or a plain code. Other texts are no key."""
    text = ascii_digits(payload[:LONGEST_TYPED]).strip().lstrip("\x1d")
    if (found := _GTIN_OF_GS1.match(text)) and gtin_is_valid(found[1]):
        return found[1]
    return text if len(payload) <= LONGEST_CODE and _CODE.fullmatch(text) else None


def _is_gtin_long(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal() and len(digits) in GTIN_LENGTHS
