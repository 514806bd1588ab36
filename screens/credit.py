"""What a customer sees of the own credit: an order that does not fit (S1.23), how it is counted (S3.2)."""

from __future__ import annotations

from domain.approvals import Asked
from domain.credit import CreditStanding, HoldKind
from domain.credit_decisions import CreditOutcome, Decision, OverLimit
from domain.fitting import CutStep, Cutting
from domain.money import ZERO, Money
from screens.callbacks.basket import OpenBasket
from screens.callbacks.credit import AskApproval, CutBasket, CutLine, PayAllCash, PayDifference
from screens.callbacks.orders import AskCancel, OpenOrder
from screens.callbacks.settings import OpenAccount
from screens.callbacks.support import AskSupport
from screens.home import home_button
from screens.language import Language, Millions, Words
from screens.pages import cut, titled, turning
from screens.screen import ALONE, Button, Screen, shortened
from screens.units import counted

ROUND = 1_000_000
LINES_PER_PAGE = 8


def over_limit(over: OverLimit, _: Language, *, sees_balance: bool = True) -> Screen:
    """S1.23: why it does not go through, and what can be done about it."""
    rows: list[tuple[Button, ...]] = []
    if over.can_split:
        pay = PayDifference(order_id=over.order_id, version=over.version)
        rows.append((Button(_in_cash(over.decision.over_by, _), pay),))
    if over.decision.outcome.is_over:
        rows.append((Button(_.label("✂️ I make the basket smaller"), CutBasket(page=1)),))
    if over.decision.outcome is not CreditOutcome.REFUSED:
        all_cash = PayAllCash(order_id=over.order_id, version=over.version)
        rows.append((Button(_.label("💵 The whole order in cash"), all_cash),))
    if over.can_ask:
        ask = AskApproval(order_id=over.order_id, version=over.version, nonce=over.nonce)
        rows.append((Button(_asking(over.decision, _), ask),))
    if over.decision.outcome is CreditOutcome.REFUSED:
        rows.append((Button(_.label("💬 Talk to support"), AskSupport()),))
    rows.append((Button(_.label("⬅️ Back"), OpenBasket()), home_button(_)))
    return Screen(_why(over, sees_balance, _), tuple(rows))


def _why(over: OverLimit, sees_balance: bool, _: Language) -> Words:
    decision = over.decision
    match decision.outcome:
        case CreditOutcome.REFUSED:
            return _(
                "Orders of your centre cannot be taken at the moment. Please talk to our finance people."
            )
        case CreditOutcome.HELD_FINANCE | CreditOutcome.HELD_BOTH:
            reason = (
                held_reason(decision.standing, _) if sees_balance else _("Your credit is stopped for now.")
            )
            return _(
                "{reason}\nOn credit this order does not go through now. What shall we do?", reason=reason
            )
    if not sees_balance:
        return _(
            "This order is {over} toman more than the credit that your centre has left. What shall we do?",
            over=decision.over_by,
        )
    if over.left <= ZERO:
        return _(
            "Your credit is used up; for this order {over} toman are missing. What shall we do?",
            over=decision.over_by,
        )
    return _(
        "This order is {over} toman more than the credit you have left ({left}). What shall we do?",
        over=decision.over_by,
        left=over.left,
    )


def held_reason(standing: CreditStanding, _: Language) -> Words:
    """Why nothing is sold on credit, in words that blame nobody."""
    if standing.bounced:
        return _("A cheque of {amount} toman that came back is not settled yet.", amount=standing.bounced)
    if HoldKind.BOUNCED in standing.holds or HoldKind.MANUAL in standing.holds:
        return _("Your credit is stopped for now.")
    if standing.has_broken_promise:
        return _("The day on which a payment was promised has passed.")
    return _(
        "{amount} toman are overdue, the oldest for {days} days.",
        amount=standing.overdue,
        days=standing.overdue_days,
    )


def _in_cash(amount: Money, _: Language) -> str:
    """Round millions are said as people say them."""
    if amount.counted_in(_.money_unit) % ROUND == 0:
        return _.label("💵 I pay {amount} million in cash", amount=Millions(amount))
    return _.label("💵 I pay {amount} toman in cash", amount=amount)


def _asking(decision: Decision, _: Language) -> str:
    if decision.outcome is CreditOutcome.MANAGER or decision.outcome is CreditOutcome.FINANCE:
        return _.label("🙋 Ask the manager to approve")
    return _.label("🙋 Ask finance to look at it")


def asked(done: Asked, _: Language) -> Screen:
    """S1.23: somebody decides; the goods are kept back until then."""
    text = _(
        "It was sent. We answer within {hours} working hours. Until then the goods are kept for you.",
        hours=done.hours,
    )
    order_id = done.view.order.id
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=order_id))
    cancel = Button(_.label("❌ Cancel"), AskCancel(order_id=order_id))
    return Screen(text, ((follow, cancel) if done.view.can_change else (follow,), (home_button(_),)))


def cutting(found: Cutting, page: int, _: Language) -> Screen:
    """The lines of the basket, one tap makes one of them less; above them how much must still go."""
    text = [
        _("✅ Now it fits within your credit.")
        if found.fits
        else _("✂️ {over} toman must still go.", over=found.over_by)
    ]
    text.append(_("Payable: {payable} toman", payable=found.payable))
    shown, page, pages = cut(found.steps, page, LINES_PER_PAGE)
    rows: list[tuple[Button, ...]] = []
    if not found.fits:
        rows += [(_less(each, page, _),) for each in shown]
        if pages > 1:
            rows.append(turning(page, pages, lambda to: CutBasket(page=to), _))
    rows.append((Button(_.label("🛒 Basket"), OpenBasket()), home_button(_)))
    return Screen("\n".join([titled(text[0], page, pages, _), *text[1:]]), tuple(rows))


def _less(step: CutStep, page: int, _: Language) -> Button:
    tap = CutLine(product_id=step.product_id, quantity=step.less, page=page)
    quantity = counted(step.quantity, step.unit, _)
    if step.less:
        left = counted(step.less, step.unit, _)
        label = _.label("➖ {label}: {quantity} → {left}", label=step.label, quantity=quantity, left=left)
    else:
        label = _.label("🗑 {label}: {quantity}", label=step.label, quantity=quantity)
    return Button(shortened(label, ALONE), tap)


def explanation(found: Decision, _: Language) -> Screen:
    """S3.2."""
    standing = found.standing
    lines = [
        _("Limit {limit}", limit=standing.total_limit),
        _("− Open invoices {amount}", amount=standing.open_invoices),
    ]
    if standing.bounced:
        lines.append(_("− Cheques that came back {amount}", amount=standing.bounced))
    lines.append(_("− Cheques not cleared yet {amount}", amount=standing.uncleared))
    lines.append(_("− Orders on their way {amount}", amount=standing.open_orders))
    if standing.unallocated:
        lines.append(_("+ Paid in advance {amount}", amount=standing.unallocated))
    lines.append(_("= Left {amount} toman", amount=standing.remaining))
    if standing.limit.open is not None:
        left = standing.limit.open - standing.on_account
        lines.append(_("Of it on open account: {amount} toman", amount=min(left, standing.remaining)))
    lines.append(_("With each cheque that is cleared, as much of your credit is free again."))
    back = Button(_.label("⬅️ Back"), OpenAccount())
    return Screen("\n".join(lines), ((back, home_button(_)),))
