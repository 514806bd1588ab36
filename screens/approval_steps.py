"""What follows a card: the questions before a decision, what was decided, the lines, and the list of all."""

from __future__ import annotations

from domain.approvals import ApprovalCard, Held
from domain.money import ZERO
from domain.orders import Order, OrderLine
from domain.staff import Role
from screens.approvals import card
from screens.callbacks.credit import (
    ApproveWithDifference,
    OpenApproval,
    OpenApprovalLines,
    OpenApprovals,
    RefuseOrder,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import cut, titled, turning
from screens.screen import ALONE, Button, Screen, around
from screens.units import counted

LINES_PER_PAGE = 15


def approved(found: ApprovalCard, _: Language) -> Screen:
    """S1.25, as it usually goes."""
    text = _("Order {number} was approved and has gone to the warehouse.", number=found.number)
    return _decided(text, _)


def refused(found: ApprovalCard, _: Language) -> Screen:
    return _decided(_("Order {number} was refused; the customer was told.", number=found.number), _)


def referred(found: ApprovalCard, _: Language) -> Screen:
    return _decided(_("Order {number} was referred to finance.", number=found.number), _)


def written(found: ApprovalCard, role: Role, _: Language) -> Screen:
    """The word is on its way; the card stands under it."""
    fresh = card(found, role, _)
    sent = _("Your message was sent.")
    return Screen(f"{sent}\n\n{fresh.text}", fresh.rows)


def _decided(text: Words, _: Language) -> Screen:
    return Screen(text, ((Button(_.label("🔶 Waiting orders"), OpenApprovals(page=1)), home_button(_)),))


def refusal_question(found: ApprovalCard, _: Language) -> Screen:
    text = _("What shall we tell the customer about order {number}?", number=found.number)
    silent = Button(_.label("Refuse without a word"), RefuseOrder(order_id=found.order_id))
    return Screen(text, ((silent,), (_back(found, _), home_button(_))))


def message_question(found: ApprovalCard, _: Language) -> Screen:
    text = _("Your message to {customer} about order {number}?", customer=found.customer, number=found.number)
    return Screen(text, ((_back(found, _), home_button(_)),))


def prepayment_question(found: ApprovalCard, _: Language) -> Screen:
    """How much is paid before: what is above the limit is one tap away."""
    rows: list[tuple[Button, ...]] = []
    over = found.decision.over_by
    if ZERO < over < found.decision.amount:
        tap = ApproveWithDifference(order_id=found.order_id, seen=found.seen)
        rows.append((Button(_.label("What is above the limit: {amount}", amount=over), tap),))
    text = _(
        "How much of {amount} toman is to be paid before it is sent? You can write the amount, "
        "for example “20 million”.",
        amount=found.decision.amount,
    )
    return Screen(text, (*rows, (_back(found, _), home_button(_))))


def _back(found: ApprovalCard, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), OpenApproval(order_id=found.order_id))


def items(order: Order, page: int, _: Language) -> Screen:
    """The lines of an order, as whoever decides reads them."""
    shown, page, pages = cut(order.lines, page, LINES_PER_PAGE)
    first = (page - 1) * LINES_PER_PAGE + 1
    title = _("Items of order {number}", number=order.number or 0)
    text = [titled(title, page, pages, _), *(_item(at, line, _) for at, line in enumerate(shown, first))]
    rows: list[tuple[Button, ...]] = []
    if pages > 1:
        rows.append(turning(page, pages, lambda to: OpenApprovalLines(order_id=order.id, page=to), _))
    back = Button(_.label("⬅️ Back"), OpenApproval(order_id=order.id))
    return Screen("\n".join(text), (*rows, (back, home_button(_))))


def _item(at: int, line: OrderLine, _: Language) -> Words:
    quantity = counted(line.quantity, line.unit, _)
    if line.is_bonus:
        return _("{at}. 🎁 {name} — {quantity}", at=at, name=line.short_name, quantity=quantity)
    return _(
        "{at}. {name} — {quantity} = {amount}",
        at=at,
        name=line.short_name,
        quantity=quantity,
        amount=line.net,
    )


def waiting(found: tuple[Held, ...], page: int, has_more: bool, _: Language) -> Screen:
    """The orders that wait, the one with the least time before all others."""
    pages = page + 1 if has_more else page
    if not found:
        text = _("No order waits for a decision.")
    else:
        text = titled(_("🔶 Orders that wait for a decision"), page, pages, _)
    rows: list[tuple[Button, ...]] = [(_waiting(each, _),) for each in found]
    if pages > 1:
        rows.append(turning(page, pages, lambda to: OpenApprovals(page=to), _))
    return Screen(text, (*rows, (home_button(_),)))


def _waiting(held: Held, _: Language) -> Button:
    def label(customer: str) -> str:
        return _.label(
            "{number} · {customer} · {amount}", number=held.number, customer=customer, amount=held.payable
        )

    return Button(around(held.customer, ALONE, label), OpenApproval(order_id=held.order_id))
