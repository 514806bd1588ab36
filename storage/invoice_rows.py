"""How invoices and what settles them lie in their tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, literal, select

from domain.catalogue import Unit
from domain.invoices import CreditLine, Invoice, InvoiceLine, OrderedLine
from domain.ledger import Voucher
from domain.money import CurrencyUnit, Money, Rate
from domain.settling import Allocation
from storage.tables.catalogue import products
from storage.tables.instruments import cheques
from storage.tables.ledger import allocations, credit_notes, invoice_lines, invoices, payments
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers

WHOLE = (
    select(invoices, customers.c.name.label("customer_name"), orders.c.number.label("order_number"))
    .join_from(invoices, customers, customers.c.id == invoices.c.customer_id)
    .join(orders, orders.c.id == invoices.c.order_id, isouter=True)
)

ORDERED = (
    select(
        orders.c.number,
        orders.c.customer_id,
        orders.c.outlet_id,
        orders.c.term,
        order_lines.c.product_id,
        order_lines.c.quantity,
        order_lines.c.later,
        order_lines.c.unit_price_rials,
        order_lines.c.discount_rials,
        order_lines.c.vat_basis_points,
        order_lines.c.bonus_of,
        products.c.name.label("product_name"),
        products.c.unit,
    )
    .join_from(orders, order_lines, order_lines.c.order_id == orders.c.id)
    .join(products, products.c.id == order_lines.c.product_id)
    .order_by(order_lines.c.position)
)

LINES = select(invoice_lines, products.c.code).join_from(
    invoice_lines, products, products.c.id == invoice_lines.c.product_id, isouter=True
)

ALLOCATIONS = (
    select(
        allocations,
        invoices.c.number.label("invoice_number"),
        payments.c.paid_on,
        payments.c.method,
        payments.c.tracking,
        cheques.c.due_on.label("cheque_due_on"),
        cheques.c.sayad_id,
        credit_notes.c.number.label("note_number"),
    )
    .join_from(allocations, invoices, invoices.c.id == allocations.c.invoice_id)
    .join(
        payments,
        and_(
            allocations.c.source == literal(Voucher.PAYMENT.value), payments.c.id == allocations.c.source_id
        ),
        isouter=True,
    )
    .join(
        cheques,
        and_(allocations.c.source == literal(Voucher.CHEQUE.value), cheques.c.id == allocations.c.source_id),
        isouter=True,
    )
    .join(
        credit_notes,
        and_(
            allocations.c.source == literal(Voucher.CREDIT_NOTE.value),
            credit_notes.c.id == allocations.c.source_id,
        ),
        isouter=True,
    )
)


def ordered_of(row: Any) -> OrderedLine:
    return OrderedLine(
        product_id=row.product_id,
        name=row.product_name,
        unit=Unit(row.unit),
        quantity=row.quantity,
        delivered=row.quantity - row.later,
        unit_price=Money(row.unit_price_rials),
        discount=Money(row.discount_rials),
        vat_rate=Rate(row.vat_basis_points),
        is_bonus=row.bonus_of is not None,
    )


def line_columns(invoice_id: int, line: InvoiceLine) -> dict[str, Any]:
    return {
        "invoice_id": invoice_id,
        "position": line.position,
        "product_id": line.product_id,
        "name": line.name,
        "unit": line.unit.value,
        "quantity": line.quantity,
        "unit_price_rials": line.unit_price.rials,
        "discount_rials": line.discount.rials,
        "vat_basis_points": line.vat_rate.basis_points,
        "vat_rials": line.vat.rials,
        "is_bonus": line.is_bonus,
    }


def line_of(row: Any) -> InvoiceLine:
    return InvoiceLine(
        position=row.position,
        product_id=row.product_id,
        code=row.code or "",
        name=row.name,
        unit=Unit(row.unit),
        quantity=row.quantity,
        unit_price=Money(row.unit_price_rials),
        discount=Money(row.discount_rials),
        vat_rate=Rate(row.vat_basis_points),
        vat=Money(row.vat_rials),
        is_bonus=row.is_bonus,
    )


def invoice_of(row: Any) -> Invoice:
    return Invoice(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        outlet_id=row.outlet_id,
        order_id=row.order_id,
        order_number=row.order_number,
        issued_on=row.issued_on,
        due_on=row.due_on,
        term=row.term,
        gross=Money(row.gross_rials),
        discount=Money(row.discount_rials),
        net=Money(row.net_rials),
        vat=Money(row.vat_rials),
        open=Money(row.open_rials),
        currency_unit=CurrencyUnit(row.currency_unit),
        is_void=row.is_void,
    )


def allocation_of(row: Any) -> Allocation:
    return Allocation(
        invoice_id=row.invoice_id,
        invoice_number=row.invoice_number,
        source=Voucher(row.source),
        source_id=row.source_id,
        amount=Money(row.amount_rials),
        at=row.at,
        paid_on=row.paid_on,
        method=row.method,
        tracking=row.tracking,
        cheque_due_on=row.cheque_due_on,
        sayad_id=row.sayad_id,
        note_number=row.note_number,
    )


def credit_line_facts(line: CreditLine) -> dict[str, int]:
    return {
        "position": line.position,
        "units": line.units,
        "net_rials": line.net.rials,
        "vat_rials": line.vat.rials,
    }


def credit_line_of(facts: Mapping[str, int]) -> CreditLine:
    """What :func:`credit_line_facts` has written."""
    return CreditLine(
        position=facts["position"],
        units=facts["units"],
        net=Money(facts["net_rials"]),
        vat=Money(facts["vat_rials"]),
    )
