"""«📣 ارسال گروهی»: the menu, what a campaign is about, the lists of drafts and schedules (S5.1, S5.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aiogram.filters.callback_data import CallbackData

from domain.audiences import CampaignTally
from domain.campaigns import Campaign, CampaignKind
from domain.deals import Deal
from domain.promotion_drafts import Choices
from domain.promotion_rules import Bonus, Measure, Tier
from screens.callbacks.campaign_audience import OpenAudience
from screens.callbacks.campaign_builder import (
    AskSubject,
    BeginBare,
    BeginCampaign,
    BeginWithProduct,
    BeginWithPromotion,
    DropDraftCampaign,
    DropSubject,
    EditCampaign,
    OpenCampaign,
    OpenCampaigns,
    OpenDrafts,
    OpenSchedules,
    SetCampaignProduct,
    SetCampaignPromotion,
)
from screens.callbacks.campaigns import CampaignProgress, CampaignReport, OpenCampaignReports
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.pages import cut, titled, turning
from screens.promotion_words import gives
from screens.screen import ALONE, Button, Screen, around, shortened

PER_PAGE = 8
Rows = tuple[tuple[Button, ...], ...]


def campaigns(tally: CampaignTally, _: Language) -> Screen:
    """S5.1."""
    kinds = (
        Button(_.label("🎁 Promotion / discount"), BeginCampaign(kind=CampaignKind.PROMOTION, page=1)),
        Button(_.label("🆕 New product"), BeginCampaign(kind=CampaignKind.PRODUCT, page=1)),
        Button(_.label("📢 Announcement"), BeginBare(kind=CampaignKind.ANNOUNCEMENT)),
    )
    drafts = Button(_.label("📋 Drafts ({count})", count=tally.drafts), OpenDrafts(page=1))
    reports = Button(_.label("📊 Reports of campaigns"), OpenCampaignReports(page=1))
    plan = Button(_.label("🕘 Schedules ({count})", count=tally.scheduled), OpenSchedules(page=1))
    return Screen(_("Which message?"), (kinds, (drafts, reports), (plan, home_button(_))))


def promotion_question(deals: Sequence[Deal], page: int, campaign: Campaign | None, _: Language) -> Screen:
    """S5.2: for a new campaign, or for a draft that is to be about another one."""
    shown, page, pages = cut(deals, page, PER_PAGE)
    text = _("Which promotion?") if deals else _("No promotion is running at the moment.")
    rows: list[tuple[Button, ...]] = [
        (Button(deal_label(each, _), _promotion_tap(each, campaign)),) for each in shown
    ]
    if campaign is None:
        bare: CallbackData = BeginBare(kind=CampaignKind.PROMOTION)
    else:
        bare = DropSubject(campaign_id=campaign.id or 1)
    rows += _turns(page, pages, lambda to: _subject_page(campaign, to), _)
    rows.append((Button(_.label("Without a promotion, only the message"), bare),))
    return Screen(titled(text, page, pages, _), (*rows, _back(campaign, _)))


def _promotion_tap(deal: Deal, campaign: Campaign | None) -> CallbackData:
    if campaign is None:
        return BeginWithPromotion(promotion_id=deal.promotion.id)
    return SetCampaignPromotion(campaign_id=campaign.id or 1, promotion_id=deal.promotion.id)


def _subject_page(campaign: Campaign | None, page: int) -> CallbackData:
    if campaign is None:
        return BeginCampaign(kind=CampaignKind.PROMOTION, page=page)
    return AskSubject(campaign_id=campaign.id or 1, page=page)


def deal_label(deal: Deal, _: Language) -> str:
    """«ضدآفتاب: ۱۲ عدد به بالا ۷٪ — تا ۱۰ آذر», «خمیردندان ۱۰+۱»; what is long is cut."""
    goods = " · ".join(_.plain(each) for each in deal.goods) or _.plain(deal.promotion.name)
    end = deal.promotion.ends_on
    is_bonus = isinstance(deal.promotion.rule, Bonus)
    given = f"{' ' if is_bonus else ': '}{_given(deal, _)}"
    until = "" if end is None else _.label(" — until {day}", day=Day(end))
    if len(goods + given + until) > ALONE:
        # What it gives tells more than until when.
        until = ""
    return around(goods, ALONE, lambda name: f"{name}{given}{until}")


def _given(deal: Deal, _: Language) -> str:
    """Its first step; a manager knows the others."""
    match deal.promotion.rule:
        case Tier(measure=Measure.QUANTITY, steps=(first, *_rest)):
            return str(_("{at} pieces or more {rate}", at=first.at, rate=first.rate))
        case Bonus(steps=(first, *_rest)):
            return f"{_.plain(first.at)}+{_.plain(first.free)}"
    return shortened(str(gives(deal, _)), ALONE // 2)


def product_question(campaign: Campaign | None, _: Language) -> Screen:
    """A product is found by its name; there are too many to list."""
    text = _("Which product? Write its name or code.")
    if campaign is None:
        bare: CallbackData = BeginBare(kind=CampaignKind.PRODUCT)
    else:
        bare = DropSubject(campaign_id=campaign.id or 1)
    without = Button(_.label("Without a product, only the message"), bare)
    return Screen(text, ((without,), _back(campaign, _)))


def product_choices(found: Choices, campaign: Campaign | None, _: Language) -> Screen:
    """What a typed name may mean."""
    rows: list[tuple[Button, ...]] = []
    for product_id, name in found.products.items():
        tap: CallbackData = BeginWithProduct(product_id=product_id)
        if campaign is not None:
            tap = SetCampaignProduct(campaign_id=campaign.id or 1, product_id=product_id)
        rows.append((Button(shortened(f"📦 {_.plain(name)}", ALONE), tap),))
    text = _("Which of these? If it is none, write the name in another way.")
    return Screen(text, (*rows, _back(campaign, _)))


def goods_question(campaign: Campaign, goods: Choices, _: Language) -> Screen:
    """Which of a promotion's goods the message names a price of, and its button buys."""
    campaign_id = campaign.id or 1
    rows: list[tuple[Button, ...]] = []
    for product_id, name in goods.products.items():
        tap = SetCampaignProduct(campaign_id=campaign_id, product_id=product_id)
        rows.append((Button(shortened(f"📦 {_.plain(name)}", ALONE), tap),))
    on: CallbackData = OpenAudience(campaign_id=campaign_id, position=0)
    if campaign.text:
        on = EditCampaign(campaign_id=campaign_id)
    rows.append((Button(_.label("No single product"), on),))
    text = _("Of which product is the price named, and which one is bought? Tap, or write a name.")
    return Screen(text, (*rows, _back(campaign, _)))


def _back(campaign: Campaign | None, _: Language) -> tuple[Button, ...]:
    tap = OpenCampaigns() if campaign is None else EditCampaign(campaign_id=campaign.id or 1)
    return Button(_.label("⬅️ Back"), tap), home_button(_)


def _turns(page: int, pages: int, to: Callable[[int], CallbackData], _: Language) -> list[tuple[Button, ...]]:
    turns = turning(page, pages, to, _)
    return [turns] if turns else []


def drafts(found: Sequence[Campaign], page: int, _: Language) -> Screen:
    """All that were begun and not sent, the newest first."""
    title = _("📋 Drafts ({count})", count=len(found)) if found else _("📋 There is no draft.")
    shown, page, pages = cut(found, page, PER_PAGE)
    lines = [titled(title, page, pages, _)]
    lines += [_("📝 {name} — {at}", name=name_of(each, _), at=each.created_at) for each in shown]
    rows: list[tuple[Button, ...]] = [(_open(each, "📝", _),) for each in shown]
    rows += _turns(page, pages, lambda to: OpenDrafts(page=to), _)
    return Screen("\n".join(lines), (*rows, menu_row(_)))


def schedules(found: Sequence[Campaign], page: int, _: Language) -> Screen:
    """«📋 همه زمان‌بندی‌ها», the next one first."""
    title = _("🕘 Schedules ({count})", count=len(found)) if found else _("🕘 Nothing is scheduled.")
    shown, page, pages = cut(found, page, PER_PAGE)
    lines = [titled(title, page, pages, _)]
    lines += [_("🕘 {at} — {name}", name=name_of(each, _), at=each.start_at) for each in shown]
    rows: list[tuple[Button, ...]] = [(_open(each, "🕘", _),) for each in shown]
    rows += _turns(page, pages, lambda to: OpenSchedules(page=to), _)
    return Screen("\n".join(lines), (*rows, menu_row(_)))


def _open(campaign: Campaign, icon: str, _: Language) -> Button:
    label = shortened(f"{icon} {_.plain(name_of(campaign, _))}", ALONE)
    return Button(label, OpenCampaign(campaign_id=campaign.id or 1))


def name_of(campaign: Campaign, _: Language) -> str:
    """Until it has a text, a message about nothing in particular has no name."""
    return campaign.name or _.label("without a name")


def menu_row(_: Language) -> tuple[Button, ...]:
    return Button(_.label("⬅️ Back"), OpenCampaigns()), home_button(_)


def gone_out(campaign: Campaign, _: Language) -> Screen:
    """One that is no draft any more: where it can be watched."""
    text = _("📣 “{name}” has begun.", name=name_of(campaign, _))
    rows: Rows = (
        (
            Button(_.label("📣 How far it is"), CampaignProgress(campaign_id=campaign.id or 1)),
            Button(_.label("📊 Its report"), CampaignReport(campaign_id=campaign.id or 1)),
        ),
        menu_row(_),
    )
    return Screen(text, rows)


def given_up(campaign: Campaign, _: Language) -> Screen:
    """A draft that was deleted before it went out."""
    return Screen(_("“{name}” was deleted.", name=name_of(campaign, _)), (menu_row(_),))


def drop_question(campaign: Campaign, _: Language) -> Screen:
    text = _("Delete “{name}”? Its text and audience are lost.", name=name_of(campaign, _))
    yes = Button(_.label("🗑 Yes, delete"), DropDraftCampaign(campaign_id=campaign.id or 1))
    no = Button(_.label("No, keep it"), EditCampaign(campaign_id=campaign.id or 1))
    return Screen(text, ((yes, no), (home_button(_),)))


def name_question(campaign: Campaign, _: Language) -> Screen:
    text = _(
        "It is called “{name}” now. What shall it be called? Only we read this.", name=name_of(campaign, _)
    )
    return Screen(text, (_back(campaign, _),))


def noted(text: Words, screen: Screen) -> Screen:
    """That screen, with a word above it about what was just done."""
    return replace(screen, text=f"{text}\n\n{screen.text}")


def copied(draft: Campaign, _: Language) -> Words:
    return _("A new draft like “{name}”:", name=name_of(draft, _))
