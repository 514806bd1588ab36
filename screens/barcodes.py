"""Goods that were scanned, and codes that none of ours has."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actors import Actor
from domain.catalogue import Offer, StockState
from screens.callbacks.catalogue import OpenCatalogue, OpenProduct
from screens.callbacks.sent_lists import WishForCode
from screens.home import home_button
from screens.language import Copyable, Language, Words
from screens.pages import in_rows
from screens.screen import ALONE, Button, Screen, shortened
from screens.shelves import search_button

MOST_SAID = 5
LONGEST_WISH = 19
"""A button carries digits up to that many."""


def several(offers: Sequence[Offer], unknown: Sequence[str], actor: Actor, _: Language) -> Screen:
    """A photo with several codes: a button for each of the goods."""
    lines = [_("{count} products on your photo. Which one?", count=len(offers))]
    lines += [_offer(at, offer, actor, _) for at, offer in enumerate(offers, 1)]
    if unknown:
        lines.append(_none_has(unknown, _))
    rows = [
        (Button(shortened(offer.product.label, ALONE), OpenProduct(product_id=offer.product.id)),)
        for offer in offers
    ]
    return Screen("\n".join(lines), (*rows, (search_button(_), home_button(_))))


def _offer(at: int, offer: Offer, actor: Actor, _: Language) -> Words:
    name = offer.product.name
    if offer.stock.state is StockState.OUT:
        return _("{at}. {name} — out of stock", at=at, name=name)
    if offer.price is None or not actor.can_see_prices:
        return _("{at}. {name}", at=at, name=name)
    return _("{at}. {name} — {price} toman", at=at, name=name, price=offer.price)


def unknown(codes: Sequence[str], actor: Actor, _: Language) -> Screen:
    """None of our goods has what was scanned or typed."""
    text = _none_has(codes, _)
    advice = _("Please write the name, or look through the categories.")
    wishes: list[Button] = []
    if actor.customer_id is not None:
        wishes = [
            Button(_.label("📝 I would like {code}", code=_.digits(code)), WishForCode(digits=int(code)))
            for code in codes[:MOST_SAID]
            if code.isdecimal() and not code.startswith("0") and len(code) <= LONGEST_WISH
        ]
    categories = Button(_.label("🗂 Categories"), OpenCatalogue())
    return Screen(
        f"{text} {advice}", (*in_rows(wishes, 1), (search_button(_), categories), (home_button(_),))
    )


def wrong_check_digit(code: str, _: Language) -> Screen:
    """One digit was typed wrong: nothing else can be known of it."""
    text = _(
        "The check digit of barcode {code} is not right; a digit was probably mistyped. "
        "Please look at it again, or send a photo of the barcode.",
        code=Copyable(code),
    )
    return Screen(text, ((search_button(_), home_button(_)),))


def wish_text(digits: int, _: Language) -> str:
    """As which it is wished for."""
    return _.label("Barcode {code}", code=_.digits(str(digits)))


def _none_has(codes: Sequence[str], _: Language) -> Words:
    named = Words("، ".join(str(_.say(Copyable(code))) for code in codes[:MOST_SAID]))
    if len(codes) == 1:
        return _("None of our products has the code {code}.", code=named)
    return _("None of our products has the codes {codes}.", codes=named)
