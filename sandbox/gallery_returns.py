"""Examples of goods that come back: from the line to the credit note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.catalogue import Unit
from domain.money import of_toman
from domain.return_desk import (
    BonusUnits,
    Returnable,
    ReturnCause,
    ReturnLine,
    ReturnPreview,
    ReturnWish,
    TakenBack,
)
from sandbox.gallery_types import Example
from screens import returns

LINE = ReturnLine(position=0, name="سرم مو نگاره ۱۰۰ میل", unit=Unit.PIECE, left=24)
FOUND = Returnable(invoice_id=7, number=21_045, customer_name="سالن زیبایی نگین", lines=(LINE,) * 10, seen=0)
OURS = ReturnPreview(
    wish=ReturnWish(invoice_id=7, position=0, units=2, cause=ReturnCause.OURS),
    found=FOUND,
    line=LINE,
    worth=of_toman(309_320),
    amount=of_toman(309_320),
)
THEIRS = replace(
    OURS,
    wish=replace(OURS.wish, cause=ReturnCause.THEIRS),
    amount=of_toman(154_660),
    bonus=(BonusUnits(position=1, name=LINE.name, unit=Unit.PIECE, units=1),),
)
WITH_BONUS = replace(THEIRS, wish=replace(OURS.wish, cause=ReturnCause.WITH_BONUS), amount=of_toman(309_320))
NOTHING = replace(THEIRS, amount=of_toman(0))
TAKEN = TakenBack(
    preview=OURS,
    customer_id=2,
    number=1_001,
    amount=of_toman(309_320),
    settled=((21_045, of_toman(300_000)),),
    left=of_toman(9_320),
    balance=of_toman(17_811_880),
)
FACTS = {
    "goods_returned": {
        "number": 1_001,
        "invoice": 21_045,
        "name": LINE.name,
        "unit": LINE.unit.value,
        "units": 2,
        "amount_rials": 3_093_200,
        "left_rials": 0,
    },
}


def return_screens() -> Iterator[Example]:
    yield "returns.line_question", lambda _: returns.line_question(FOUND, 1, _)
    empty = replace(FOUND, lines=())
    yield "returns.line_question: all came back", lambda _: returns.line_question(empty, 1, _)
    yield "returns.units_question", lambda _: returns.units_question(FOUND, LINE, _)
    yield "returns.cause_question", lambda _: returns.cause_question(FOUND, LINE, 2, _)
    yield "returns.summary", lambda _: returns.summary(OURS, _)
    yield "returns.summary: the customer's wish", lambda _: returns.summary(THEIRS, _)
    yield "returns.summary: with free goods", lambda _: returns.summary(WITH_BONUS, _)
    yield "returns.summary: nothing left", lambda _: returns.summary(NOTHING, _)
    yield "returns.taken_back", lambda _: returns.taken_back(TAKEN, _)
    owes_us = replace(TAKEN, balance=of_toman(-9_320))
    yield "returns.taken_back: in their favour", lambda _: returns.taken_back(owes_us, _)
