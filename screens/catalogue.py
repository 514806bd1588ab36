"""Browsing: where it begins (S1.11), the shelves (S1.12), and what was searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from domain.actors import Actor
from domain.catalogue import Brand, Category, Found, Offer, Shelf
from screens.callbacks.catalogue import (
    OpenBrand,
    OpenBrands,
    OpenCatalogue,
    OpenCategories,
    OpenCategory,
    OpenFound,
    OpenFoundProduct,
    OpenProduct,
    OpenSimilar,
    OpenUsuals,
)
from screens.callbacks.promotions import OpenDealGoods
from screens.callbacks.requested_goods import AskGoods, RequestSearched
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import cut, in_rows, titled, turning
from screens.screen import ALONE, SHARING, Button, Screen, shortened
from screens.shelves import Row, basket_button, search_button, shelf_page

SHOWN_FIRST = 4
CHOICES_PER_PAGE = 10
LONGEST_QUERY = 60


def front(categories: Sequence[Category], actor: Actor, _: Language, *, basket: int | None = None) -> Screen:
    """S1.11; whoever has begun an order finds its basket here again."""
    if not categories:
        return Screen(_("Nothing is sold here yet."), ((home_button(_),),))
    first: Row = (search_button(_),)
    if actor.customer_id is not None:
        usuals = Button(_.label("⭐️ My usual items"), OpenUsuals(page=1))
        first = (*first, usuals, Button(_.label("🎁 On promotion"), OpenDealGoods(page=1)))
    shown = [_category_button(each, _) for each in categories[:SHOWN_FIRST]]
    rest: tuple[Row, ...] = ()
    if len(categories) > SHOWN_FIRST:
        rest = ((Button(_.label("🗂 Other categories"), OpenCategories(page=1)),),)
    last: Row = (home_button(_),)
    if basket:
        last = (basket_button(basket, _), *last)
    return Screen(_("Where shall we begin?"), (first, *in_rows(shown, 2), *rest, last))


def other_categories(categories: Sequence[Category], page: int, _: Language) -> Screen:
    """Those that did not find room at the front."""
    shown, page, pages = cut(categories[SHOWN_FIRST:], page, CHOICES_PER_PAGE)
    return Screen(
        titled(_("Other categories"), page, pages, _),
        (
            *in_rows([_category_button(each, _) for each in shown], 2),
            *_row(turning(page, pages, lambda to: OpenCategories(page=to), _)),
            (Button(_.label("⬅️ Back"), OpenCatalogue()), home_button(_)),
        ),
    )


def brands(category_id: int, category: str, brands: Sequence[Brand], page: int, _: Language) -> Screen:
    """The brands of a category, to see only one of them."""
    shown, page, pages = cut(brands, page, CHOICES_PER_PAGE)
    buttons = [
        Button(
            _counted_label(each.name, each.product_count, _),
            OpenBrand(category_id=category_id, brand_id=each.id, page=1),
        )
        for each in shown
    ]
    return Screen(
        titled(_("Brands of {category}", category=category), page, pages, _),
        (
            *in_rows(buttons, 2),
            *_row(turning(page, pages, lambda to: OpenBrands(category_id=category_id, page=to), _)),
            (Button(_.label("⬅️ Back"), OpenCategory(category_id=category_id, page=1)), home_button(_)),
        ),
    )


def category_page(shelf: Shelf, category_id: int, actor: Actor, basket: int | None, _: Language) -> Screen:
    """S1.12."""
    by_brand = Button(_.label("🏷 By brand"), OpenBrands(category_id=category_id, page=1))
    back = Button(_.label("⬅️ Back"), OpenCatalogue())
    return shelf_page(
        shelf,
        _.say(shelf.category or ""),
        lambda to: OpenCategory(category_id=category_id, page=to),
        (by_brand, back),
        actor,
        basket,
        _,
    )


def brand_page(
    shelf: Shelf, category_id: int, brand_id: int, actor: Actor, basket: int | None, _: Language
) -> Screen:
    all_brands = Button(_.label("🏷 All brands"), OpenCategory(category_id=category_id, page=1))
    back = Button(_.label("⬅️ Back"), OpenBrands(category_id=category_id, page=1))
    return shelf_page(
        shelf,
        _("{category}, {brand}", category=shelf.category or "", brand=shelf.brand or ""),
        lambda to: OpenBrand(category_id=category_id, brand_id=brand_id, page=to),
        (all_brands, back),
        actor,
        basket,
        _,
    )


def similar(offer: Offer, shelf: Shelf, actor: Actor, basket: int | None, _: Language) -> Screen:
    product = offer.product
    back = Button(_.label("⬅️ Back"), OpenProduct(product_id=product.id))
    if not shelf.offers:
        text = _("There is nothing like “{name}” in stock now.", name=product.label)
        wish: Row = ()
        if actor.customer_id is not None:
            wish = (Button(_.label("🛎 Please get it for us"), AskGoods()),)
        return Screen(text, ((search_button(_), *wish), (back, home_button(_))))
    title = _("In place of “{name}”", name=product.label)
    turn: Callable[[int], CallbackData] = lambda to: OpenSimilar(product_id=product.id, page=to)  # noqa: E731
    return shelf_page(shelf, title, turn, (back, home_button(_)), actor, basket, _)


def search_question(_: Language) -> Screen:
    text = _("What are you looking for? Please write its name, code or barcode.")
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenCatalogue()), home_button(_)),))


def results(found: Found, actor: Actor, basket: int | None, _: Language) -> Screen:
    """What was found, a page of it."""
    search_id, shelf = found.search_id, found.shelf
    assert search_id is not None
    title = _("🔎 “{text}”", text=shortened(found.text, LONGEST_QUERY))
    back = (Button(_.label("⬅️ Back"), OpenCatalogue()), home_button(_))

    def page(to: int) -> CallbackData:
        return OpenFound(search_id=search_id, page=to)

    def product(product_id: int) -> CallbackData:
        return OpenFoundProduct(search_id=search_id, product_id=product_id, page=shelf.page)

    return shelf_page(shelf, title, page, back, actor, basket, _, product)


def nothing_found(
    text: str,
    nearest: Sequence[Offer],
    _: Language,
    *,
    search_id: int | None = None,
    may_wish: bool = False,
) -> Screen:
    """What comes near is opened as a result of that search; a customer may also wish for what is missing."""
    missing = _("I did not find “{text}”.", text=shortened(text, LONGEST_QUERY))
    if nearest:
        advice = _("Perhaps one of these:")
    else:
        advice = _("Please write it in another way, or look through the categories.")
    said = Words(f"{missing} {advice}")
    named = [
        (Button(shortened(offer.product.label, ALONE), _near(offer.product.id, search_id)),)
        for offer in nearest
    ]
    if search_id is not None and may_wish:
        named.append((Button(_.label("🛎 Please get it for us"), RequestSearched(search_id=search_id)),))
    categories = Button(_.label("🗂 Categories"), OpenCatalogue())
    return Screen(said, (*named, (search_button(_), categories), (home_button(_),)))


def _near(product_id: int, search_id: int | None) -> CallbackData:
    if search_id is None:
        return OpenProduct(product_id=product_id)
    return OpenFoundProduct(search_id=search_id, product_id=product_id, page=1)


def forgotten_search(_: Language) -> Screen:
    """What was looked for is not known any more."""
    text = _("This search is over. Please write again what you are looking for.")
    return Screen(text, ((search_button(_), home_button(_)),))


def _category_button(category: Category, _: Language) -> Button:
    name = f"{category.emoji} {category.name}".strip()
    return Button(
        _counted_label(name, category.product_count, _), OpenCategory(category_id=category.id, page=1)
    )


def _counted_label(name: str, count: int, _: Language) -> str:
    """«🧴 مراقبت مو (۸۴)»: a long name gives way to its count."""
    room = SHARING - len(_.label(" ({count})", count=count))
    return _.label("{name} ({count})", name=shortened(name, room), count=count)


def _row(buttons: Row) -> tuple[Row, ...]:
    return (buttons,) if buttons else ()
