"""Numbers by which people, companies and goods are known, and whether they can be right."""

from __future__ import annotations

import re

from domain.errors import NotAMobile, NotAnIdentifier
from domain.persian import ascii_digits

_MOBILE = re.compile(r"(?:\+?98|0098|0)?(9\d{9})", re.ASCII)
_COMPANY_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)
_ECONOMIC_LENGTHS = (12, 14)


def digits_of(text: str) -> str:
    """The text with Latin digits and without what people put between digits."""
    return re.sub(r"[\s\-‐-―.()/\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", ascii_digits(text))


def mobile(text: str) -> str:
    """An Iranian mobile as 09xxxxxxxxx, however it was written; raises NotAMobile for anything else."""
    found = _MOBILE.fullmatch(digits_of(text))
    if found is None:
        raise NotAMobile
    return f"0{found[1]}"


def national_id_is_valid(digits: str) -> bool:
    """The check digit of a person's national id: ten digits."""
    if not re.fullmatch(r"\d{10}", digits, re.ASCII) or len(set(digits)) == 1:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def company_id_is_valid(digits: str) -> bool:
    """The check digit of a company's national id: eleven digits."""
    if not re.fullmatch(r"\d{11}", digits, re.ASCII) or len(set(digits)) == 1:
        return False
    shift = int(digits[9]) + 2
    sum_ = sum((int(digit) + shift) * weight for digit, weight in zip(digits, _COMPANY_WEIGHTS, strict=False))
    return int(digits[10]) == sum_ % 11 % 10


def identifier(text: str) -> str:
    """A national id (person or company, check digit right) or an economic code, in Latin digits."""
    digits = digits_of(text)
    is_economic = digits.isdecimal() and len(digits) in _ECONOMIC_LENGTHS and len(set(digits)) > 1
    if not (national_id_is_valid(digits) or company_id_is_valid(digits) or is_economic):
        raise NotAnIdentifier
    return digits


def gtin_is_valid(text: str) -> bool:
    """The check digit of a barcode: EAN-8, UPC-A, EAN-13 or GTIN-14."""
    digits = digits_of(text)
    if not re.fullmatch(r"\d{8}|\d{12,14}", digits, re.ASCII):
        return False
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits[:-1])))
    return int(digits[-1]) == -weighted % 10


def card_is_valid(digits: str) -> bool:
    """The check digit of a bank card: sixteen digits (Luhn)."""
    if not re.fullmatch(r"[1-9]\d{15}", digits, re.ASCII):
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0
