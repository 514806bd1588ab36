"""A payment term as somebody in finance types it: «چک ۴۵ روزه», «نقد ۴٪», «۴۰٪ نقد، بقیه چک ۴۵ روزه»."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.errors import TermNotUnderstood, TermRefused
from domain.money import Rate
from domain.numerals import plainly
from domain.terms import Term, TermKind, made

LONGEST = 80
_PERCENT = re.compile(r"([0-9]{1,2}(?:[.٫/][0-9]{1,2})?)\s*(?:%|٪|درصد|percent)")
_DAYS = re.compile(r"([0-9]{1,3})\s*(?:روزه|روز|days?)?")
_NAMED = (
    (TermKind.CONSIGNMENT, re.compile(r"امانی|consignment")),
    (TermKind.CHEQUE, re.compile(r"چک|cheque|check")),
    (TermKind.ACCOUNT, re.compile(r"حساب|اعتباری|نسیه|account")),
    (TermKind.COD, re.compile(r"تحویل|delivery")),
    (TermKind.CASH_PRE, re.compile(r"نقد|cash")),
)
_REST = (TermKind.CHEQUE, TermKind.ACCOUNT)


def said(text: str) -> Term:
    """The term that was typed; what is not understood is refused, never guessed."""
    plain = plainly(text[: LONGEST + 1])
    if len(plain) > LONGEST:
        raise TermNotUnderstood
    rates = [_rate(found) for found in _PERCENT.findall(plain)]
    days = [int(found) for found in _DAYS.findall(_PERCENT.sub(" ", plain)) if found]
    kinds = [kind for kind, named in _NAMED if named.search(plain)]
    if not kinds or len(rates) > 2 or len(days) > 1:
        raise TermNotUnderstood
    try:
        return _made(kinds, rates, days[0] if days else 0)
    except TermRefused:
        raise TermNotUnderstood from None


def _made(kinds: list[TermKind], rates: list[Rate], days: int) -> Term:
    """Cash beside a cheque or an account is a mixed term: its share is said first, then its discount."""
    first = kinds[0]
    if first in _REST and TermKind.CASH_PRE in kinds:
        if not rates:
            raise TermNotUnderstood
        return made(TermKind.MIXED, days, rates[1] if len(rates) > 1 else Rate(0), rates[0], first)
    if len(rates) > 1 or (first in (TermKind.COD, TermKind.CASH_PRE) and days):
        raise TermNotUnderstood
    return made(first, days, rates[0] if rates else Rate(0))


def _rate(text: str) -> Rate:
    return Rate(int(Decimal(re.sub(r"[٫/]", ".", text)) * 100))
