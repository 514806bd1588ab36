"""What brands are called besides their names."""

from __future__ import annotations

from collections.abc import Sequence

from domain.brand_aliases import MOST_ALIAS, NamedBrand
from screens.callbacks.search_misses import (
    AskAlias,
    DropAlias,
    FindBrandNames,
    OpenBrandName,
    OpenBrandNames,
    OpenMisses,
)
from screens.home import home_button
from screens.language import Language
from screens.pages import in_rows
from screens.screen import ALONE, SHARING, Button, Screen, shortened

MOST_SHOWN = 30


def brand_names(found: Sequence[tuple[int, str, int]], page: int, has_more: bool, _: Language) -> Screen:
    """Each brand with how many other names it has."""
    buttons = [
        Button(
            shortened(_.label("{name} ({count})", name=name, count=count), SHARING),
            OpenBrandName(brand_id=brand_id),
        )
        for brand_id, name, count in found
    ]
    turning = []
    if page > 1:
        turning.append(Button(_.label("▶️ Previous"), OpenBrandNames(page=page - 1)))
    if has_more:
        turning.append(Button(_.label("◀️ Next"), OpenBrandNames(page=page + 1)))
    text = _("🏷 Brands, and by how many other names each is found:") if found else _("There are no brands.")
    rows = (*in_rows(buttons, 2), *((tuple(turning),) if turning else ()))
    find = Button(_.label("🔎 Find a brand"), FindBrandNames())
    return Screen(text, (*rows, (find, Button(_.label("⬅️ Back"), OpenMisses(page=1)), home_button(_))))


def brand_wanted(_: Language) -> Screen:
    text = _("Please write the name of the brand.")
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenBrandNames(page=1)), home_button(_)),))


def brands_found(found: Sequence[tuple[int, str]], _: Language) -> Screen:
    text = _("Which one?") if found else _("There is no such brand. Please write it in another way.")
    rows = [(Button(shortened(name, ALONE), OpenBrandName(brand_id=each)),) for each, name in found]
    return Screen(text, (*rows, (Button(_.label("⬅️ Back"), OpenBrandNames(page=1)), home_button(_))))


def brand_name(brand: NamedBrand, _: Language) -> Screen:
    """A tap on a name takes it away."""
    if brand.aliases:
        text = _("🏷 “{name}” is also found by these names. A tap takes one away.", name=brand.name)
    else:
        text = _("🏷 “{name}” has no other names yet.", name=brand.name)
    buttons = [
        Button(shortened(_.label("🗑 {alias}", alias=each.text), SHARING), DropAlias(alias_id=each.id))
        for each in brand.aliases[:MOST_SHOWN]
    ]
    add = Button(_.label("➕ Another name"), AskAlias(brand_id=brand.id))
    back = Button(_.label("⬅️ Back"), OpenBrandNames(page=1))
    return Screen(text, (*in_rows(buttons, 2), (add,), (back, home_button(_))))


def alias_question(brand: NamedBrand, _: Language) -> Screen:
    text = _(
        "What else is “{name}” called? At most {most} characters, for example in Latin letters.",
        name=brand.name,
        most=MOST_ALIAS,
    )
    back = Button(_.label("⬅️ Back"), OpenBrandName(brand_id=brand.id))
    return Screen(text, ((back, home_button(_)),))
