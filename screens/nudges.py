"""Why nothing is needed now, when the next word comes (S4.5); and which of us looks after a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.nudges import NudgeReason
from domain.staff import Staff
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.credit import OpenCreditCard
from screens.callbacks.nudges import DropAccountManager, ExplainNudge, SetAccountManager
from screens.home import home_button
from screens.language import Language
from screens.pages import in_rows
from screens.screen import SHARING, Button, Screen, shortened
from screens.staff import role_word


def reason_question(nudge_id: int, _: Language) -> Screen:
    """S4.5: one tap, and it may be left out."""
    buttons = [Button(_reason(each, _), ExplainNudge(nudge_id=nudge_id, reason=each)) for each in NudgeReason]
    text = _("All right. Why? (It helps us not to write at the wrong time)")
    return Screen(text, (*in_rows(buttons, 2), (home_button(_),)))


def _reason(reason: NudgeReason, _: Language) -> str:
    match reason:
        case NudgeReason.STOCK:
            return _.label("I still have some")
        case NudgeReason.ELSEWHERE:
            return _.label("I bought elsewhere")
        case NudgeReason.PRICE:
            return _.label("The price is high")
        case NudgeReason.UNSAID:
            return _.label("Pass")


def explained(reason: NudgeReason | None, remind_on: date | None, _: Language) -> Screen:
    """What becomes of the answer."""
    match reason:
        case NudgeReason.STOCK if remind_on is not None:
            text = _("All right, we ask again on {day}.", day=remind_on)
        case NudgeReason.ELSEWHERE | NudgeReason.PRICE:
            text = _("Thank you for telling us. We look at what we can do better.")
        case _reason:
            text = _("All right. We are here whenever you need us 🌿")
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    return Screen(text, ((shop, home_button(_)),))


def reminded_later(remind_on: date | None, _: Language) -> Screen:
    if remind_on is None:
        return explained(None, None, _)
    text = _("All right, we remind you on {day}.", day=remind_on)
    return Screen(text, ((home_button(_),),))


def account_manager(
    customer_id: int, customer: str, now: Staff | None, people: Sequence[Staff], _: Language
) -> Screen:
    """Who looks after a customer: whom urgent words and discontent of theirs reach first."""
    if now is None:
        text = _("👤 Nobody looks after “{customer}” in particular. Who shall?", customer=customer)
    else:
        text = _("👤 {name} looks after “{customer}”. Who shall?", name=now.name, customer=customer)
    buttons = [
        Button(
            shortened(_.label("{name} ({role})", name=each.name, role=role_word(each.role, _)), SHARING),
            SetAccountManager(customer_id=customer_id, staff_id=each.id),
        )
        for each in people
        if now is None or each.id != now.id
    ]
    nobody = (
        ()
        if now is None
        else ((Button(_.label("Nobody in particular"), DropAccountManager(customer_id=customer_id)),),)
    )
    back = Button(_.label("⬅️ Back"), OpenCreditCard(customer_id=customer_id))
    return Screen(text, (*in_rows(buttons[:30], 2), *nobody, (back, home_button(_))))
