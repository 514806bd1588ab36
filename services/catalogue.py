"""Browsing and searching. Everybody may look; prices are for approved customers and for staff.

Other services read offers with :func:`offers_for`; whatever searches goes through :func:`search`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.catalogue import Brand, Category, Offer, Shelf
from domain.errors import TooFewLetters
from domain.identifiers import digits_of
from domain.persian import ascii_digits, clean, search_key
from domain.promotion_rules import Scope
from domain.written.names import named_in
from services.finding import Hit, find
from storage.catalogue import Reader
from storage.unit_of_work import UnitOfWork

PER_PAGE = 4
FEWEST_LETTERS = 2
LONGEST_SEARCH = 200
MOST_FOUND = 60
OUT = 0.015
RELEVANT, NEARLY, A_LITTLE = 0.55, 0.75, 0.2
"""A product is shown from such a score on, and when its score is so much of the best one."""
MOST_LIKE_WORDS = 4
MOST_SUGGESTIONS = 3
MOST_NAMED = 4
"""So many things are looked up of those who may not order; who writes more sees the first ones."""
LONGEST_CODE = 64
CODE_WORD = "کد"
AND = "و"
BARCODE_LENGTHS = (8, 12, 13, 14)


async def shelves(uow: UnitOfWork) -> tuple[Category, ...]:
    """The categories in which something is sold."""
    return await uow.catalogue.categories()


async def open_category(
    uow: UnitOfWork, category_id: int, actor: Actor, now: datetime, page: int = 1
) -> Shelf:
    return _seen(await uow.catalogue.page(category_id, None, _reader(actor, now), page, PER_PAGE), actor)


async def open_brand(
    uow: UnitOfWork, category_id: int, brand_id: int, actor: Actor, now: datetime, page: int = 1
) -> Shelf:
    shelf = await uow.catalogue.page(category_id, brand_id, _reader(actor, now), page, PER_PAGE)
    return _seen(shelf, actor)


async def brands_of(uow: UnitOfWork, category_id: int) -> tuple[str, tuple[Brand, ...]]:
    """The category's name and the brands in it."""
    return await uow.catalogue.brands(category_id)


async def open_product(uow: UnitOfWork, product_id: int, actor: Actor, now: datetime) -> Shelf:
    """The one offer; the shelf's page is the one of its category on which it stands."""
    return _seen(await uow.catalogue.offer_on_shelf(product_id, _reader(actor, now), PER_PAGE), actor)


async def similar(
    uow: UnitOfWork, product_id: int, actor: Actor, now: datetime, page: int = 1
) -> tuple[Offer, Shelf]:
    """The product, and what is there and can stand in for it: its family first, then its like by name."""
    reader = _reader(actor, now)
    offer = (await uow.catalogue.offer_on_shelf(product_id, reader)).offers[0]
    words = [word for word in search_key(offer.product.name).split() if _tells_something(word)]
    return offer, _seen(
        await uow.catalogue.alike(offer, words[:MOST_LIKE_WORDS], reader, page, PER_PAGE), actor
    )


async def open_scopes(
    uow: UnitOfWork,
    scopes: Sequence[Scope],
    actor: Actor,
    now: datetime,
    page: int = 1,
) -> Shelf:
    """What is sold of the goods of promotions."""
    return _seen(await uow.catalogue.under(scopes, _reader(actor, now), page, PER_PAGE), actor)


async def search(uow: UnitOfWork, text: str, actor: Actor, now: datetime, page: int = 1) -> Shelf:
    """The product with that code, or that barcode, or else those that are probably meant, best first.

    What this actor cannot buy is not found. Raises TooFewLetters.
    """
    _require_letters(text)
    product_id = await _by_number(uow, text)
    if product_id is not None:
        found = await uow.catalogue.offer_on_shelf(product_id, _reader(actor, now))
        return _seen(replace(found, page=1), actor)
    offers = await _meant(uow, text, actor, now, RELEVANT)
    first = (max(page, 1) - 1) * PER_PAGE
    shown = offers[first : first + PER_PAGE]
    return _seen(Shelf(offers=shown, total=len(offers), page=max(page, 1), per_page=PER_PAGE), actor)


async def nearest(uow: UnitOfWork, text: str, actor: Actor, now: datetime) -> tuple[Offer, ...]:
    """A few products that are a little like it, when nothing is called so."""
    telling = " ".join(word for word in search_key(text[:LONGEST_SEARCH]).split() if _tells_something(word))
    hits = await find(uow, telling, MOST_FOUND, enough=MOST_SUGGESTIONS)
    offers = await _sold(uow, [hit for hit in hits if hit.score >= A_LITTLE], actor, now)
    return tuple(_priced(offer, actor) for offer in offers[:MOST_SUGGESTIONS])


async def _meant(uow: UnitOfWork, text: str, actor: Actor, now: datetime, least: float) -> tuple[Offer, ...]:
    """What is probably meant and sold to this actor, as far as it is nearly as likely as the likeliest."""
    hits = await find(uow, text[:LONGEST_SEARCH], MOST_FOUND)
    best = hits[0].score if hits else 0.0
    return await _sold(uow, [hit for hit in hits if hit.score >= max(least, best * NEARLY)], actor, now)


async def _sold(uow: UnitOfWork, hits: Sequence[Hit], actor: Actor, now: datetime) -> tuple[Offer, ...]:
    """Those that are sold to this actor, the likeliest first; what is out comes behind its like."""
    reader = _reader(actor, now)
    found = await uow.catalogue.offers(
        [hit.product_id for hit in hits],
        customer_id=reader.customer_id,
        group_id=reader.group_id,
        on=reader.on,
    )
    scored = [
        (hit.score - (OUT if found[hit.product_id].stock.available <= 0 else 0.0), found[hit.product_id])
        for hit in hits
        if hit.product_id in found
    ]
    return tuple(offer for _score, offer in sorted(scored, key=lambda each: -each[0]))


async def search_written(uow: UnitOfWork, text: str, actor: Actor, now: datetime) -> tuple[str, Shelf]:
    """What an order is about that somebody writes who may not order; nothing where it is no such text.

    One thing is looked for as in :func:`search`; of several the best of each stand on one page.
    """
    named = named_in(text[:LONGEST_SEARCH])[:MOST_NAMED]
    names = [name for name in named if len(name) >= FEWEST_LETTERS]
    if [search_key(name) for name in names] == [search_key(text)]:
        return text, Shelf(offers=(), total=0)
    if len(names) == 1:
        return names[0], await search(uow, names[0], actor, now)
    found = [await search(uow, name, actor, now) for name in names]
    best: dict[int, Offer] = {}
    if any(shelf.offers for shelf in found):
        for name, shelf in zip(names, found, strict=True):
            for offer in (shelf.offers or await nearest(uow, name, actor, now))[:1]:
                best[offer.product.id] = offer
    return text, Shelf(offers=tuple(best.values()), total=len(best))


async def offers_for(
    uow: UnitOfWork, actor: Actor, product_ids: Collection[int], now: datetime
) -> dict[int, Offer]:
    """Products by id with this actor's price of today and the stock of now, in one statement.

    What is not sold any more is left out; the price is None when none is set, and for strangers.
    """
    reader = _reader(actor, now)
    found = await uow.catalogue.offers(
        product_ids, customer_id=reader.customer_id, group_id=reader.group_id, on=reader.on
    )
    return {product_id: _priced(offer, actor) for product_id, offer in found.items()}


def basket_count(actor: Actor) -> int | None:
    """How many lines the actor's basket has; None for whoever may not order."""
    if actor.customer_id is None or actor.contact_id is None or not actor.rights.may_order:
        return None
    return actor.draft_lines


def _reader(actor: Actor, now: datetime) -> Reader:
    customer = actor.customer
    return Reader(
        customer_id=customer.id if customer else None,
        group_id=customer.group_id if customer else None,
        on=today_in_tehran(now),
    )


def _seen(shelf: Shelf, actor: Actor) -> Shelf:
    if actor.can_see_prices:
        return shelf
    return replace(shelf, offers=tuple(_priced(offer, actor) for offer in shelf.offers))


def _priced(offer: Offer, actor: Actor) -> Offer:
    return offer if actor.can_see_prices else replace(offer, price=None, price_list=None)


def _require_letters(text: str) -> None:
    words = [word for word in search_key(text[:LONGEST_SEARCH]).split() if word != AND]
    if sum(map(len, words)) < FEWEST_LETTERS:
        raise TooFewLetters


def _tells_something(word: str) -> bool:
    """Sizes and single letters say nothing about what a thing is."""
    return len(word) > 1 and not word.isdecimal()


async def _by_number(uow: UnitOfWork, text: str) -> int | None:
    """The product whose code or barcode that text is, in any digits, with or without the word «کد»."""
    parts = ascii_digits(clean(text[:LONGEST_SEARCH])).split()
    if len(parts) == 2 and parts[0] == CODE_WORD:
        parts = parts[1:]
    if len(parts) != 1 or len(parts[0]) > LONGEST_CODE:
        return None
    code = parts[0]
    digits = digits_of(code)
    barcodes = []
    if digits.isdecimal() and len(digits) in BARCODE_LENGTHS:
        barcodes = [digits, *(digits.zfill(length) for length in BARCODE_LENGTHS if length > len(digits))]
        barcodes += [digits.lstrip("0").zfill(length) for length in BARCODE_LENGTHS]
    return await uow.catalogue.by_number(sorted({code, code.upper(), code.lower()}), sorted(set(barcodes)))
