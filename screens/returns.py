"""Goods that come back: the line, the number, whose fault it is, and what that comes to."""

from __future__ import annotations

from domain.money import ZERO, Money
from domain.return_desk import BonusUnits, Returnable, ReturnCause, ReturnLine, ReturnPreview, TakenBack
from screens.callbacks.ledger import OpenBooks, OpenInvoiceCard
from screens.callbacks.returns import (
    AskReturnUnits,
    ChooseReturnUnits,
    OpenReturn,
    PreviewReturn,
    TakeReturn,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import cut, titled, turning
from screens.screen import ALONE, Button, Screen, around
from screens.units import counted

PER_PAGE = 8


def line_question(found: Returnable, page: int, _: Language) -> Screen:
    """Every line of which something may still come back."""
    shown, page, pages = cut(found.lines, page, PER_PAGE)
    title = titled(_title(found, _), page, pages, _)
    asked = _("Which goods came back?") if shown else _("All of this invoice has come back already.")
    rows = [(_line_button(found, line, _),) for line in shown]
    turns = turning(page, pages, lambda to: OpenReturn(invoice_id=found.invoice_id, page=to), _)
    return Screen(
        f"{title}\n{asked}", (*rows, *((turns,) if turns else ()), (_to_invoice(found, _), home_button(_)))
    )


def _title(found: Returnable, _: Language) -> Words:
    return _(
        "↩️ Goods back of invoice {number} — {customer}", number=found.number, customer=found.customer_name
    )


def _line_button(found: Returnable, line: ReturnLine, _: Language) -> Button:
    def label(name: str) -> str:
        return _.label("{name} · {count}", name=name, count=counted(line.left, line.unit, _))

    tap = AskReturnUnits(invoice_id=found.invoice_id, position=line.position)
    return Button(around(line.name, ALONE, label), tap)


def units_question(found: Returnable, line: ReturnLine, _: Language) -> Screen:
    text = _("How many of {name} came back? Please write the number, or all of them.", name=line.name)
    every = ChooseReturnUnits(invoice_id=found.invoice_id, position=line.position, units=line.left)
    return Screen(
        text,
        (
            (Button(_.label("All: {count}", count=counted(line.left, line.unit, _)), every),),
            (_to_lines(found, _), home_button(_)),
        ),
    )


def cause_question(found: Returnable, line: ReturnLine, units: int, _: Language) -> Screen:
    text = _("{count} of {name}: why?", count=Words(counted(units, line.unit, _)), name=line.name)
    rows = tuple(
        (
            Button(
                _cause(each, _),
                PreviewReturn(invoice_id=found.invoice_id, position=line.position, units=units, cause=each),
            ),
        )
        for each in (ReturnCause.OURS, ReturnCause.THEIRS)
    )
    return Screen(text, (*rows, (_to_lines(found, _), home_button(_))))


def _cause(cause: ReturnCause, _: Language) -> str:
    if cause is ReturnCause.OURS:
        return _.label("Damaged, or our mistake")
    return _.label("The customer gives it back")


def summary(preview: ReturnPreview, _: Language) -> Screen:
    """What it comes to; nothing is written before the next tap."""
    wish, line = preview.wish, preview.line
    lines = [_title(preview.found, _), _sent(line.name, counted(wish.units, line.unit, _), _)]
    if wish.cause is ReturnCause.WITH_BONUS:
        lines += [_sent(each.name, counted(each.units, each.unit, _), _, "🎁 ") for each in preview.bonus]
    lines.append(_("Why: {cause}", cause=Words(_cause(wish.cause, _))))
    lines.append(_("Paid for it, with tax: {amount}", amount=preview.worth))
    if preview.charged_back > ZERO:
        lines.append(_("Discounts and free goods not earned any more: {amount}", amount=preview.charged_back))
    if preview.is_worth_something:
        lines.append(_("Refund: {amount} toman", amount=preview.amount))
    else:
        lines.append(_("Nothing is left to refund: what is not earned any more costs as much."))
    if wish.cause is ReturnCause.OURS:
        lines.append(_("It does not go back on the shelf."))
    else:
        lines.append(_("It goes back on the shelf."))
    return Screen("\n".join(lines), _summary_rows(preview, _))


def _sent(name: str, count: str, _: Language, mark: str = "") -> Words:
    return _("• {mark}{name} — {count}", mark=mark, name=name, count=Words(count))


def _summary_rows(preview: ReturnPreview, _: Language) -> tuple[tuple[Button, ...], ...]:
    wish = preview.wish
    at = {"invoice_id": wish.invoice_id, "position": wish.position, "units": wish.units}
    rows: list[tuple[Button, ...]] = []
    if wish.cause is ReturnCause.THEIRS and preview.bonus:
        label = _.label("🎁 Free goods too: {count}", count=_counted_all(preview.bonus, _))
        rows.append((Button(label, PreviewReturn(**at, cause=ReturnCause.WITH_BONUS)),))
    leave = Button(_.label("❌ Leave it"), OpenInvoiceCard(invoice_id=wish.invoice_id))
    if preview.is_worth_something:
        take = TakeReturn(**at, cause=wish.cause, version=preview.found.seen)
        rows.append((Button(_.label("✅ Record it"), take), leave))
    else:
        rows.append((leave,))
    return (*rows, (_to_lines(preview.found, _), home_button(_)))


def _counted_all(bonus: tuple[BonusUnits, ...], _: Language) -> str:
    return counted(sum(each.units for each in bonus), bonus[0].unit, _)


def taken_back(taken: TakenBack, _: Language) -> Screen:
    """The credit note, what it has settled, and what is owed now."""
    found = taken.preview.found
    lines = [_("Recorded ✅ Credit note {number}: {amount} toman", number=taken.number, amount=taken.amount)]
    lines += [
        _("• Taken off invoice {number}: {amount}", number=number, amount=amount)
        for number, amount in taken.settled
    ]
    if taken.left:
        lines.append(_("• {amount} stays as credit", amount=taken.left))
    lines.append(_balance(taken.balance, _))
    more = Button(_.label("↩️ More of this invoice"), OpenReturn(invoice_id=found.invoice_id, page=1))
    books = Button(_.label("💳 The customer's account"), OpenBooks(customer_id=taken.customer_id))
    return Screen("\n".join(lines), ((more, books), (_to_invoice(found, _), home_button(_))))


def _balance(balance: Money, _: Language) -> Words:
    if balance < ZERO:
        return _("Their balance: {amount} toman in their favour", amount=-balance)
    return _("Their balance: {amount} toman owed", amount=balance)


def _to_lines(found: Returnable, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), OpenReturn(invoice_id=found.invoice_id, page=1))


def _to_invoice(found: Returnable, _: Language) -> Button:
    return Button(
        _.label("🧾 Invoice {number}", number=found.number), OpenInvoiceCard(invoice_id=found.invoice_id)
    )
