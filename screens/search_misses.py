"""«جست‌وجوهای بی‌نتیجه این هفته»: what was looked for in vain, and what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.search_misses import MissOpen, SearchMiss
from screens.callbacks.catalogue import OpenProduct
from screens.callbacks.requested_goods import OpenWishes
from screens.callbacks.search_misses import (
    AskBrandOf,
    LeaveMiss,
    MakeAlias,
    OpenBrandNames,
    OpenMiss,
    OpenMisses,
)
from screens.home import home_button
from screens.language import Language
from screens.screen import ALONE, Button, Screen, shortened


def misses(found: Sequence[SearchMiss], page: int, has_more: bool, _: Language) -> Screen:
    """Each with how often it was looked for, and by how many."""
    rows: list[tuple[Button, ...]] = []
    for each in found:
        label = _.label(
            "{text} — {times} times, {customers} customers",
            text=each.text,
            times=each.times,
            customers=each.customers,
        )
        rows.append((Button(shortened(label, ALONE), OpenMiss(search_id=each.id)),))
    turning = []
    if page > 1:
        turning.append(Button(_.label("▶️ Previous"), OpenMisses(page=page - 1)))
    if has_more:
        turning.append(Button(_.label("◀️ Next"), OpenMisses(page=page + 1)))
    if turning:
        rows.append(tuple(turning))
    rows.append(
        (
            Button(_.label("🏷 Other names of brands"), OpenBrandNames(page=1)),
            Button(_.label("🛎 Requested goods"), OpenWishes(page=1)),
        )
    )
    text = (
        _("🔎 Searches without a result this week:")
        if found
        else _("Everything that was looked for this week was found 👏")
    )
    return Screen(text, (*rows, (home_button(_),)))


def miss(found: MissOpen, _: Language) -> Screen:
    """The brands that may be meant, each a tap away from being called so; then the products."""
    each = found.miss
    text = [
        _("🔎 “{text}”", text=each.text),
        _("{times} times, {customers} customers", times=each.times, customers=each.customers),
    ]
    if found.brands:
        text.append(_("Which brand is meant by “{alias}”? Or which product?", alias=found.alias))
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                shortened(_.label("🏷 “{alias}” is {brand}", alias=found.alias, brand=name), ALONE),
                MakeAlias(search_id=each.id, brand_id=brand_id),
            ),
        )
        for brand_id, name in found.brands
    ]
    rows += [
        (Button(shortened(offer.product.label, ALONE), OpenProduct(product_id=offer.product.id)),)
        for offer in found.near
    ]
    rows.append(
        (
            Button(_.label("✍️ Another brand"), AskBrandOf(search_id=each.id)),
            Button(_.label("Leave it"), LeaveMiss(search_id=each.id)),
        )
    )
    return Screen("\n".join(text), (*rows, (Button(_.label("⬅️ Back"), OpenMisses(page=1)), home_button(_))))


def brand_question(search_id: int, _: Language) -> Screen:
    text = _("Please write the name of the brand that is meant.")
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenMiss(search_id=search_id)), home_button(_)),))


def brands_meant(search_id: int, found: Sequence[tuple[int, str]], _: Language) -> Screen:
    """What was typed may be one of these."""
    text = _("Which one?") if found else _("There is no such brand. Please write it in another way.")
    rows = [
        (Button(shortened(name, ALONE), MakeAlias(search_id=search_id, brand_id=brand_id)),)
        for brand_id, name in found
    ]
    return Screen(text, (*rows, (Button(_.label("⬅️ Back"), OpenMiss(search_id=search_id)), home_button(_))))


def alias_made(alias: str, _: Language) -> Screen:
    text = _("“{alias}” is found from now on ✅", alias=alias)
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenMisses(page=1)), home_button(_)),))
