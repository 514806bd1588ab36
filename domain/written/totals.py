"""A quantity of all and how it is divided: «۴ کارتن: ۲ تا M، یکی S، یکی L»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.written.order import Line, Op
from domain.written.words import PIECE


def of_total(found: list[Line], parts: Sequence[int]) -> None:
    """Parts that come to the total are counted as it is, and it is no line; where they do not, all are asked.

    ``parts`` are the places of the lines that stand behind a total; the total stands before the first.
    """
    if not parts or not parts[0] or parts[-1] >= len(found):
        return
    total, named = found[parts[0] - 1], [found[at] for at in parts]
    if total.op is not Op.ADD or total.quantity is None or len(named) < 2:
        return
    is_alike = all(each.unit in (PIECE, None, total.unit) for each in named)
    if is_alike and sum((each.quantity or Decimal(0) for each in named), Decimal(0)) == total.quantity:
        for at in parts:
            found[at] = replace(found[at], unit=total.unit)
        del found[parts[0] - 1]
        return
    for at in parts:
        found[at] = replace(found[at], is_vague=True)
