"""The conditions of an audience in words: on their buttons, and in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.audience_forms import (
    Criterion,
    bought_of,
    condition_of,
    days_of,
    groups_of,
    is_flipped,
    part_for,
    values_of,
)
from domain.customers import CustomerKind
from domain.segments import AllOf, Bought, LastOrder, Node, Opinion, SegmentNames
from screens.language import Language, Words
from screens.screen import around

TICK = "✅"


def criterion_word(by: Criterion, _: Language) -> str:  # noqa: C901 - one arm a criterion
    match by:
        case Criterion.KIND:
            return _.label("Kind")
        case Criterion.GROUP:
            return _.label("Group")
        case Criterion.CITY:
            return _.label("City")
        case Criterion.ROUTE:
            return _.label("Route")
        case Criterion.NOT_BOUGHT:
            return _.label("Not bought")
        case Criterion.OVERDUE:
            return _.label("Overdue debt")
        case Criterion.INTEREST:
            return _.label("Interest")
        case Criterion.SAVED:
            return _.label("Saved list")
        case Criterion.BOUGHT:
            return _.label("Bought")
        case Criterion.LAST_ORDER:
            return _.label("Last order")
        case Criterion.TAG:
            return _.label("Tag")
        case Criterion.OPINION:
            return _.label("Satisfaction")
    return _.label("Customer group")


def kind_word(kind: CustomerKind, _: Language) -> str:
    """One of them: «داروخانه»."""
    match kind:
        case CustomerKind.PHARMACY:
            return _.label("pharmacy")
        case CustomerKind.SALON:
            return _.label("beauty salon")
        case CustomerKind.CHAIN:
            return _.label("shop or chain")
        case CustomerKind.ONLINE:
            return _.label("online shop")
    return _.label("personal use")


def opinion_word(opinion: Opinion, _: Language) -> str:
    match opinion:
        case Opinion.PROMOTER:
            return _.label("content (9, 10)")
        case Opinion.PASSIVE:
            return _.label("in between (7, 8)")
    return _.label("discontent (0 to 6)")


def criterion_label(by: Criterion, part: Node | None, names: SegmentNames, most: int, _: Language) -> str:
    """«شهر» where nothing is chosen, «شهر: تهران ✅» where something is; a long choice is cut."""
    if part is None:
        return criterion_word(by, _)
    if (bought := bought_of(part)) is not None:
        # The days say as much as the goods: the name is cut, not what stands behind it.
        goods = joined(goods_words(bought, names, _), _) or _.label("anything")
        return around(goods, most, lambda cut: f"{_bought_in(by, cut, bought.days, _)} {TICK}")
    return around(said_part(by, part, names, _), most, lambda cut: f"{cut} {TICK}")


def said_part(by: Criterion, part: Node, names: SegmentNames, _: Language) -> str:
    """«شهر: تهران و قم», «شهر: به‌جز تهران», «نخریده: ضدآفتاب در ۳۰ روز»."""
    match by:
        case Criterion.BOUGHT | Criterion.NOT_BOUGHT:
            return _said_bought(by, bought_of(part) or Bought(), names, _)
        case Criterion.OVERDUE:
            return _said_overdue(days_of(part) or 0, is_flipped=is_flipped(part), _=_)
        case Criterion.LAST_ORDER:
            condition = condition_of(part)
            is_older = isinstance(condition, LastOrder) and condition.is_older is not is_flipped(part)
            days = days_of(part) or 0
            if is_older:
                return _.label("Last order: more than {days} days ago", days=days)
            return _.label("Last order: within {days} days", days=days)
    chosen = joined(value_words(by, values_of(part, by), names, _), _)
    word = criterion_word(by, _)
    if is_flipped(part):
        return _.label("{what}: not {chosen}", what=word, chosen=Words(chosen))
    return _.label("{what}: {chosen}", what=word, chosen=Words(chosen))


def _said_bought(by: Criterion, bought: Bought, names: SegmentNames, _: Language) -> str:
    goods = joined(goods_words(bought, names, _), _) or _.label("anything")
    return _bought_in(by, goods, bought.days, _)


def _bought_in(by: Criterion, goods: str, days: int, _: Language) -> str:
    word = criterion_word(by, _)
    return _.label("{what}: {goods} in {days} days", what=word, goods=Words(goods), days=days)


def _said_overdue(days: int, *, is_flipped: bool, _: Language) -> str:
    if is_flipped:
        return (
            _.label("No debt overdue by more than {days} days", days=days)
            if days
            else _.label("No overdue debt")
        )
    return _.label("Overdue debt: more than {days} days", days=days) if days else _.label("Overdue debt")


def goods_words(bought: Bought, names: SegmentNames, _: Language) -> list[str]:
    goods = bought.goods
    return [
        *_called(goods.product_ids, names.products),
        *_called(goods.category_ids, names.categories),
        *_called(goods.brand_ids, names.brands),
        *sorted(goods.families),
    ]


def _called(ids: Iterable[int], names: Mapping[int, str]) -> list[str]:
    return [names[each] for each in sorted(ids) if each in names]


def value_words(by: Criterion, values: Iterable[object], names: SegmentNames, _: Language) -> list[str]:
    """What was ticked, in words."""
    match by:
        case Criterion.KIND:
            return [kind_word(each, _) for each in CustomerKind if each in values]
        case Criterion.OPINION:
            return [opinion_word(each, _) for each in Opinion if each in values]
        case Criterion.GROUP | Criterion.CITY | Criterion.TAG:
            return sorted(map(str, values))
    ids = [each for each in values if isinstance(each, int)]
    match by:
        case Criterion.ROUTE:
            return _called(ids, names.routes)
        case Criterion.INTEREST:
            return _called(ids, names.categories)
        case Criterion.SAVED:
            return _called(ids, names.lists)
    return _called(ids, names.groups)


def joined(words: list[str], _: Language) -> str:
    """«A و B», «تهران، قم و یزد»; plain text."""
    plain = [_.plain(each) for each in words]
    if len(plain) < 2:
        return "".join(plain)
    comma = "، " if _.code == "fa" else ", "
    return _.label("{first} and {last}", first=Words(comma.join(plain[:-1])), last=Words(plain[-1]))


def audience_words(node: Node, names: SegmentNames, _: Language) -> Words:
    """The whole audience in a line: «نوع: داروخانه · شهر: تهران»; groups are joined by «یا»."""
    said = [group_words(each, names, _) for each in groups_of(node)]
    if not any(said):
        return _("All customers")
    text = said[0]
    for each in said[1:]:
        text = _("{one} — or: {other}", one=text, other=each)
    return text


def group_words(group: AllOf, names: SegmentNames, _: Language) -> Words:
    parts = ((by, part_for(group, by)) for by in Criterion)
    said = [said_part(by, part, names, _) for by, part in parts if part is not None]
    return Words(" · ".join(_.say(each) for each in said))
