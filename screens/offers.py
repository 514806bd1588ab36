"""«🎁 پیشنهادهای من»: what this customer is offered, and the goods of one offer (PRC-02)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actors import Actor
from domain.catalogue import Shelf
from domain.deals import Deal
from domain.promotion_rules import Bonus
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.promotions import OpenDeal, OpenDealGoods, OpenDealProduct, OpenDeals
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import cut, in_rows, titled, turning
from screens.promotion_words import gives, goods_words, last_day, left_words
from screens.screen import Button, Screen
from screens.shelves import shelf_page

PER_PAGE = 6
PER_ROW = 3


def deals(found: Sequence[Deal], page: int, _: Language) -> Screen:
    """Each with what it gives, on what, until when, and what is left of it."""
    order = Button(_.label("🛒 New order"), OpenCatalogue())
    if not found:
        text = _("🎁 There is no special offer for you at the moment. New ones are shown here.")
        return Screen(text, ((order, home_button(_)),))
    shown, page, pages = cut(found, page, PER_PAGE)
    first = (page - 1) * PER_PAGE + 1
    lines = [titled(_("🎁 Your offers ({count})", count=len(found)), page, pages, _)]
    numbers = []
    for place, each in enumerate(shown, first):
        lines.append(_said(place, each, _))
        tap = OpenDeal(promotion_id=each.promotion.id, page=1)
        numbers.append(Button(_.digits(str(place)), tap))
    turns = turning(page, pages, lambda to: OpenDeals(page=to), _)
    goods = Button(_.label("🎁 On promotion"), OpenDealGoods(page=1))
    rows = (*in_rows(numbers, PER_ROW), *((turns,) if turns else ()), (goods, order), (home_button(_),))
    return Screen("\n".join(lines), rows)


def _said(place: int, deal: Deal, _: Language) -> Words:
    name, given = deal.promotion.name, gives(deal, _)
    is_said = isinstance(deal.promotion.rule, Bonus) and "".join(name.split()) == "".join(given.split())
    head = _("{place}. {name}", place=place, name=name)
    what = _("{given} — {goods}", given=given, goods=goods_words(deal, _))
    if is_said:
        head, what = (
            _("{place}. {name} — {goods}", place=place, name=name, goods=goods_words(deal, _)),
            Words(""),
        )
    left = left_words(deal, _)
    end = last_day(deal.promotion, _)
    until = Words(f"{end} · {left}") if left else end
    return Words("\n   ".join(filter(None, (head, what, until))))


def deal(deal: Deal, shelf: Shelf | None, actor: Actor, basket: int | None, _: Language) -> Screen:
    """One promotion with its goods to order from."""
    promotion = deal.promotion
    lines = [_("🎁 {name}", name=promotion.name), gives(deal, _), last_day(promotion, _)]
    if left := left_words(deal, _):
        lines.append(left)
    back = (Button(_.label("⬅️ Back"), OpenDeals(page=1)), home_button(_))
    if shelf is None:
        lines.append(_("It holds for everything that you order."))
        return Screen("\n".join(lines), ((Button(_.label("🛒 New order"), OpenCatalogue()),), back))
    if not shelf.offers:
        lines.append(_("Its goods are not sold at the moment."))
        return Screen("\n".join(lines), (back,))
    return shelf_page(
        shelf,
        Words("\n".join((*lines, _("Goods of this offer")))),
        lambda to: OpenDeal(promotion_id=promotion.id, page=to),
        back,
        actor,
        basket,
        _,
        lambda product: OpenDealProduct(promotion_id=promotion.id, product_id=product, page=shelf.page),
    )


def deal_goods(shelf: Shelf, actor: Actor, basket: int | None, _: Language) -> Screen:
    """«🎁 طرح‌دارها» of S1.11."""
    back = (Button(_.label("⬅️ Back"), OpenCatalogue()), home_button(_))
    if not shelf.offers:
        return Screen(_("🎁 Nothing is on promotion for you at the moment."), (back,))
    return shelf_page(shelf, _("🎁 On promotion"), lambda to: OpenDealGoods(page=to), back, actor, basket, _)
