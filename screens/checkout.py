"""From the basket to the placed order: where to, the day, the note and the final look (S1.17, S1.18)."""

from __future__ import annotations

from domain.basket import DayChoice, OutletChoice, Renewal, Summary
from domain.customers import Outlet
from screens.callbacks.basket import (
    AskNote,
    ChooseDay,
    ChooseOutlet,
    DropNote,
    EditBasket,
    OpenBasket,
    PlaceOrder,
    SetDay,
    SetOutlet,
)
from screens.callbacks.home import OpenHome
from screens.home import home_button
from screens.language import Language, Weekday, Words
from screens.pages import cut, titled, turning
from screens.screen import ALONE, Button, Screen, shortened

OUTLETS_PER_PAGE = 8


def onward(choice: DayChoice | OutletChoice, _: Language) -> Screen:
    """The day; or first the outlet, where that is not known yet."""
    return day_choice(choice, _) if isinstance(choice, DayChoice) else outlet_choice(choice, 1, _)


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
    text = [_renewal(summary.renewal, _), _("{count} items", count=len(draft.lines))]
    later = sum(1 for each in draft.lines if each.later)
    if later:
        text.append(_("{count} of them partly with the next delivery", count=later))
    text += [
        _("To pay: {payable} toman", payable=draft.payable),
        _("Delivery: {day}, {address}", day=draft.deliver_on, address=summary.plan.short_address),
    ]
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


def _renewal(renewal: Renewal | None, _: Language) -> Words:
    match renewal:
        case Renewal.PRICES:
            return _("Prices have changed. Please look once more:")
        case Renewal.LATE:
            return _("The time for the chosen day has passed. Please look once more:")
        case Renewal.CHANGED:
            return _("The order has changed meanwhile. Please look once more:")
    return _("Please look once more:")
