"""What is told of goods that came back: so much less is owed."""

from __future__ import annotations

from typing import Any

from domain.catalogue import Unit
from domain.money import Money
from domain.notifications import Notification
from screens.callbacks.ledger import OpenInvoiceCard
from screens.callbacks.settings import OpenAccount
from screens.home import home_button
from screens.language import Language, Words
from screens.notices import notice
from screens.screen import Button, Screen
from screens.units import counted


@notice("goods_returned")
def goods_returned(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    amount, left = Money(facts["amount_rials"]), Money(facts["left_rials"])
    came = {"count": Words(counted(facts["units"], Unit(facts["unit"]), _)), "name": facts["name"]}
    if left == amount:
        text = _("{count} of {name} came back: {amount} toman stay as your credit.", amount=amount, **came)
    else:
        off = amount - left
        text = _("{count} of {name} came back: {amount} toman were taken off your debt.", amount=off, **came)
        if left:
            rest = _("{amount} toman stay with us as your credit.", amount=left)
            text = _("{said} {more}", said=text, more=rest)
    invoice = Button(
        _.label("🧾 Invoice {number}", number=facts["invoice"]),
        OpenInvoiceCard(invoice_id=notification.subject_id),
    )
    account = Button(_.label("💳 My account"), OpenAccount())
    return Screen(text, ((invoice, account), (home_button(_),)))
