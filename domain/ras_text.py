"""A question about ras as it is typed, a line for each cheque: «۴۰ میلیون، ۱ آذر».

A line «از ۱ آبان» says from which day is counted, «راس ۶۰» what is allowed; one amount without a day is the
last cheque, whose day is looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.amounts import AskBack, amount_and_day, typed_amount
from domain.dates import typed_day
from domain.errors import NotADay, NotAnAmount, NotAnAmountAndDay
from domain.money import Money, MoneyUnit, Rate
from domain.persian import search_key
from domain.ras import DueAmount, Ras, last_due, ras

MOST_LINES = 40
MOST_DAYS = 720
_TARGET = re.compile(r"(?:راس|ras) (\d{1,3})(?: روز| روزه| days)?")
_FROM = re.compile(r"\s*(?:از|from)\s+(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RasQuestion:
    """What was typed: cheques, and perhaps a start, a target, and an amount whose day is looked for."""

    start: date
    dues: tuple[DueAmount, ...]
    target: int | None = None
    last: Money | None = None

    @property
    def found(self) -> Ras | None:
        return ras(self.start, self.dues)

    @property
    def last_due(self) -> date | None:
        """The latest day for the last cheque; None when no day is early enough."""
        if self.last is None or self.target is None:
            return None
        return last_due(self.start, self.target, self.dues, self.last)

    @property
    def excess(self) -> Fraction:
        found = self.found
        return Fraction(0) if found is None or self.target is None else found.excess(self.target)

    def time_difference(self, monthly: Rate) -> Money:
        found = self.found
        return Money(0) if found is None else found.time_difference(self.excess, monthly)


def ras_question(text: str, today: date, unit: MoneyUnit = MoneyUnit.TOMAN) -> RasQuestion:
    """Read all lines; what is none of these is refused, and nothing is guessed."""
    start, target, last = today, None, None
    dues: list[DueAmount] = []
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise NotAnAmountAndDay
    for line in lines:
        if (said := _TARGET.fullmatch(search_key(line))) is not None:
            target = min(int(said[1]), MOST_DAYS)
        elif (since := _FROM.fullmatch(line)) is not None:
            start = typed_day(since[1], today)
        elif (due := _due(line, today, unit)) is not None:
            dues.append(due)
        elif last is None:
            last = _amount(line, unit)
        else:
            raise NotAnAmountAndDay
    if not (dues or last) or (last is not None and target is None):
        raise NotAnAmountAndDay
    return RasQuestion(start=start, dues=tuple(dues), target=target, last=last)


def _due(line: str, today: date, unit: MoneyUnit) -> DueAmount | None:
    try:
        typed = amount_and_day(line, today, unit)
    except (NotAnAmountAndDay, NotAnAmount, NotADay):
        return None
    return DueAmount(_plain(typed.amount), typed.day)


def _amount(line: str, unit: MoneyUnit) -> Money:
    try:
        return _plain(typed_amount(line, unit))
    except NotAnAmount:
        raise NotAnAmountAndDay from None


def _plain(amount: Money | AskBack) -> Money:
    return amount.meant if isinstance(amount, AskBack) else amount
