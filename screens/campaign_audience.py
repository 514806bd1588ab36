"""For whom a campaign is: a button for each condition, in groups that are joined by «or» (S5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.audience_forms import MOST_GROUPS, Criterion, group_at, groups_of, part_for
from domain.campaigns import Campaign
from domain.segment_facts import segment_of
from domain.segments import AllOf, Node, SavedSegment, SegmentNames
from screens.audience_words import audience_words, criterion_label, group_words
from screens.callbacks.campaign_audience import (
    AddGroup,
    AskSegmentName,
    CountAudience,
    DropGroup,
    DropSegment,
    OpenAudience,
    OpenCriterion,
    OpenMoreCriteria,
)
from screens.callbacks.campaign_builder import OpenCampaigns
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import in_rows
from screens.screen import ALONE, SHARING, Button, Screen

MAIN = (
    (Criterion.KIND, Criterion.GROUP),
    (Criterion.CITY, Criterion.ROUTE),
    (Criterion.NOT_BOUGHT,),
    (Criterion.OVERDUE,),
    (Criterion.INTEREST, Criterion.SAVED),
)
MORE = (
    (Criterion.BOUGHT,),
    (Criterion.LAST_ORDER,),
    (Criterion.TAG, Criterion.OPINION),
    (Criterion.CENTRES,),
)
Rows = tuple[tuple[Button, ...], ...]


def audience(campaign: Campaign, position: int, names: SegmentNames, _: Language) -> Screen:
    """S5.3: a button for each criterion, ticked where something is chosen."""
    node = segment_of(campaign.conditions)
    group = group_at(node, position)
    rows = list(_criteria(campaign, position, group, MAIN, names, _))
    for each in MORE:
        # What is asked for seldom stands here only when it says something.
        if any(part_for(group, by) is not None for by in each):
            rows += _criteria(campaign, position, group, (each,), names, _)
    rows += _group_row(campaign, node, position, _)
    rows.append((Button(_.label("🔢 Count"), CountAudience(campaign_id=campaign.id or 1)),))
    more = OpenMoreCriteria(campaign_id=campaign.id or 1, position=position)
    rows.append((Button(_.label("➕ More conditions"), more),))
    back = (Button(_.label("⬅️ Back"), OpenCampaigns()), home_button(_))
    return Screen(_audience_text(node, position, names, _), (*rows, back))


def _audience_text(node: Node, position: int, names: SegmentNames, _: Language) -> Words:
    lines = [_("For whom? (can be combined)")]
    groups = groups_of(node)
    if len(groups) > 1 or position == len(groups):
        lines.append(_("Group {number}: whoever is in any of the groups gets it.", number=position + 1))
        for at, group in enumerate(groups):
            said = group_words(group, names, _)
            lines.append(_("{number}. {said}", number=at + 1, said=said))
    return Words("\n".join(lines))


def _criteria(
    campaign: Campaign,
    position: int,
    group: AllOf,
    rows: Sequence[tuple[Criterion, ...]],
    names: SegmentNames,
    _: Language,
) -> Rows:
    def button(by: Criterion, most: int) -> Button:
        label = criterion_label(by, part_for(group, by), names, most, _)
        return Button(label, _open(campaign, position, by))

    return tuple(tuple(button(by, ALONE if len(row) == 1 else SHARING) for by in row) for row in rows)


def _open(campaign: Campaign, position: int, by: Criterion) -> OpenCriterion:
    return OpenCriterion(campaign_id=campaign.id or 1, position=position, by=by, page=1)


def _group_row(campaign: Campaign, node: Node, position: int, _: Language) -> list[tuple[Button, ...]]:
    """From one group to another; of a single one nothing is said."""
    count = len(groups_of(node))
    if count == 1 and position == 0:
        return []
    tabs = []
    for at in range(max(count, position + 1)):
        label = _.label("Group {number}", number=at + 1)
        shown = f"• {label}" if at == position else label
        tabs.append(Button(shown, OpenAudience(campaign_id=campaign.id or 1, position=at)))
    rows = list(in_rows(tabs, 2))
    if position < count:
        drop = DropGroup(campaign_id=campaign.id or 1, position=position)
        rows.append((Button(_.label("🗑 Without group {number}", number=position + 1), drop),))
    return rows


def more_criteria(campaign: Campaign, position: int, names: SegmentNames, _: Language) -> Screen:
    """The conditions that are asked for seldom; other groups; keeping all of it as a list."""
    node = segment_of(campaign.conditions)
    group = group_at(node, position)
    rows = list(_criteria(campaign, position, group, MORE, names, _))
    campaign_id = campaign.id or 1
    if len(groups_of(node)) < MOST_GROUPS and group.parts:
        rows.append((Button(_.label("➕ Or another group too"), AddGroup(campaign_id=campaign_id)),))
    if any(each.parts for each in groups_of(node)):
        keep = Button(_.label("💾 Keep this audience as a list"), AskSegmentName(campaign_id=campaign_id))
        rows.append((keep,))
    text = _(
        "So far: {said}\n\nAll conditions of a group hold together. In each of them you can also say "
        "“not these”. Another group is for others who get it as well.",
        said=audience_words(node, names, _),
    )
    back = Button(_.label("⬅️ Back"), OpenAudience(campaign_id=campaign_id, position=position))
    return Screen(text, (*rows, (back, home_button(_))))


def list_name_question(campaign: Campaign, names: SegmentNames, _: Language) -> Screen:
    said = audience_words(segment_of(campaign.conditions), names, _)
    text = _("{said}\n\nUnder which name shall this list be kept?", said=said)
    back = Button(_.label("⬅️ Back"), OpenMoreCriteria(campaign_id=campaign.id or 1, position=0))
    return Screen(text, ((back, home_button(_)),))


def drop_list_question(campaign: Campaign, segment: SavedSegment, _: Language) -> Screen:
    text = _("Delete the list “{name}”? Where it is used, nobody is found in it any more.", name=segment.name)
    yes = DropSegment(campaign_id=campaign.id or 1, segment_id=segment.id)
    no = OpenCriterion(campaign_id=campaign.id or 1, position=0, by=Criterion.SAVED, page=1)
    rows = (
        (Button(_.label("🗑 Yes, delete"), yes), Button(_.label("No, keep it"), no)),
        (home_button(_),),
    )
    return Screen(text, rows)


def list_kept(saved: SavedSegment, _: Language) -> Words:
    return _("The list “{name}” is kept ✅", name=saved.name)
