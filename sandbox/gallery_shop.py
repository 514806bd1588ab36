"""Examples of browsing, the basket and placing an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.basket import Added, DayChoice, LineOpen, OutletChoice, Renewal
from domain.catalogue import Brand, Found, Shelf
from domain.errors import NotSold, Shortage
from sandbox.gallery_types import Example
from sandbox.gallery_values import (
    BASKET,
    BUYER,
    CATEGORIES,
    CHANGING,
    EMPTY,
    GLOVES,
    LINES,
    MASK,
    MONDAY,
    NO_OFFERS,
    NOW,
    OUTLETS,
    SERUM,
    SHAMPOO,
    SHELF,
    STAFF,
    STRANGER,
    SUMMARY,
    WEDNESDAY,
    one,
)
from screens import basket, catalogue, checkout, product, shortage
from screens.language import Language
from screens.screen import Screen

BRANDS = tuple(
    Brand(id=number, name=name, product_count=number * 3)
    for number, name in enumerate(("آوین", "سپیدار", "نگاره", "دیبامو", "زرین‌مو"), start=1)
)
MASKS = Shelf(offers=(MASK,), total=1)
FOUND = Found(text="آوین", shelf=SHELF, search_id=1)


def shop() -> Iterator[Example]:
    yield "catalogue.front", lambda _: catalogue.front(CATEGORIES, BUYER, _)
    yield "catalogue.front: nothing is sold", lambda _: catalogue.front((), STRANGER, _)
    yield "catalogue.other_categories", lambda _: catalogue.other_categories(CATEGORIES, 1, _)
    yield "catalogue.brands", lambda _: catalogue.brands(1, "مراقبت مو", BRANDS, 1, _)
    yield "catalogue.category_page", lambda _: catalogue.category_page(SHELF, 1, BUYER, 3, _)
    yield "catalogue.category_page: staff", lambda _: catalogue.category_page(SHELF, 1, STAFF, None, _)
    yield "catalogue.brand_page", lambda _: catalogue.brand_page(SHELF, 1, 1, BUYER, 0, _)
    yield "catalogue.similar", lambda _: catalogue.similar(SERUM, MASKS, BUYER, 0, _)
    yield "catalogue.similar: none", lambda _: catalogue.similar(SERUM, NO_OFFERS, BUYER, 0, _)
    yield "catalogue.search_question", catalogue.search_question
    yield "catalogue.results", lambda _: catalogue.results(FOUND, BUYER, 1, _)
    yield "catalogue.nothing_found", lambda _: catalogue.nothing_found("کرم فلان ۵۰", [MASK, SHAMPOO], _)
    yield "catalogue.nothing_found: nor anything near", lambda _: catalogue.nothing_found("فلان", [], _)
    yield "catalogue.forgotten_search", catalogue.forgotten_search
    yield "product.product_card", lambda _: product.product_card(one(SHAMPOO), BUYER, _)
    yield "product.product_card: out of stock", lambda _: product.product_card(one(SERUM), BUYER, _)
    yield "product.product_card: a stranger", lambda _: product.product_card(one(SHAMPOO), STRANGER, _)
    yield "product.product_card: staff", lambda _: product.product_card(one(GLOVES), STAFF, _)
    yield "product.alert_kept", lambda _: product.alert_kept(SERUM, _)


def ordering() -> Iterator[Example]:
    added = Added(basket=BASKET, product=SHAMPOO.product, quantity=24)
    opened = LineOpen(line=LINES[0], product=SHAMPOO.product)
    yield "basket.added", lambda _: basket.added(added, _)
    yield "basket.added: to a line that was there", lambda _: basket.added(replace(added, quantity=12), _)
    yield "basket.basket", lambda _: basket.basket(BASKET, _)
    yield "basket.basket: empty", lambda _: basket.basket(EMPTY, _)
    yield "basket.basket: changes an order", lambda _: basket.basket(CHANGING, _)
    yield "basket.edit", lambda _: basket.edit(BASKET, 1, _)
    yield "basket.line", lambda _: basket.line(opened, _)
    yield "basket.quantity_question", lambda _: basket.quantity_question(SHAMPOO.product, True, _)
    yield "basket.empty_question", lambda _: basket.empty_question(BASKET, _)
    yield (
        "shortage.shortage",
        lambda _: shortage.shortage(Shortage(1, "ماسک موی سپیدار", 12, 6, offered=6), _),
    )
    yield (
        "shortage.shortage: nothing left",
        lambda _: shortage.shortage(Shortage(1, "سرم مو نگاره", 12, 0), _),
    )
    yield "shortage.not_sold", lambda _: shortage.not_sold(NotSold(1, "ماسک موی سپیدار"), _)
    days = DayChoice(basket=BASKET, days=(MONDAY, WEDNESDAY), missed=NOW.date().replace(day=21))
    yield "checkout.day_choice", lambda _: checkout.day_choice(days, _)
    branch = replace(days, outlet="پونک، صنوبر ۷")
    yield "checkout.day_choice: of several outlets", lambda _: checkout.day_choice(branch, _)
    outlets = OutletChoice(basket=BASKET, outlets=OUTLETS)
    yield "checkout.step", lambda _: checkout.step(outlets, _)
    yield "checkout.outlet_choice", lambda _: checkout.outlet_choice(outlets, 1, _)
    yield "checkout.outlet_first", checkout.outlet_first
    yield "checkout.note_question", lambda _: checkout.note_question(None, _)
    yield "checkout.note_question: one stands", lambda _: checkout.note_question("پیش از ظهر", _)
    yield "checkout.summary", lambda _: checkout.summary(SUMMARY, _)
    for why in Renewal:
        yield _renewal(why)
    yield (
        "checkout.summary: the cut-off has passed",
        lambda _: checkout.summary(replace(SUMMARY, is_late=True), _),
    )


def _renewal(why: Renewal) -> Example:
    def screen(_: Language) -> Screen:
        return checkout.summary(replace(SUMMARY, renewal=why), _)

    return f"checkout.summary: {why.value}", screen
