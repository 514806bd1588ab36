"""The basket holds something when it is to be filled with what was ordered before."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from domain.repeats import InTheWay
from screens.basket import basket_button
from screens.callbacks.nudges import ReplaceWithUsual
from screens.callbacks.order_guide import ReplaceWithGuide
from screens.callbacks.orders import DropChange, ReplaceBasket
from screens.callbacks.saved_baskets import ReplaceWithSaved
from screens.home import home_button
from screens.language import Language, Words
from screens.screen import Button, Screen


def in_the_way(found: InTheWay, _: Language) -> Screen:
    """The basket holds something else: nothing of it is lost without a word."""
    draft = found.basket.draft
    see = basket_button(len(draft.lines), _)
    if found.basket.original is not None:
        text = _(
            "You are changing order {number}. Please place the change first, or leave it.",
            number=found.basket.original.number,
        )
        leave = Button(_.label("↩️ Leave it unchanged"), DropChange(order_id=draft.id))
        return Screen(text, ((see, leave), (home_button(_),)))
    text, replace = _instead(found, _)
    return Screen(text, ((Button(_.label("✅ Yes, replace them"), replace), see), (home_button(_),)))


def _instead(found: InTheWay, _: Language) -> tuple[Words, CallbackData]:
    """What would take the place of what is there."""
    draft, source = found.basket.draft, found.source
    count, version = len(draft.lines), draft.version
    if found.saved is not None:
        text = _(
            "Your basket holds {count} items. Shall “{name}” take their place?",
            count=count,
            name=found.saved.name,
        )
        return text, ReplaceWithSaved(basket_id=found.saved.id, version=version)
    if found.is_usual or source is None:
        text = _("Your basket holds {count} items. Shall your usual goods take their place?", count=count)
        if source is None:
            return text, ReplaceWithGuide(version=version)
        return text, ReplaceWithUsual(order_id=source.id, version=version)
    text = _(
        "Your basket holds {count} items. Shall order {number} take their place?",
        count=count,
        number=source.number,
    )
    return text, ReplaceBasket(order_id=source.id, version=version)
