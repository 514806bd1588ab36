"""The statements that read offers: a part picks products, one frame adds their prices and stock.

They are built once; what is looked for comes as bound values.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Date, and_, bindparam, case, func, literal, or_, select, true, tuple_

from domain.promotion_rules import Scope
from storage.built import built
from storage.tables.catalogue import brands, categories, price_lists, prices, products, stock

_P = products.c
_LISTS = (
    select(price_lists.c.id)
    .where(
        or_(
            price_lists.c.customer_id == bindparam("customer_id", type_=BigInteger),
            price_lists.c.group_id == bindparam("group_id", type_=BigInteger),
            and_(price_lists.c.customer_id.is_(None), price_lists.c.group_id.is_(None)),
        )
    )
    .correlate(None)
)
_ON = bindparam("on", type_=Date)
_AVAILABLE = stock.c.on_hand - stock.c.reserved - stock.c.safety


def _page(picked: Any) -> Any:
    return picked.limit(bindparam("limit")).offset(bindparam("offset")).subquery("picked")


def _framed(picked: Any) -> Any:
    """The offers of what was picked: a row for each price that may hold, in the order of picking.

    ``picked`` has the columns id, place (the order) and total.
    """
    price_of = and_(
        prices.c.product_id == _P.id,
        prices.c.price_list_id.in_(_LISTS),
        prices.c.valid_from <= _ON,
        or_(prices.c.valid_until.is_(None), prices.c.valid_until >= _ON),
    )
    return (
        select(
            picked.c.total,
            picked.c.place,
            _P.id, _P.code, _P.barcode, _P.name, _P.short_name, _P.label, _P.family, _P.variant, _P.unit,
            _P.carton, _P.minimum, _P.multiple, _P.vat_basis_points, _P.category_id, _P.brand_id, _P.photo_id,
            _P.position, _P.is_active, _P.cost_rials,
            stock.c.on_hand, stock.c.reserved, stock.c.safety, stock.c.low_at,
            categories.c.name.label("category"), brands.c.name.label("brand"),
            prices.c.id.label("price_id"), prices.c.rials, prices.c.valid_from, prices.c.valid_until,
            price_lists.c.name.label("list_name"), price_lists.c.customer_id, price_lists.c.group_id,
        )
        .select_from(
            picked.join(products, _P.id == picked.c.id)
            .join(categories, categories.c.id == _P.category_id)
            .outerjoin(brands, brands.c.id == _P.brand_id)
            .outerjoin(stock, stock.c.product_id == _P.id)
            .outerjoin(prices, price_of)
            .outerjoin(price_lists, price_lists.c.id == prices.c.price_list_id)
        )
        .order_by(picked.c.place, _P.position, _P.id)
    )  # fmt: skip


def _shelf(*narrowed: Any) -> Any:
    """The active products that fit, as they lie on the shelf."""
    fits = and_(_P.is_active, *narrowed)
    total = select(func.count()).select_from(products).where(fits).correlate(None).scalar_subquery()
    picked = select(_P.id, literal(0).label("place"), total.label("total")).where(fits)
    return _framed(_page(picked.order_by(_P.position, _P.id)))


_IN_CATEGORY = _P.category_id == bindparam("category_id", type_=BigInteger)
CATEGORY_PAGE = built(_shelf(_IN_CATEGORY))
BRAND_PAGE = built(_shelf(_IN_CATEGORY, _P.brand_id == bindparam("brand_id", type_=BigInteger)))


def under(scopes: Iterable[Scope]) -> Any:
    """The active products of any of these scopes."""
    return _shelf(or_(*(_covered(scope) for scope in scopes)))


def _covered(scope: Scope) -> Any:
    sets: tuple[tuple[Any, Any], ...] = (
        (_P.id, scope.product_ids),
        (_P.category_id, scope.category_ids),
        (_P.brand_id, scope.brand_ids),
        (_P.family, scope.families),
    )
    inside = [column.in_(sorted(wanted)) for column, wanted in sets if wanted]
    return and_(or_(*inside) if inside else true(), _P.id.not_in(sorted(scope.excluded_ids)))


def _one() -> Any:
    """One product, and as ``place`` how many lie before it in its category."""
    other = products.alias()
    before = (
        select(func.count())
        .select_from(other)
        .where(
            other.c.category_id == _P.category_id,
            other.c.is_active,
            tuple_(other.c.position, other.c.id) < tuple_(_P.position, _P.id),
        )
        .scalar_subquery()
    )
    return _framed(
        select(_P.id, before.label("place"), literal(1).label("total"))
        .where(_P.id == bindparam("product_id", type_=BigInteger), _P.is_active)
        .subquery("picked")
    )


ONE = built(_one())
SOME = built(
    _framed(
        select(_P.id, literal(0).label("place"), literal(0).label("total"))
        .where(_P.id.in_(bindparam("product_ids", expanding=True, type_=BigInteger)), _P.is_active)
        .subquery("picked")
    )
)


def _like(pattern: str) -> Any:
    text = literal(" ") + _P.search_key + literal(" ")
    return text.like(bindparam(pattern, type_=_P.search_key.type), escape="\\")


def within(word: str) -> str:
    """The pattern of texts that hold the word; a number or a single letter must stand for itself."""
    escaped = _escaped(word)
    return f"% {escaped} %" if len(word) == 1 or word.isdecimal() else f"%{escaped}%"


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _ranked(score: Any, *narrowed: Any) -> Any:
    """The highest score first, then what is there before what is not, then as on the shelf."""
    found = (
        select(
            _P.id,
            score.label("score"),
            case((func.coalesce(_AVAILABLE, 0) > 0, 0), else_=1).label("is_out"),
            _P.position,
        )
        .select_from(products.outerjoin(stock, stock.c.product_id == _P.id))
        .where(_P.is_active, *narrowed)
        .subquery("found")
    )
    order = (found.c.score.desc(), found.c.is_out, found.c.position, found.c.id)
    place = func.row_number().over(order_by=order).label("place")
    picked = select(found.c.id, place, func.count().over().label("total")).where(found.c.score > 0)
    return _framed(_page(picked.order_by("place")))


@cache
def alike(how_many: int) -> Any:
    """What is there in the same category: of the same family first, then by words that the names share."""
    shared = [case((_like(f"word_{n}"), 1), else_=0) for n in range(how_many)]
    is_family = _P.family == bindparam("family", type_=_P.family.type)
    score = case((is_family, 100), else_=0) + sum(shared, start=literal(0))
    return _ranked(
        score,
        _P.id != bindparam("product_id", type_=BigInteger),
        _IN_CATEGORY,
        _AVAILABLE > 0,
    )
