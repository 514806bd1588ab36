"""What can be chosen of one condition of an audience: ticks, goods, days (S5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.audience_forms import (
    VALUE_GROUPS,
    Criterion,
    bought_of,
    condition_of,
    days_of,
    group_at,
    is_flipped,
    number_of,
    part_for,
    values_of,
)
from domain.audiences import SegmentChoices
from domain.campaigns import Campaign
from domain.promotion_drafts import Choices, GoodsSort
from domain.segment_facts import segment_of
from domain.segments import LastOrder, Node, Opinion, SegmentNames
from screens.audience_words import TICK, criterion_word, kind_word, opinion_word, said_part
from screens.callbacks.campaign_audience import (
    AskDropSegment,
    ClearCriterion,
    FlipCriterion,
    OpenAudience,
    OpenCriterion,
    PickDays,
    TickGoods,
    TickValue,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import cut, in_rows, titled, turning
from screens.screen import ALONE, SHARING, Button, Screen, around

OF_GOODS = frozenset({Criterion.BOUGHT, Criterion.NOT_BOUGHT})
OF_DAYS = frozenset({Criterion.OVERDUE, Criterion.LAST_ORDER})
DAYS = (7, 15, 30, 60, 90)
OVERDUE_DAYS = (0, 7, 15, 30, 60)
PER_PAGE = 12
Rows = list[tuple[Button, ...]]


def criterion(
    campaign: Campaign, position: int, by: Criterion, page: int, choices: SegmentChoices, _: Language
) -> Screen:
    """Some of several: each tap ticks one or takes it back; a name can also be typed."""
    part = _part(campaign, position, by)
    options = _options(by, choices, _)
    shown, page, pages = cut(options, page, PER_PAGE)
    chosen = values_of(part, by)
    rows: Rows = []
    ticks = []
    for value, name in shown:
        tap = TickValue(
            campaign_id=campaign.id or 1, position=position, by=by, value_id=tick_id(value), page=page
        )
        ticks.append(Button(_ticked(_.plain(name), SHARING, is_on=value in chosen), tap))
    rows += in_rows(ticks, 2)
    if turns := turning(page, pages, lambda to: _page(campaign, position, by, to), _):
        rows.append(turns)
    rows += _changing(campaign, position, by, part, _)
    if by is Criterion.SAVED:
        rows += _list_rows(campaign, part, choices, _)
    text = titled(_question(by, _, is_empty=not options), page, pages, _)
    return Screen(text, (*rows, _last_row(campaign, position, _)))


def tick_id(value: object) -> int:
    """What a button says of a value: the id of a row as it is, a text by its number."""
    return value if isinstance(value, int) else number_of(value)


def _part(campaign: Campaign, position: int, by: Criterion) -> Node | None:
    return part_for(group_at(segment_of(campaign.conditions), position), by)


def _ticked(name: str, most: int, *, is_on: bool) -> str:
    return around(name, most, lambda kept: f"{kept} {TICK}" if is_on else kept)


def _page(campaign: Campaign, position: int, by: Criterion, page: int) -> OpenCriterion:
    return OpenCriterion(campaign_id=campaign.id or 1, position=position, by=by, page=page)


def _options(by: Criterion, choices: SegmentChoices, _: Language) -> list[tuple[object, str]]:
    names = choices.names
    match by:
        case Criterion.KIND:
            return [(each, kind_word(each, _)) for each in choices.kinds]
        case Criterion.OPINION:
            return [(each, opinion_word(each, _)) for each in Opinion]
        case Criterion.GROUP:
            return [(each, each) for each in VALUE_GROUPS]
        case Criterion.CITY:
            return [(each, each) for each in names.cities]
        case Criterion.TAG:
            return [(each, each) for each in names.tags]
        case Criterion.ROUTE:
            return [*names.routes.items()]
        case Criterion.INTEREST:
            return [*names.categories.items()]
        case Criterion.SAVED:
            return [(each.id, each.name) for each in choices.lists]
    return [*names.groups.items()]


def _question(by: Criterion, _: Language, *, is_empty: bool) -> Words:
    if is_empty:
        return _("{what}: there is nothing to choose from yet.", what=criterion_word(by, _))
    match by:
        case Criterion.KIND:
            return _("Which kinds of customers?")
        case Criterion.GROUP:
            return _("Which value groups? A buys most.")
        case Criterion.OPINION:
            return _("What did they answer to our question last?")
        case Criterion.SAVED:
            return _("Whoever is in which lists?")
        case Criterion.INTEREST:
            return _("Who wants news of which categories? Tap, or write a name.")
    return _("{what}: which? Tap, or write a name.", what=criterion_word(by, _))


def _changing(campaign: Campaign, position: int, by: Criterion, part: Node | None, _: Language) -> Rows:
    """The opposite of what is chosen, and choosing nothing; there is nothing to change of nothing."""
    if part is None:
        return []
    at = {"campaign_id": campaign.id or 1, "position": position, "by": by}
    clear = Button(_.label("🧹 Choose nothing here"), ClearCriterion(**at))
    if by in OF_GOODS:
        return [(clear,)]
    return [(Button(_flip_label(by, part, _), FlipCriterion(**at)), clear)]


def _flip_label(by: Criterion, part: Node, _: Language) -> str:
    flipped = is_flipped(part)
    match by:
        case Criterion.LAST_ORDER:
            condition = condition_of(part)
            is_older = isinstance(condition, LastOrder) and condition.is_older is not flipped
            return _.label("↔️ Within these days") if is_older else _.label("↔️ Longer ago")
        case Criterion.OVERDUE:
            return _.label("↔️ With such a debt") if flipped else _.label("↔️ Without such a debt")
    return _.label("↔️ Only these") if flipped else _.label("🚫 All but these")


def _list_rows(campaign: Campaign, part: Node | None, choices: SegmentChoices, _: Language) -> Rows:
    chosen = values_of(part, Criterion.SAVED)
    return [
        (
            Button(
                around(each.name, ALONE, lambda name: _.label("🗑 Delete the list “{name}”", name=name)),
                AskDropSegment(campaign_id=campaign.id or 1, segment_id=each.id),
            ),
        )
        for each in choices.lists
        if each.id in chosen
    ]


def _last_row(campaign: Campaign, position: int, _: Language) -> tuple[Button, ...]:
    done = OpenAudience(campaign_id=campaign.id or 1, position=position)
    return Button(_.label("✅ That is it"), done), home_button(_)


def goods_criterion(
    campaign: Campaign,
    position: int,
    by: Criterion,
    names: SegmentNames,
    offered: Choices,
    _: Language,
) -> Screen:
    """Bought or not bought, in which days: what was chosen, then what is offered or was found."""
    part = _part(campaign, position, by)
    bought = bought_of(part)
    days = days_of(part)
    rows: Rows = []
    for sort, icon, ids, called, found in (
        (
            GoodsSort.PRODUCT,
            "📦",
            bought.goods.product_ids if bought else (),
            names.products,
            offered.products,
        ),
        (
            GoodsSort.CATEGORY,
            "🗂",
            bought.goods.category_ids if bought else (),
            names.categories,
            offered.categories,
        ),
        (GoodsSort.BRAND, "🏷", bought.goods.brand_ids if bought else (), names.brands, offered.brands),
    ):
        shown = {each: called[each] for each in sorted(ids) if each in called} | dict(found)
        for each, name in shown.items():
            tap = TickGoods(campaign_id=campaign.id or 1, position=position, by=by, sort=sort, goods_id=each)
            rows.append((Button(_ticked(f"{icon} {_.plain(name)}", ALONE, is_on=each in ids), tap),))
    rows += _day_rows(campaign, position, by, DAYS, days, _)
    rows += _changing(campaign, position, by, part, _)
    return Screen(_goods_text(by, part, names, _), (*rows, _last_row(campaign, position, _)))


def _goods_text(by: Criterion, part: Node | None, names: SegmentNames, _: Language) -> Words:
    if by is Criterion.NOT_BOUGHT:
        text = _("What have they not bought? Write a product, a brand or a category; or a number of days.")
    else:
        text = _("What have they bought? Write a product, a brand or a category; or a number of days.")
    if part is None:
        return text
    return _("{text}\nSo far: {said}", text=text, said=said_part(by, part, names, _))


def _day_rows(
    campaign: Campaign, position: int, by: Criterion, each_of: Sequence[int], days: int | None, _: Language
) -> Rows:
    buttons = []
    for each in each_of:
        if by is Criterion.OVERDUE:
            label = _.label("More than {days} days", days=each) if each else _.label("Any overdue debt")
        else:
            label = _.label("{days} days", days=each)
        tap = PickDays(campaign_id=campaign.id or 1, position=position, by=by, days=each)
        buttons.append(Button(_ticked(label, SHARING, is_on=each == days), tap))
    return list(in_rows(buttons, 2 if by is Criterion.OVERDUE else 3))


def days_criterion(
    campaign: Campaign, position: int, by: Criterion, names: SegmentNames, _: Language
) -> Screen:
    """How long overdue, or how long ago the last order: tapped, or a number of days typed."""
    part = _part(campaign, position, by)
    if by is Criterion.OVERDUE:
        text, offered = _("Overdue since how long? Tap, or write a number of days."), OVERDUE_DAYS
    else:
        text, offered = _("How long ago was the last order? Tap, or write a number of days."), DAYS
    if part is not None:
        text = _("{text}\nSo far: {said}", text=text, said=said_part(by, part, names, _))
    rows = _day_rows(campaign, position, by, offered, days_of(part), _)
    rows += _changing(campaign, position, by, part, _)
    return Screen(text, (*rows, _last_row(campaign, position, _)))
