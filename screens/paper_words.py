"""A statement and an invoice as documents: every entry said in words of the reader's language."""

from __future__ import annotations

from datetime import date

from domain.accounts import Sides
from domain.documents import DocumentLine, InvoiceDocument, StatementDocument
from domain.documents import StatementLine as PaperLine
from domain.invoices import Invoice
from domain.ledger import Statement
from domain.money import ZERO
from domain.terms import term_of
from screens.language import Language
from screens.ledger_words import entry_words
from screens.terms import term_words


def statement_document(found: Statement, sides: Sides, today: date, _: Language) -> StatementDocument:
    return StatementDocument(
        first=found.from_day,
        last=found.until_day,
        made_on=today,
        seller=sides.seller,
        buyer=sides.buyer,
        opening=found.opening,
        currency_unit=sides.seller.currency_unit,
        lines=tuple(
            PaperLine(
                day=line.entry.day,
                what=entry_words(line.entry, _),
                debit=max(line.entry.amount, ZERO),
                credit=max(-line.entry.amount, ZERO),
            )
            for line in found.lines
        ),
    )


def invoice_document(invoice: Invoice, sides: Sides, _: Language) -> InvoiceDocument:
    return InvoiceDocument(
        number=invoice.number,
        issued_on=invoice.issued_on,
        seller=sides.seller,
        buyer=sides.buyer,
        lines=tuple(
            DocumentLine(
                name=line.name,
                code=line.code,
                unit=line.unit,
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount=line.discount,
                vat_rate=line.vat_rate,
                vat=line.vat,
                is_bonus=line.is_bonus,
            )
            for line in invoice.lines
        ),
        terms=term_words(term_of(invoice.term), _) if invoice.term else "",
        due_on=invoice.due_on,
        order_number=invoice.order_number,
        is_void=invoice.is_void,
        currency_unit=invoice.currency_unit,
    )
