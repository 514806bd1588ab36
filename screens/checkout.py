"""From the basket to the placed order: the day, the note and the final look (S1.17, S1.18)."""

from __future__ import annotations

from domain.basket import DayChoice, Renewal, Summary
from screens.callbacks.basket import AskNote, ChooseDay, EditBasket, OpenBasket, PlaceOrder, SetDay
from screens.callbacks.home import OpenHome
from screens.home import home_button
from screens.language import Language, Weekday, Words
from screens.screen import Button, Screen


def day_choice(choice: DayChoice, _: Language) -> Screen:
    """S1.17."""
    text = _("Which day shall we send it?")
    if choice.missed is not None:
        text = _(
            "Which day shall we send it? (An order for today, {weekday}, is too late)",
            weekday=Weekday(choice.missed),
        )
    if choice.basket.draft.note:
        text = Words(f"{text}\n{_note(choice.basket.draft.note, _)}")
    days = tuple(Button(_.say(day), SetDay(day=day.toordinal())) for day in choice.days)
    return Screen(
        text,
        (
            days,
            (Button(_.label("📝 Note for the delivery"), AskNote()),),
            (Button(_.label("⬅️ Back"), OpenBasket()), home_button(_)),
        ),
    )


def note_question(_: Language) -> Screen:
    back = Button(_.label("⬅️ Back"), ChooseDay())
    return Screen(_("What should whoever delivers know? Write it in one message."), ((back, home_button(_)),))


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
