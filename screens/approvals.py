"""Whoever decides on an order sees terms, credit and stock at a glance (S1.24); what has changed (S1.25)."""

from __future__ import annotations

from domain.approvals import ApprovalCard, ChangeKind, SinceSeen, Stale
from domain.credit import CreditStanding, HoldKind
from domain.credit_decisions import CreditOutcome
from domain.money import ZERO
from domain.orders import OrderStatus
from domain.staff import Role
from screens.callbacks.credit import (
    ApproveOrder,
    AskPrepayment,
    AskRefusal,
    OpenApproval,
    OpenApprovalLines,
    OpenApprovalStatement,
    ReferOrder,
    WriteToBuyer,
)
from screens.home import home_button
from screens.language import Language, Millions, Words
from screens.screen import Button, Screen
from screens.terms import term_words

SHORT_SHOWN = 3


def card(found: ApprovalCard, role: Role, _: Language) -> Screen:
    """S1.24."""
    return Screen(_text(found, _), (*_deciding(found, role, _), *_looking(found, _)))


def _text(found: ApprovalCard, _: Language) -> str:
    lines = [_headline(found, _), _who(found, _), _amount(found, _), *_credit(found, _), _stock(found, _)]
    days = found.days_since_last
    if days is None:
        lines.append(_("👤 First order"))
    else:
        lines.append(
            _(
                "👤 Last purchase {days} days ago · {count} orders in 12 months",
                days=days,
                count=found.buying.order_count,
            )
        )
    return "\n".join(lines)


def _headline(found: ApprovalCard, _: Language) -> Words:
    if found.is_open:
        return _("🔶 Order {number} waits for your decision", number=found.number)
    if found.status is OrderStatus.REJECTED:
        return _("❌ Order {number} was refused", number=found.number)
    if found.status is OrderStatus.CANCELLED:
        return _("❌ Order {number} was cancelled", number=found.number)
    return _("✅ Order {number} is approved", number=found.number)


def _who(found: ApprovalCard, _: Language) -> Words:
    text = _("{customer} · {outlet}", customer=found.customer, outlet=found.outlet)
    if found.standing.segment is None:
        return text
    return _("{who} · group {segment}", who=text, segment=found.standing.segment)


def _amount(found: ApprovalCard, _: Language) -> Words:
    if found.term is None:
        return _("Amount: {amount}", amount=found.payable)
    return _("Amount: {amount} — {term}", amount=found.payable, term=term_words(found.term, _))


def _credit(found: ApprovalCard, _: Language) -> tuple[str, ...]:
    decision, standing = found.decision, found.standing
    used = _(
        "💳 Limit {limit} · used {used} · with this order {after} million ({percent}%)",
        limit=Millions(decision.limit),
        used=Millions(decision.exposure),
        after=Millions(decision.with_order),
        percent=decision.percent,
    )
    late = (
        _(
            "overdue: {amount} million ({days} days)",
            amount=Millions(standing.overdue),
            days=standing.overdue_days,
        )
        if standing.overdue
        else _("overdue: none")
    )
    returned = (
        _(
            "came back: {amount} million ({count})",
            amount=Millions(standing.bounced),
            count=standing.bounced_count,
        )
        if standing.bounced_count
        else _("came back: none")
    )
    lines = [used, f"   {parts(standing, _)}", f"   {late} · {returned}"]
    if standing.limit.open is not None:
        on_account = _(
            "open account {used} of {limit}",
            used=Millions(standing.on_account),
            limit=Millions(standing.limit.open),
        )
        lines.append(f"   {on_account}")
    lines += [f"   {each}" for each in stops(standing, _)]
    return tuple(lines)


def parts(standing: CreditStanding, _: Language) -> Words:
    """The five parts of the exposure, in millions; what is owed to the customer only where there is any."""
    text = _(
        "open invoices {invoices} · cheques {cheques} ({count}) · open orders {orders}",
        invoices=Millions(standing.open_invoices),
        cheques=Millions(standing.uncleared),
        count=standing.uncleared_count,
        orders=Millions(standing.open_orders),
    )
    if standing.unallocated <= ZERO:
        return text
    return _("{parts} · in credit {amount}", parts=text, amount=Millions(standing.unallocated))


def stops(standing: CreditStanding, _: Language) -> tuple[Words, ...]:
    """What stops credit beside overdue invoices and cheques."""
    words = []
    if standing.is_blocked or HoldKind.LEGAL in standing.holds:
        words.append(_("⛔️ blocked"))
    if standing.holds - {HoldKind.LEGAL}:
        words.append(_("⛔️ credit is stopped"))
    if standing.has_broken_promise:
        words.append(_("⚠️ a promise to pay was broken"))
    return tuple(words)


def _stock(found: ApprovalCard, _: Language) -> Words:
    text = _("📦 Stock: {count} items complete", count=found.full_count)
    if not found.short:
        return text
    shown = [
        _("{label} {there} of {asked}", label=line.label, there=line.there, asked=line.asked)
        for line in found.short[:SHORT_SHOWN]
    ]
    more = "…" if len(found.short) > SHORT_SHOWN else ""
    return _(
        "{full} · {count} short ({lines})",
        full=text,
        count=len(found.short),
        lines=Words(_.listed(shown) + more),
    )


def _deciding(found: ApprovalCard, role: Role, _: Language) -> tuple[tuple[Button, ...], ...]:
    if not found.is_open:
        return ()
    refuse = Button(_.label("❌ Refuse"), AskRefusal(order_id=found.order_id))
    write = Button(_.label("💬 Write to the customer"), WriteToBuyer(order_id=found.order_id))
    if not found.may_decide(role):
        return ((_referral(found, _), refuse), (write,))
    approve = Button(_.label("✅ Approve"), ApproveOrder(order_id=found.order_id, seen=found.seen))
    if not can_prepay(found):
        return ((approve, refuse), (write,))
    prepay = Button(_.label("✅ With prepayment"), AskPrepayment(order_id=found.order_id, seen=found.seen))
    return ((approve, prepay), (refuse, write))


def can_prepay(found: ApprovalCard) -> bool:
    return found.term is not None and found.term.can_split


def _referral(found: ApprovalCard, _: Language) -> Button:
    return Button(_.label("Refer to finance"), ReferOrder(order_id=found.order_id))


def _looking(found: ApprovalCard, _: Language) -> tuple[tuple[Button, ...], ...]:
    lines = Button(_.label("👁 Items"), OpenApprovalLines(order_id=found.order_id, page=1))
    account = Button(_.label("👁 Statement"), OpenApprovalStatement(order_id=found.order_id))
    return ((lines, account), (home_button(_),))


def stale(found: Stale, role: Role, _: Language) -> Screen:
    """S1.25: what was true when the card was made is not true any more."""
    changed = "\n".join(change_words(each, _) for each in found.changes)
    if found.may_decide:
        text = _("One moment: {changed}\nThis is how it is now:", changed=Words(changed))
        fresh = card(found.card, role, _)
        return Screen(f"{text}\n\n{fresh.text}", fresh.rows)
    text = _("One moment: {changed} The order was kept waiting.", changed=Words(changed))
    refuse = Button(_.label("Refuse"), AskRefusal(order_id=found.card.order_id))
    refer = (_referral(found.card, _), refuse) if role is Role.MANAGER else (refuse,)
    look = Button(_.label("🔄 The card as it is now"), OpenApproval(order_id=found.card.order_id))
    return Screen(text, (refer, (look, home_button(_))))


def change_words(change: SinceSeen, _: Language) -> str:
    match change.kind:
        case ChangeKind.BOUNCED:
            assert change.amount is not None
            return _(
                "a cheque of {amount} million of this customer came back {minutes} minutes ago.",
                amount=Millions(change.amount),
                minutes=change.minutes or 0,
            )
        case ChangeKind.HELD:
            return _("the credit of this customer was stopped.")
        case ChangeKind.BLOCKED:
            return _("this customer was blocked.")
        case ChangeKind.LIMIT:
            assert change.amount is not None
            assert change.before is not None
            return _(
                "the limit was changed from {before} to {now} million.",
                before=Millions(change.before),
                now=Millions(change.amount),
            )
        case ChangeKind.EXPOSURE:
            assert change.amount is not None
            assert change.before is not None
            return _(
                "{before} million were used, now it is {now}.",
                before=Millions(change.before),
                now=Millions(change.amount),
            )
        case ChangeKind.ORDER:
            return _("the customer has changed the order.")
        case ChangeKind.STOCK:
            return _("stock or days overdue are different now.")


def row_words(outcome: CreditOutcome, _: Language) -> Words:
    """What would follow for an order on credit now: which payments are possible, in words (CRD-06)."""
    match outcome:
        case CreditOutcome.REFUSED:
            return _("No order is taken, also not in cash.")
        case CreditOutcome.HELD_FINANCE:
            return _("Only cash; on credit finance decides.")
        case CreditOutcome.HELD_BOTH:
            return _("Only cash; on credit a manager or finance decides.")
        case CreditOutcome.MANAGER | CreditOutcome.FINANCE:
            return _("Only cash; the credit is used up.")
    return _("Cash and credit are both possible.")
