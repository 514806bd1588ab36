"""What is asked about bonus goods before an order is placed: none of them is dropped without a word."""

from __future__ import annotations

from domain.gifts import BonusQuestion, OpenBonus, ShortBonus, ShortWish
from screens.callbacks.basket import OpenBasket, PickBonus, SettleBonus, UnpickBonus
from screens.home import home_button
from screens.language import Language, Words
from screens.screen import ALONE, SHARING, Button, Screen, shortened
from screens.units import counted

MOST_OPTIONS = 10


def bonus_question(question: BonusQuestion, _: Language) -> Screen:
    return short_bonus(question, _) if isinstance(question, ShortBonus) else open_bonus(question, _)


def short_bonus(short: ShortBonus, _: Language) -> Screen:
    """Rule R5.3: it comes later, something similar comes instead, or nothing."""
    text = _(
        "🎁 Of your bonus ({quantity} {label}), {missing} are not in stock. What shall we do?",
        quantity=counted(short.quantity, short.unit, _),
        label=short.label,
        missing=counted(short.missing, short.unit, _),
    )
    rows: list[tuple[Button, ...]] = []
    if short.can_wait:
        rows.append((_wish(_.label("Send the bonus later"), short, ShortWish.LATER),))
    if short.substitute is not None:
        other = short.substitute.product
        instead = _.label("Something similar: {label}", label=other.label)
        rows.append((_wish(shortened(instead, ALONE), short, ShortWish.SIMILAR, other.id),))
    rows.append((_wish(_.label("Without the bonus"), short, ShortWish.WITHOUT),))
    return Screen(text, (*rows, _last(_)))


def _wish(label: str, short: ShortBonus, wish: ShortWish, other_id: int | None = None) -> Button:
    product_id = short.product_id
    return Button(label, SettleBonus(product_id=product_id, wish=wish, other_id=other_id or product_id))


def open_bonus(question: OpenBonus, _: Language) -> Screen:
    """Units that may be chosen: one after the other, or all that are left of one product."""
    text = [_("🎁 {name}: choose {units} free pieces.", name=question.name, units=question.units)]
    text += [_("✔️ {label}: {units}", label=label, units=units) for label, units in question.chosen]
    if question.chosen:
        text.append(_("{units} are left to choose.", units=question.units))
        text[0] = _("🎁 {name}", name=question.name)
    rows = [_option(question, at, _) for at in range(min(len(question.options), MOST_OPTIONS))]
    if question.chosen:
        again = UnpickBonus(promotion_id=question.promotion_id)
        rows.append((Button(_.label("↩️ Choose anew"), again),))
    return Screen(Words("\n".join(text)), (*rows, _last(_)))


def _option(question: OpenBonus, at: int, _: Language) -> tuple[Button, ...]:
    product = question.options[at].product
    one = PickBonus(promotion_id=question.promotion_id, product_id=product.id, units=1)
    if question.units == 1:
        return (Button(shortened(product.label, ALONE), one),)
    rest = PickBonus(promotion_id=question.promotion_id, product_id=product.id, units=question.units)
    return (
        Button(shortened(_.label("1 {label}", label=product.label), SHARING), one),
        Button(_.label("all {units}", units=question.units), rest),
    )


def _last(_: Language) -> tuple[Button, ...]:
    return (Button(_.label("🛒 Basket"), OpenBasket()), home_button(_))
