"""What an order costs, on paper, before it is delivered."""

from __future__ import annotations

from datetime import date

from domain.accounts import Sides
from domain.documents import DocumentLine, ProformaDocument
from domain.order_views import OrderView
from screens.callbacks.orders import OpenOrder
from screens.home import home_button
from screens.language import Language
from screens.paper import Paper
from screens.screen import Button, Screen
from screens.terms import term_words


def proforma_document(view: OrderView, sides: Sides, today: date, _: Language) -> ProformaDocument:
    order = view.order
    return ProformaDocument(
        number=view.number,
        issued_on=today,
        valid_until=order.deliver_on,
        seller=sides.seller,
        buyer=sides.buyer,
        lines=tuple(
            DocumentLine(
                name=line.name,
                unit=line.unit,
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount=line.discount,
                vat_rate=line.vat_rate,
                vat=line.vat,
                is_bonus=line.is_bonus,
            )
            for line in order.lines
        ),
        terms=term_words(order.term, _) if order.term is not None else "",
        note=order.note or "",
        currency_unit=sides.seller.currency_unit,
    )


def proforma_file(view: OrderView, paper: Paper, _: Language) -> Screen:
    text = _("📄 Proforma of order {number}", number=view.number)
    back = Button(_.label("⬅️ Back"), OpenOrder(order_id=view.order.id))
    return Screen(text, ((back, home_button(_)),), document=paper)
