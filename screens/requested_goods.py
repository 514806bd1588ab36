"""«کالای درخواستی»: what is wished for, that it was noted, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.requested_goods import GoodsAnswer, RequestedGoods, Wisher
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.requested_goods import AnswerWish, OpenWish, OpenWishes
from screens.home import home_button
from screens.language import Language, Words
from screens.screen import ALONE, Button, Screen, shortened

MOST_NAMES = 20


def goods_question(_: Language) -> Screen:
    text = _("Which goods shall we get? Please write name, brand and size in one message.")
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenCatalogue()), home_button(_)),))


def goods_noted(text: str, _: Language) -> Screen:
    """The same words as S2.6 has for it."""
    said = _("“{text}” was noted as “requested goods” for our purchasing. We tell you here.", text=text)
    return Screen(said, ((Button(_.label("🛒 New order"), OpenCatalogue()), home_button(_)),))


def wishes(found: Sequence[RequestedGoods], page: int, has_more: bool, _: Language) -> Screen:
    """For whoever buys for us: what most customers wish for stands first."""
    if not found:
        return Screen(_("Nobody wishes for anything we do not have."), ((home_button(_),),))
    rows: list[tuple[Button, ...]] = []
    for each in found:
        label = _.label(
            "{text} — {customers} customers, {times} times",
            text=each.text,
            customers=each.customers,
            times=each.times,
        )
        rows.append((Button(shortened(label, ALONE), OpenWish(wish_id=each.id)),))
    turning = []
    if page > 1:
        turning.append(Button(_.label("▶️ Previous"), OpenWishes(page=page - 1)))
    if has_more:
        turning.append(Button(_.label("◀️ Next"), OpenWishes(page=page + 1)))
    if turning:
        rows.append(tuple(turning))
    return Screen(_("🛎 Goods that customers wish for:"), (*rows, (home_button(_),)))


def wish(found: RequestedGoods, wishers: Sequence[Wisher], _: Language) -> Screen:
    """One of them, with who wishes for it, and the answer to all of them."""
    text: list[Words] = [
        _("🛎 “{text}”", text=found.text),
        _("{customers} customers, {times} times; last at {at}", customers=found.customers, times=found.times,
          at=found.asked_at),
    ]  # fmt: skip
    text += [_("• {name}", name=each.customer) for each in wishers[:MOST_NAMES]]
    if len(wishers) > MOST_NAMES:
        text.append(_("… and {count} more", count=len(wishers) - MOST_NAMES))
    has = AnswerWish(wish_id=found.id, answer=GoodsAnswer.HAS)
    has_not = AnswerWish(wish_id=found.id, answer=GoodsAnswer.HAS_NOT)
    return Screen(
        "\n".join(text),
        (
            (Button(_.label("✅ We have it now"), has), Button(_.label("❌ We will not"), has_not)),
            (Button(_.label("⬅️ Back"), OpenWishes(page=1)), home_button(_)),
        ),
    )


def wish_answered(found: RequestedGoods, answer: GoodsAnswer, _: Language) -> Screen:
    if answer is GoodsAnswer.HAS:
        text = _(
            "{customers} customers are told that “{text}” is here.",
            customers=found.customers,
            text=found.text,
        )
    else:
        text = _(
            "{customers} customers are told that we will not get “{text}”.",
            customers=found.customers,
            text=found.text,
        )
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenWishes(page=1)), home_button(_)),))
