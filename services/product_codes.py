"""Goods by the codes that stand on them: typed, scanned, or in a column of a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.actors import Actor
from domain.catalogue import Offer
from domain.product_codes import CodeFault, fault_of, scanned_key, spellings, typed_code
from domain.scans import MOST_CODES
from services.catalogue import offers_for
from storage.unit_of_work import UnitOfWork


async def find(uow: UnitOfWork, codes: Collection[str]) -> Mapping[str, int]:
    """The products that have one of those codes, in all ways in which these may be spelled."""
    spelled = {code: spellings(code) for code in codes if code}
    if not spelled:
        return {}
    rows = await uow.catalogue.by_numbers(
        {each for one in spelled.values() for each in one.codes},
        {each for one in spelled.values() for each in one.barcodes},
    )
    # What one product is coded like stands before another's barcode.
    by_barcode = {barcode: product_id for product_id, _code, barcode in reversed(rows) if barcode}
    by_code = {code: product_id for product_id, code, _barcode in reversed(rows)}
    found: dict[str, int] = {}
    for code, one in spelled.items():
        product_id = next((by_code[each] for each in one.codes if each in by_code), None) or next(
            (by_barcode[each] for each in one.barcodes if each in by_barcode), None
        )
        if product_id is not None:
            found[code] = product_id
    return found


async def look_up_scanned(
    uow: UnitOfWork, actor: Actor, payloads: Sequence[str], now: datetime
) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """The goods that have the codes of a picture, each once, and the codes that none of ours has."""
    keys = tuple(dict.fromkeys(key for key in map(scanned_key, payloads[:MOST_CODES]) if key))
    found = await find(uow, keys)
    offers = await offers_for(uow, actor, set(found.values()), now)
    known = dict.fromkeys(found[key] for key in keys if found.get(key) in offers)
    unknown = tuple(key for key in keys if found.get(key) not in offers)
    return tuple(offers[product_id] for product_id in known), unknown


async def look_up_typed(uow: UnitOfWork, text: str) -> tuple[int | None, str, CodeFault | None]:
    """The product whose code was typed, the code, and else what can be said of it.

    All are empty where the text is no code, or may as well be something else.
    """
    code = typed_code(text)
    if code is None:
        return None, "", None
    product_id = (await find(uow, (code,))).get(code)
    return product_id, code, None if product_id is not None else fault_of(code)
