"""The words and tables of invoices, proformas and statements. Documents are in rials, to the last one."""

from __future__ import annotations

from domain.catalogue import Unit
from domain.documents import DocumentLine, InvoiceDocument, ProformaDocument, StatementDocument
from screens.document_words import (
    EMPTY,
    amount_of,
    buyer_box,
    day_of,
    owed,
    page_of,
    said_in_words,
    seller_box,
    sum_of,
    unit_of,
)
from screens.language import Copyable, Language, Numeric
from screens.paper import Align, Cell, Column, Form, Named, Page, Paper
from screens.statement_pages import statement_page


def invoice_paper(document: InvoiceDocument, form: Form, _: Language) -> Paper:
    """«فاکتور-21045.pdf»: to be put into ``Screen.document``."""
    return _paper(_.label("Invoice"), str(document.number), invoice_page(document, _), form, _)


def proforma_paper(document: ProformaDocument, form: Form, _: Language) -> Paper:
    return _paper(_.label("Proforma"), str(document.number), proforma_page(document, _), form, _)


def statement_paper(document: StatementDocument, form: Form, _: Language) -> Paper:
    until = _.plain(Numeric(document.last)).replace("/", "-")
    return _paper(_.label("Statement"), until, statement_page(document, _), form, _)


def _paper(kind: str, number: str, page: Page, form: Form, _: Language) -> Paper:
    excuse = _("The file could not be made. Please choose a shorter period, or try again in a few minutes.")
    return Paper(name=f"{kind}-{_.digits(number)}", page=page, form=form, excuse=excuse)


def invoice_page(document: InvoiceDocument, _: Language) -> Page:
    """A sales invoice with every column of rule R6.5."""
    facts = [(_.label("Number"), _.plain(document.number)), (_.label("Date"), day_of(document.issued_on, _))]
    if document.order_number is not None:
        facts.append((_.label("Order"), _.plain(document.order_number)))
    if document.due_on is not None:
        facts.append((_.label("Due"), day_of(document.due_on, _)))
    sums = [(_.label("To pay"), sum_of(document.total, document.currency_unit, _))]
    if document.balance is not None:
        sums.append((_.label("Balance with this invoice"), owed(document.balance, document.currency_unit, _)))
    return _sale(
        document, _, title=_.label("Sales invoice"), facts=tuple(facts), sums=tuple(sums),
        stamp=_.label("Void") if document.is_void else "",
    )  # fmt: skip


def proforma_page(document: ProformaDocument, _: Language) -> Page:
    facts = [(_.label("Number"), _.plain(document.number)), (_.label("Date"), day_of(document.issued_on, _))]
    if document.valid_until is not None:
        facts.append((_.label("Valid until"), day_of(document.valid_until, _)))
    sums = ((_.label("To pay"), sum_of(document.total, document.currency_unit, _)),)
    return _sale(document, _, title=_.label("Proforma invoice"), facts=tuple(facts), sums=sums, stamp="")


def _sale(
    document: InvoiceDocument | ProformaDocument,
    _: Language,
    *,
    title: str,
    facts: Named,
    sums: tuple[tuple[str, Cell], ...],
    stamp: str,
) -> Page:
    notes = (
        (_.label("Settlement: {terms}", terms=document.terms) if document.terms else ""),
        _.plain(document.note),
    )
    totals = (
        EMPTY, Cell(_.label("Sum")), EMPTY, EMPTY, EMPTY, amount_of(document.gross, _),
        amount_of(document.discount, _), amount_of(document.net, _), EMPTY, amount_of(document.vat, _),
        amount_of(document.total, _),
    )  # fmt: skip
    return Page(
        title=title,
        company=_.plain(document.seller.name),
        facts=facts,
        boxes=(seller_box(document.seller, _), buyer_box(document.buyer, _)),
        columns=_sale_columns(_),
        rows=tuple(_sale_row(at, line, _) for at, line in enumerate(document.lines, start=1)),
        faint=frozenset(at for at, line in enumerate(document.lines) if line.is_bonus),
        totals=totals,
        sums=sums,
        words=said_in_words(document.total, document.currency_unit, _),
        notes=tuple(note for note in notes if note),
        signatures=(_.label("Seal and signature of the seller"), _.label("Seal and signature of the buyer")),
        unit=unit_of(document.currency_unit, _),
        page_of=page_of(_),
        stamp=stamp,
        is_wide=True,
        code=_.code,
        footer=_.plain(document.seller.footer),
    )


def _sale_columns(_: Language) -> tuple[Column, ...]:
    return (
        Column(title=_.label("Row")),
        Column(title=_.label("Goods"), align=Align.WORDS, width=1),
        Column(title=_.label("Quantity"), align=Align.NUMBER),
        Column(title=_.label("Unit")),
        Column(title=_.label("Unit price"), align=Align.NUMBER),
        Column(title=_.label("Before discount"), align=Align.NUMBER),
        Column(title=_.label("Discount"), align=Align.NUMBER),
        Column(title=_.label("After discount"), align=Align.NUMBER),
        Column(title=_.label("VAT rate")),
        Column(title=_.label("VAT"), align=Align.NUMBER),
        Column(title=_.label("Total"), align=Align.NUMBER),
    )


def _sale_row(at: int, line: DocumentLine, _: Language) -> tuple[Cell, ...]:
    return (
        Cell(_.plain(at), at),
        Cell(_goods(line, _)),
        Cell(_.plain(line.quantity), line.quantity),
        Cell(_unit_of_goods(line.unit, _)),
        *(amount_of(each, _) for each in (line.unit_price, line.gross, line.discount, line.net)),
        Cell(_.plain(line.vat_rate)),
        amount_of(line.vat, _),
        amount_of(line.total, _),
    )


def _goods(line: DocumentLine, _: Language) -> str:
    name = _.label("{name} (bonus)", name=line.name) if line.is_bonus else _.plain(line.name)
    return f"{_.plain(Copyable(_.digits(line.code)))} – {name}" if line.code else name


def _unit_of_goods(unit: Unit, _: Language) -> str:
    match unit:
        case Unit.PACK:
            return _.label("pack")
        case Unit.BOTTLE:
            return _.label("bottle")
        case Unit.TUBE:
            return _.label("tube")
    return _.label("piece")
