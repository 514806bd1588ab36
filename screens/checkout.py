"""From the basket to the placed order: payment, outlet, day, note and the final look (S1.16 to S1.18)."""

from __future__ import annotations

from domain.basket import DayChoice, OutletChoice, Renewal, Step, Summary, TermChoice
from domain.checkout import TermTotal
from domain.customers import Outlet
from domain.money import Money
from domain.orders import Order
from domain.terms import Term, TermKind
from screens.bonus import bonus_question
from screens.callbacks.basket import (
    AskNote,
    ChooseDay,
    ChooseMixed,
    ChooseOutlet,
    ChooseTerm,
    DropNote,
    EditBasket,
    OpenBasket,
    PlaceOrder,
    SetDay,
    SetOutlet,
    SetTerm,
)
from screens.callbacks.home import OpenHome
from screens.home import home_button
from screens.language import Language, Weekday, Words
from screens.pages import cut, titled, turning
from screens.screen import ALONE, Button, Screen, shortened
from screens.terms import part_words, term_with_discount, term_words

OUTLETS_PER_PAGE = 8


def step(found: Step, _: Language) -> Screen:
    """Whatever comes next on the way to the order."""
    match found:
        case TermChoice():
            return term_choice(found, _)
        case OutletChoice():
            return outlet_choice(found, 1, _)
        case DayChoice():
            return day_choice(found, _)
        case Summary():
            return summary(found, _)
    return bonus_question(found, _)


def term_choice(choice: TermChoice, _: Language) -> Screen:
    """S1.16: only what this customer may choose, each with what it comes to."""
    plain = (each for each in choice.totals if each.term.kind is not TermKind.MIXED)
    rows = [(_term_button(each, _),) for each in plain]
    if len(rows) < len(choice.totals):
        rows.append((Button(_.label("🔀 Mixed"), ChooseMixed()),))
    back = Button(_.label("⬅️ Back"), OpenBasket())
    return Screen(_("How will you pay?"), (*rows, (back, home_button(_))))


def _term_button(each: TermTotal, _: Language) -> Button:
    return Button(term_label(each, _), SetTerm(term_id=each.term.id))


def term_label(each: TermTotal, _: Language) -> str:
    """The amount is never cut off; the discount of a mixed term is said in the text above."""
    is_mixed = each.term.kind is TermKind.MIXED
    words = term_words(each.term, _) if is_mixed else term_with_discount(each.term, _)
    total = _.plain(each.quote.payable)
    room = ALONE - len(total) - len(_.label("{term}: {total}", term="", total=""))
    words = shortened(f"{_SIGNS[each.term.kind]} {words}", room)
    return _.label("{term}: {total}", term=words, total=total)


_SIGNS = {
    TermKind.CASH_PRE: "💵",
    TermKind.COD: "💵",
    TermKind.CHEQUE: "📝",
    TermKind.ACCOUNT: "📒",
    TermKind.MIXED: "🔀",
    TermKind.CONSIGNMENT: "📦",
}


def mixed_choice(choice: TermChoice, _: Language) -> Screen:
    """The terms that are paid partly at once; the parts sum to what is to be paid."""
    text = [_("🔀 Which part will you pay at once?")]
    rows: list[tuple[Button, ...]] = []
    for each in choice.totals:
        if each.term.kind is TermKind.MIXED:
            text += _parts(each.term, each.quote.payable, _)
            rows.append((_term_button(each, _),))
    back = Button(_.label("⬅️ Back"), ChooseTerm())
    return Screen("\n".join(text), (*rows, (back, home_button(_))))


def _parts(term: Term, payable: Money, _: Language) -> list[Words]:
    heading = _("{term}: {total} toman", term=term_with_discount(term, _), total=payable)
    parts = " + ".join(part_words(part, _) for part in term.parts(payable))
    return [heading, Words(f"   {parts}")]


def outlet_choice(choice: OutletChoice, page: int, _: Language) -> Screen:
    """Where it shall go, for a customer with several outlets."""
    shown, page, pages = cut(choice.outlets, page, OUTLETS_PER_PAGE)
    rows: list[tuple[Button, ...]] = [
        (Button(_outlet_label(each, _), SetOutlet(outlet_id=each.id)),) for each in shown
    ]
    if pages > 1:
        rows.append(turning(page, pages, lambda to: ChooseOutlet(page=to), _))
    back = Button(_.label("⬅️ Back"), OpenBasket())
    return Screen(titled(_("Which branch?"), page, pages, _), (*rows, (back, home_button(_))))


def _outlet_label(outlet: Outlet, _: Language) -> str:
    return shortened(_.label("{name} — {address}", name=outlet.name, address=outlet.short_address), ALONE)


def outlet_first(_: Language) -> Screen:
    """A button of an older message tried to skip the outlet."""
    choose = Button(_.label("📍 Choose the branch"), ChooseOutlet(page=1))
    return Screen(
        _("Please say first to which branch this order goes."),
        ((choose,), (Button(_.label("⬅️ Back"), OpenBasket()), home_button(_))),
    )


def day_choice(choice: DayChoice, _: Language) -> Screen:
    """S1.17."""
    text = _("Which day shall we send it?")
    if choice.missed is not None:
        text = _(
            "Which day shall we send it? (An order for today, {weekday}, is too late)",
            weekday=Weekday(choice.missed),
        )
    if choice.outlet is not None:
        where = _("📍 {address}", address=choice.outlet)
        text = Words(f"{text}\n{where}")
    if choice.basket.draft.note:
        text = Words(f"{text}\n{_note(choice.basket.draft.note, _)}")
    days = tuple(Button(_.say(day), SetDay(day=day.toordinal())) for day in choice.days)
    more = [Button(_.label("📝 Note for the delivery"), AskNote())]
    if choice.outlet is not None:
        more.append(Button(_.label("📍 Another branch"), ChooseOutlet(page=1)))
    return Screen(
        text,
        (
            days,
            tuple(more),
            (Button(_.label("⬅️ Back"), OpenBasket()), home_button(_)),
        ),
    )


def note_question(note: str | None, _: Language) -> Screen:
    """``note`` is the one that stands, which can also be taken back."""
    text = _("What should whoever delivers know? Write it in one message.")
    last = (Button(_.label("⬅️ Back"), ChooseDay()), home_button(_))
    if not note:
        return Screen(text, (last,))
    none = Button(_.label("🗑 No note"), DropNote())
    return Screen(Words(f"{text}\n{_note(note, _)}"), ((none,), last))


def _note(note: str, _: Language) -> Words:
    return _("📝 {note}", note=note)


def summary(summary: Summary, _: Language) -> Screen:
    """S1.18; when something has changed since it was shown first, its first line says what."""
    draft = summary.basket.draft
    assert draft.deliver_on is not None
    assert draft.nonce is not None
    order = summary.order
    text = [_renewal(summary.renewal, _), _items(order, _)]
    later = sum(1 for each in order.lines if each.later)
    if later:
        text.append(_("{count} of them partly with the next delivery", count=later))
    text += [
        *_payable(order, _),
        _("Delivery: {day}, {address}", day=draft.deliver_on, address=summary.plan.short_address),
    ]
    if summary.credit_after is not None:
        text.append(_("Your credit after this order: {left} toman", left=summary.credit_after))
    if summary.is_late:
        text.append(_("⚠️ The time for this day has passed; it may come a day later."))
    if draft.note:
        text.append(_note(draft.note, _))
    place = PlaceOrder(order_id=draft.id, version=draft.version, nonce=draft.nonce)
    return Screen(
        "\n".join(text),
        (
            (
                Button(_.label("✅ Place the order"), place),
                Button(_.label("✏️ Edit"), EditBasket(page=1)),
                Button(_.label("❌ Never mind"), OpenHome()),
            ),
        ),
    )


def _items(order: Order, _: Language) -> Words:
    """«۳ قلم + ۴ عدد جایزه»."""
    count = len(order.paid_lines)
    if not order.bonus_units:
        return _("{count} items", count=count)
    return _("{count} items + {bonus} bonus pieces", count=count, bonus=order.bonus_units)


def _payable(order: Order, _: Language) -> list[Words]:
    if order.term is None:
        return [_("To pay: {payable} toman", payable=order.payable)]
    words = term_words(order.term, _)
    text = [_("To pay: {payable} toman — {term}", payable=order.payable, term=words)]
    if order.term.kind is TermKind.MIXED:
        parts = " + ".join(part_words(part, _) for part in order.term.parts(order.payable))
        text.append(Words(f"   {parts}"))
    return text


def _renewal(renewal: Renewal | None, _: Language) -> Words:
    match renewal:
        case Renewal.PRICES:
            return _("Prices have changed. Please look once more:")
        case Renewal.LATE:
            return _("The time for the chosen day has passed. Please look once more:")
        case Renewal.CHANGED:
            return _("The order has changed meanwhile. Please look once more:")
    return _("Please look once more:")
