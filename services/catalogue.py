"""Browsing and searching. Everybody may look; prices are for approved customers and for staff.

Other services read offers with :func:`offers_for`; whatever searches goes through :func:`search`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.catalogue import Brand, Category, Offer, Shelf
from domain.errors import TooFewLetters
from domain.identifiers import digits_of
from domain.persian import ascii_digits, clean, search_key
from domain.promotion_rules import Scope
from domain.written_lists import wanted
from storage.catalogue import Reader, Word
from storage.unit_of_work import UnitOfWork

PER_PAGE = 4
USUAL_FOR = timedelta(days=180)
FEWEST_LETTERS = 2
LONGEST_SEARCH = 200
MOST_WORDS = 8
MOST_LIKE_WORDS = 4
MOST_SUGGESTIONS = 3
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


async def usuals(uow: UnitOfWork, actor: Actor, now: datetime, page: int = 1) -> Shelf:
    """What this actor's customer orders most often."""
    actor.require_customer()
    return await uow.catalogue.usuals(_reader(actor, now), now - USUAL_FOR, page, PER_PAGE)


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
    """The product with that code, or that barcode, or else those whose texts hold all of the words.

    Words of a brand's or category's name count as well. Raises TooFewLetters.
    """
    words = _words(text)
    reader = _reader(actor, now)
    product_id = await _by_number(uow, text)
    if product_id is not None:
        found = await uow.catalogue.offer_on_shelf(product_id, reader)
        return _seen(replace(found, page=1), actor)
    named = await _named(uow, words)
    return _seen(await uow.catalogue.holding(named, reader, page, PER_PAGE), actor)


async def nearest(uow: UnitOfWork, text: str, actor: Actor, now: datetime) -> tuple[Offer, ...]:
    """A few products that hold some of the words, when nothing holds all of them."""
    words = [word for word in _words(text) if _tells_something(word)]
    if not words:
        return ()
    shelf = await uow.catalogue.holding(
        await _named(uow, words), _reader(actor, now), 1, MOST_SUGGESTIONS, all_of_them=False
    )
    return _seen(shelf, actor).offers


async def search_written(uow: UnitOfWork, text: str, actor: Actor, now: datetime) -> tuple[str, Shelf]:
    """What an order that was written down is about, and what that finds; nothing where it is no such text.

    One thing is looked for as in :func:`search`; of several the best of each stand on one page.
    """
    names = [name for name in wanted(text[:LONGEST_SEARCH]) if len(name) >= FEWEST_LETTERS]
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


def _words(text: str) -> list[str]:
    words = [word for word in search_key(text[:LONGEST_SEARCH]).split() if word != AND]
    if sum(map(len, words)) < FEWEST_LETTERS:
        raise TooFewLetters
    return words[:MOST_WORDS]


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


async def _named(uow: UnitOfWork, words: list[str]) -> list[Word]:
    """The words, each with the brands and categories that it names."""
    brands, categories = await uow.catalogue.names()
    brand_keys = [(brand.id, search_key(brand.name).split()) for brand in brands]
    category_keys = [(category.id, search_key(category.name).split()) for category in categories]
    return [
        Word(text=word, brand_ids=_called(word, brand_keys), category_ids=_called(word, category_keys))
        for word in words
    ]


def _called(word: str, names: list[tuple[int, list[str]]]) -> tuple[int, ...]:
    """The ids of those a word of whose name begins so; a single letter begins too many."""
    if len(word) < FEWEST_LETTERS:
        return ()
    return tuple(each for each, parts in names if any(part.startswith(word) for part in parts))
