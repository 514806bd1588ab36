"""The shelves filled: the products of the scripts first, then others made from kinds, brands and sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from domain.money import of_toman
from domain.persian import search_key
from sandbox.town_demo import DEMO, Model, thousands
from sandbox.town_shelves import BRANDS, SHELVES, Kind, Shelf

CALLED = {"محافظ مو سپیدار ۱۵۰ میل": "محافظ مو"}
"""What the scripts call by less than its kind and brand."""
BOUGHT_AT = 68
"""What the distributor pays for its goods, in percent of the price that everybody pays."""
_UNSAID = (" میل", " گرم")
"""Units that a short name leaves out, because nobody says them."""


def models(seed: int) -> tuple[Model, ...]:
    """All products, shelf by shelf, in the order in which they stand there."""
    return tuple(model for shelf in SHELVES for model in _shelf(shelf, Random(f"{seed}:{shelf.name}")))


def _shelf(shelf: Shelf, random: Random) -> Iterator[Model]:
    demo = [model for model in DEMO if model.shelf == shelf.name]
    taken = {model.name for model in demo}
    others = [model for model in _possible(shelf, random) if model.name not in taken]
    random.shuffle(others)
    yield from demo
    first_code = 2_000 + 100 * SHELVES.index(shelf)
    for number, model in enumerate(others[: shelf.count - len(demo)]):
        yield _named(model, str(first_code + number))


def _possible(shelf: Shelf, random: Random) -> list[Model]:
    return [
        _model(shelf, kind, brand, size, place, random)
        for brand in shelf.brands
        for kind in shelf.kinds
        for place, size in enumerate(kind.sizes)
    ]


def _model(shelf: Shelf, kind: Kind, brand: str, size: str, place: int, random: Random) -> Model:
    name = f"{kind.noun} {brand} {size}".strip()
    short = next((name.removesuffix(unit) for unit in _UNSAID if name.endswith(unit)), name)
    # Larger sizes cost more; brands differ by a tenth up or down.
    dearness = random.randrange(90, 112) * (100 + 45 * place * size[:1].isdigit())
    step = random.choice((1, 1, 1, 1, 1, 6))
    return Model(
        code="",
        name=name,
        short=short,
        label=f"{kind.noun} {brand}" if len(kind.sizes) == 1 else short,
        shelf=shelf.name,
        brand=brand,
        shape=kind.shape,
        toman=thousands(kind.toman * dearness / 10_000),
        carton=kind.carton,
        available=_available(random),
        unit=kind.unit,
        vat=kind.vat,
        minimum=step,
        multiple=step,
        is_demo=False,
    )


def _available(random: Random) -> int:
    match random.randrange(20):
        case 0:
            return 0
        case 1 | 2:
            return random.randrange(3, 20)
    return random.randrange(36, 900)


def _named(model: Model, code: str) -> Model:
    # A frozen value with a code of its own: the shelf decides how many there are before they are numbered.
    values = {name: getattr(model, name) for name in Model.__slots__}
    return Model(**{**values, "code": code, "label": CALLED.get(model.name, model.label)})


def category_rows() -> list[dict[str, Any]]:
    return [
        {"id": number, "name": shelf.name, "emoji": shelf.emoji, "position": number}
        for number, shelf in enumerate(SHELVES, start=1)
    ]


def brand_rows() -> list[dict[str, Any]]:
    return [{"id": number, "name": brand} for number, brand in enumerate(BRANDS, start=1)]


def product_rows(goods: tuple[Model, ...], photos: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Rows with ids from 1; ``photos`` are the ids of pictures by shape and brand."""
    categories = {shelf.name: number for number, shelf in enumerate(SHELVES, start=1)}
    return [
        {
            "id": number,
            "code": model.code,
            "barcode": gtin(f"626{int(model.code):09}"),
            "name": model.name,
            "short_name": model.short,
            "label": model.label,
            "family": model.family,
            "variant": model.variant,
            "search_key": search_key(f"{model.name} {model.short} {model.brand} {model.shelf}"),
            "category_id": categories[model.shelf],
            "brand_id": BRANDS.index(model.brand) + 1,
            "unit": model.unit.value,
            "carton": model.carton,
            "minimum": model.minimum,
            "multiple": model.multiple,
            "vat_basis_points": model.vat,
            "cost_rials": of_toman(thousands(model.toman * BOUGHT_AT / 100)).rials,
            "photo_id": photos.get((model.shape, model.brand)),
            "position": number,
            "is_active": True,
        }
        for number, model in enumerate(goods, start=1)
    ]


def gtin(twelve: str) -> str:
    """A barcode of thirteen digits: the last one is the check digit."""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-weighed % 10}"
