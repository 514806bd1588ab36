"""«گردش حساب» on paper: a balance after each entry, carried in from before and out at the end."""

from __future__ import annotations

from domain.documents import StatementDocument
from domain.money import ZERO, Money
from screens.document_words import (
    EMPTY,
    account_box,
    amount_of,
    day_of,
    owed,
    page_of,
    said_in_words,
    seller_box,
    side,
    unit_of,
)
from screens.language import Language, Rials
from screens.paper import Align, Cell, Column, Page


def statement_page(document: StatementDocument, _: Language) -> Page:
    """«گردش حساب»: a balance after each entry, carried in from before and out at the end."""
    carried = (
        EMPTY, Cell(day_of(document.first, _)), Cell(_.label("Balance from before")), EMPTY, EMPTY,
        *_balance(document.opening, _),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(_.plain(at), at),
            Cell(day_of(line.day, _)),
            Cell(_.plain(line.what)),
            amount_of(line.debit, _) if line.debit else EMPTY,
            amount_of(line.credit, _) if line.credit else EMPTY,
            *_balance(balance, _),
        )
        for at, (line, balance) in enumerate(zip(document.lines, document.balances(), strict=True), start=1)
    )
    totals = (
        EMPTY, EMPTY, Cell(_.label("Sum and final balance")), amount_of(document.debits, _),
        amount_of(document.credits, _), *_balance(document.closing, _),
    )  # fmt: skip
    return Page(
        title=_.label("Statement of account"),
        company=_.plain(document.seller.name),
        facts=(
            (_.label("From"), day_of(document.first, _)),
            (_.label("Until"), day_of(document.last, _)),
            (_.label("Made on"), day_of(document.made_on, _)),
        ),
        boxes=(seller_box(document.seller, _), account_box(document.buyer, _)),
        columns=_statement_columns(_),
        rows=(carried, *rows),
        faint=frozenset({0}),
        totals=totals,
        sums=((_.label("Final balance"), owed(document.closing, document.currency_unit, _)),),
        words=said_in_words(document.closing, document.currency_unit, _),
        unit=unit_of(document.currency_unit, _),
        page_of=page_of(_),
        code=_.code,
        footer=_.plain(document.seller.footer),
    )


def _statement_columns(_: Language) -> tuple[Column, ...]:
    return (
        Column(title=_.label("Row")),
        Column(title=_.label("Date")),
        Column(title=_.label("Description"), align=Align.WORDS, width=1),
        Column(title=_.label("Debit"), align=Align.NUMBER),
        Column(title=_.label("Credit"), align=Align.NUMBER),
        Column(title=_.label("Balance"), align=Align.NUMBER),
        Column(title=_.label("Side")),
    )


def _balance(balance: Money, _: Language) -> tuple[Cell, Cell]:
    """The amount without its sign, and on whose side it stands; a workbook calculates with the sign."""
    size = balance if balance >= ZERO else -balance
    return Cell(_.plain(Rials(size)), balance.rials), Cell(side(balance, _))
