"""A customer's credit as our people see and set it, and the whole book (CRD-01, CRD-02)."""

from __future__ import annotations

from datetime import date

from domain.amounts import AskBack
from domain.balances import AgeBucket
from domain.calendar import today_in_tehran
from domain.credit import CreditHold, CreditLimit, CreditStanding, HoldKind
from domain.credit_books import BookOrder, CreditCard, Debtor
from domain.money import Money
from screens.amounts import did_you_mean
from screens.approvals import row_words
from screens.callbacks.credit import (
    AskLimit,
    AskRelease,
    AskStop,
    DropLimit,
    LimitPart,
    OpenCreditBook,
    OpenCreditCard,
    TakeMeantLimit,
    TakeMeantPrepayment,
)
from screens.callbacks.ledger import AskPeriod
from screens.callbacks.nudges import OpenAccountManager
from screens.callbacks.terms import OpenTerms
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.screen import ALONE, Button, Screen, shortened


def card(found: CreditCard, _: Language) -> Screen:
    """One customer: what is owed and how old, cheques, limits, and what stops credit."""
    lines = [
        _("💳 Credit of “{customer}”", customer=found.debtor.name),
        *_owed(found, _),
        *_cheques(found, _),
        *_limits(found, _),
        *(_hold_line(each, _) for each in found.holds),
        _("Next order: {words}", words=row_words(found.next_order, _)),
    ]
    if found.account_manager:
        lines.append(_("👤 Account manager: {name}", name=found.account_manager))
    return Screen("\n".join(lines), (*_setting(found, _), *_looking(found.debtor.customer_id, _)))


def _owed(found: CreditCard, _: Language) -> list[Words]:
    lines = [_("Balance: {amount} toman", amount=found.standing.balance)]
    if not found.aging.overdue:
        return [*lines, _("Overdue: none")]
    lines.append(_("Overdue: {amount} toman", amount=found.aging.overdue))
    return lines + [
        Words(f"   {_age(bucket, amount, _)}")
        for bucket, amount in found.aging.by_bucket.items()
        if amount and bucket is not AgeBucket.NOT_DUE
    ]


def _age(bucket: AgeBucket, amount: Money, _: Language) -> Words:
    match bucket:
        case AgeBucket.TO_7:
            return _("1 to 7 days: {amount}", amount=amount)
        case AgeBucket.TO_15:
            return _("8 to 15 days: {amount}", amount=amount)
        case AgeBucket.TO_30:
            return _("16 to 30 days: {amount}", amount=amount)
        case AgeBucket.TO_60:
            return _("31 to 60 days: {amount}", amount=amount)
    return _("More than 60 days: {amount}", amount=amount)


def _cheques(found: CreditCard, _: Language) -> list[Words]:
    totals, record = found.cheques, found.record
    if found.ras is None:
        lines = [_("Cheques not cleared: none")]
    else:
        lines = [
            _(
                "Cheques not cleared: {amount} ({count}) · ras {day}",
                amount=totals.uncleared,
                count=totals.uncleared_count,
                day=Day(found.ras.due_on),
            )
        ]
    if totals.bounced_count:
        lines.append(
            _("Came back, not settled: {amount} ({count})", amount=totals.bounced, count=totals.bounced_count)
        )
        if totals.last_bounced_on is not None:
            lines[-1] = _("{text} · last {day}", text=lines[-1], day=Day(totals.last_bounced_on))
    else:
        lines.append(_("Came back, not settled: none"))
    lines.append(
        _(
            "In 12 months: {cleared} cleared · {bounced} came back",
            cleared=record.cleared_count,
            bounced=record.bounced_count,
        )
    )
    return lines


def _limits(found: CreditCard, _: Language) -> list[Words]:
    standing, limit = found.standing, found.standing.limit
    lines = [_total_line(standing, found.own_limit, _)]
    if limit.open is not None:
        lines.append(_("Open account: {used} of {limit} toman", used=standing.on_account, limit=limit.open))
    lines.append(_("Used: {used} · left: {left} toman", used=standing.exposure, left=standing.remaining))
    return lines


def _total_line(standing: CreditStanding, own: CreditLimit | None, _: Language) -> Words:
    if standing.is_cash_only:
        return _("Limit: cash only")
    if standing.limit.valid_until is not None:
        return _(
            "Limit: {limit} toman, until {until}",
            limit=standing.total_limit,
            until=standing.limit.valid_until,
        )
    if own is None or own.total is None:
        return _("Limit: {limit} toman (of the group or company)", limit=standing.total_limit)
    return _("Limit: {limit} toman", limit=standing.total_limit)


def _hold_line(hold: CreditHold, _: Language) -> Words:
    words = _hold_words(hold.kind, _)
    since = Day(today_in_tehran(hold.placed_at))
    if not hold.reason:
        return _("⛔️ {kind}, since {day}", kind=words, day=since)
    return _("⛔️ {kind}, since {day}: {reason}", kind=words, day=since, reason=hold.reason)


def _hold_words(kind: HoldKind, _: Language) -> Words:
    match kind:
        case HoldKind.BOUNCED:
            return _("stopped by a cheque that came back")
        case HoldKind.OVERDUE:
            return _("stopped by what is overdue")
        case HoldKind.LEGAL:
            return _("with our lawyers")
    return _("stopped by hand")


def _setting(found: CreditCard, _: Language) -> tuple[tuple[Button, ...], ...]:
    customer_id = found.debtor.customer_id
    if found.may_assign:
        return ((Button(_.label("👤 Account manager"), OpenAccountManager(customer_id=customer_id)),),)
    if not found.may_change:
        return ()

    def limit(label: str, part: LimitPart) -> Button:
        return Button(label, AskLimit(customer_id=customer_id, part=part))

    rows: list[tuple[Button, ...]] = [
        (
            limit(_.label("✏️ Limit"), LimitPart.TOTAL),
            limit(_.label("⏳ Temporary limit"), LimitPart.TEMPORARY),
        ),
        (
            limit(_.label("✏️ Open account"), LimitPart.OPEN),
            Button(_.label("🧾 Payment terms"), OpenTerms(customer_id=customer_id)),
        ),
    ]
    if found.own_limit is not None and (
        found.own_limit.total is not None or found.own_limit.open is not None
    ):
        rows.append((Button(_.label("↩️ As the group or company"), DropLimit(customer_id=customer_id)),))
    if all(each.kind is not HoldKind.MANUAL for each in found.holds):
        rows.append((Button(_.label("⛔️ Stop the credit"), AskStop(customer_id=customer_id)),))
    rows += [(_release(each, _),) for each in found.holds]
    return tuple(rows)


def _release(hold: CreditHold, _: Language) -> Button:
    label = _.label("✅ Release: {kind}", kind=_hold_words(hold.kind, _))
    return Button(shortened(label, ALONE), AskRelease(hold_id=hold.id))


def _looking(customer_id: int, _: Language) -> tuple[tuple[Button, ...], ...]:
    statement = Button(_.label("👁 Statement"), AskPeriod(customer_id=customer_id))
    book = Button(_.label("📚 All customers"), OpenCreditBook(order=BookOrder.DEBT, page=1))
    return ((statement, book), (home_button(_),))


def limit_question(debtor: Debtor, part: LimitPart, _: Language) -> Screen:
    match part:
        case LimitPart.TOTAL:
            text = _(
                "The new limit of “{customer}”? For example “350 million”; 0 means cash only.",
                customer=debtor.name,
            )
        case LimitPart.OPEN:
            text = _(
                "The new limit of “{customer}” on open account? For example “100 million”; 0 means none.",
                customer=debtor.name,
            )
        case LimitPart.TEMPORARY:
            text = _(
                "The temporary limit of “{customer}”, and its last day? For example “400 million, 15 Dey”.",
                customer=debtor.name,
            )
    return _asking(text, debtor, _)


def reason_question(debtor: Debtor, amount: Money, until: date | None, _: Language) -> Screen:
    if until is None:
        text = _("{amount} toman. For what reason?", amount=amount)
    else:
        text = _("{amount} toman until {day}. For what reason?", amount=amount, day=until)
    return _asking(text, debtor, _)


def meant_limit(asked: AskBack, debtor: Debtor, _: Language) -> Screen:
    yes = Button(_.label("✅ Yes, that"), TakeMeantLimit())
    return Screen(did_you_mean(asked, _), ((yes,), (_card_button(debtor, _), home_button(_))))


def meant_prepayment(asked: AskBack, _: Language) -> Screen:
    yes = Button(_.label("✅ Yes, that"), TakeMeantPrepayment())
    return Screen(did_you_mean(asked, _), ((yes,), (home_button(_),)))


def stop_question(debtor: Debtor, _: Language) -> Screen:
    return _asking(_("Why is the credit of “{customer}” stopped?", customer=debtor.name), debtor, _)


def release_question(hold: CreditHold, debtor: Debtor, _: Language) -> Screen:
    text = _(
        "{kind}: why is the credit of “{customer}” released?",
        kind=_hold_words(hold.kind, _),
        customer=debtor.name,
    )
    return _asking(text, debtor, _)


def _asking(text: Words, debtor: Debtor, _: Language) -> Screen:
    return Screen(text, ((_card_button(debtor, _), home_button(_)),))


def _card_button(debtor: Debtor, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), OpenCreditCard(customer_id=debtor.customer_id))
