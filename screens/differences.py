"""What has changed since an order was placed, in words (S4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.orders import OrderLine
from domain.repeats import Change, Difference
from screens.language import Language, Words
from screens.units import counted

MOST_SHOWN = 20
"""So many lines or differences are written out."""


def rest(count: int, _: Language) -> list[Words]:
    return [_("… and {count} more items", count=count - MOST_SHOWN)] if count > MOST_SHOWN else []


def changes(differences: Sequence[Difference], _: Language) -> list[Words]:
    """What is not as it was, with how many things these are; nothing when nothing is."""
    if not differences:
        return []
    match len(differences):
        case 1:
            heading = _("One thing has changed:")
        case 2:
            heading = _("Two things have changed:")
        case count:
            heading = _("{count} things have changed:", count=count)
    shown = [_difference(each, _) for each in differences[:MOST_SHOWN]]
    return [heading, *shown, *rest(len(differences), _)]


def _difference(each: Difference, _: Language) -> Words:
    prices = {"before": each.price_before, "after": each.price_after}
    match each.change:
        case Change.DEARER:
            return _("🔺 {label}: {before} → {after} toman", label=each.label, **prices)
        case Change.CHEAPER:
            return _("🔻 {label}: {before} → {after} toman", label=each.label, **prices)
        case Change.ENDED:
            return _("🎁 {name}: this promotion has ended", name=each.label)
        case Change.SHORT:
            available = counted(each.units_after, each.unit, _)
            return _("🟡 {label}: only {available} available", label=each.label, available=available)
        case Change.OUT:
            return _("⚪️ {label}: out of stock", label=each.label)
        case Change.ROUNDED:
            return _(
                "📦 {label}: {before} → {after}",
                label=each.label,
                before=counted(each.units_before, each.unit, _),
                after=counted(each.units_after, each.unit, _),
            )
        case Change.GONE:
            return _("⛔️ {label}: not sold any more", label=each.label)


def short_line(line: OrderLine, available: int, _: Language) -> Words:
    if not available:
        return _("⚪️ {label}: out of stock", label=line.label)
    left = counted(available, line.unit, _)
    return _("🟡 {label}: only {available} available", label=line.label, available=left)
