"""Who bought after a campaign, who only tapped, the visitors' work, and who has heard nothing of us."""

from __future__ import annotations

from datetime import date, datetime

from domain.campaign_reports import CampaignBuyer, CampaignClicker, CampaignReport, WorkOrder
from domain.campaigns import Campaign
from domain.contact_gaps import ContactGap
from domain.money import Money, total
from screens.callbacks import campaigns as taps
from screens.callbacks.campaign_results import OpenContactGaps
from screens.callbacks.credit import OpenCreditCard
from screens.document_words import page_of
from screens.home import home_button
from screens.language import FullDay, Language, Many, Words
from screens.pages import titled, turning
from screens.paper import Align, Cell, Column, Form, Page, Paper
from screens.screen import ALONE, Button, Screen, around


def buyers(
    campaign: Campaign, found: tuple[CampaignBuyer, ...], page: int, has_more: bool, _: Language
) -> Screen:
    """A page of orders, the latest first."""
    back = (_back(_id(campaign), _), home_button(_))
    if not found:
        return Screen(_("Nobody who was told has bought yet."), (back,))
    pages = page + 1 if has_more else page
    title = _("👥 Who bought after “{name}”", name=campaign.name)
    lines = [titled(title, page, pages, _), *(_buyer(each, _) for each in found)]
    turns = turning(page, pages, lambda to: taps.CampaignBuyers(campaign_id=_id(campaign), page=to), _)
    return Screen("\n".join(lines), (*((turns,) if turns else ()), back))


def _buyer(buyer: CampaignBuyer, _: Language) -> Words:
    return _(
        "• {customer} — {amount} toman · order {number} · {at}",
        customer=buyer.customer,
        amount=buyer.amount,
        number=buyer.number,
        at=buyer.ordered_at,
    )


def clickers(
    campaign: Campaign, found: tuple[CampaignClicker, ...], page: int, has_more: bool, _: Language
) -> Screen:
    """A page of shops that have tapped and not ordered, with whoever visits them."""
    back = (_back(_id(campaign), _), home_button(_))
    if not found:
        return Screen(_("Everybody who tapped has bought, or nobody has tapped."), (back,))
    pages = page + 1 if has_more else page
    title = _("😴 Clicked and not bought, after “{name}”", name=campaign.name)
    lines = [titled(title, page, pages, _), *(_clicker(each, _) for each in found)]
    turns = turning(page, pages, lambda to: taps.CampaignClickers(campaign_id=_id(campaign), page=to), _)
    work = Button(_.label("📋 Work order to the visitors"), taps.AskWorkOrder(campaign_id=_id(campaign)))
    return Screen("\n".join(lines), (*((turns,) if turns else ()), (work,), back))


def _clicker(clicker: CampaignClicker, _: Language) -> Words:
    if not clicker.visitor:
        return _("• {customer} · {at} · no visitor", customer=clicker.customer, at=clicker.clicked_at)
    return _(
        "• {customer} · {at} · {visitor}",
        customer=clicker.customer,
        at=clicker.clicked_at,
        visitor=clicker.visitor,
    )


# Work for the visitors


def work_question(order: WorkOrder, _: Language) -> Screen:
    """What each visitor would be told, before they are told."""
    back = Button(_.label("⬅️ Back"), taps.CampaignReport(campaign_id=order.campaign_id))
    if not order.count:
        text = _("There is nobody to be visited: all of them have a task, or there is none who only tapped.")
        return Screen(text, ((back, home_button(_)),))
    lines = [
        _("📋 {count} shops have tapped and not bought. Shall they be visited?", count=Many(order.count))
    ]
    lines += _visitors(order, _)
    yes = Button(_.label("✅ Yes, tell the visitors"), taps.CampaignWorkOrder(campaign_id=order.campaign_id))
    return Screen("\n".join(lines), ((yes,), (back, home_button(_))))


def work_made(order: WorkOrder, _: Language) -> Screen:
    back = Button(_.label("⬅️ Back"), taps.CampaignReport(campaign_id=order.campaign_id))
    if not order.count:
        return Screen(_("They all have their tasks already ✅"), ((back, home_button(_)),))
    lines = [_("{count} tasks were made ✅", count=Many(order.count)), *_visitors(order, _)]
    return Screen("\n".join(lines), ((back, home_button(_)),))


def _visitors(order: WorkOrder, _: Language) -> list[Words]:
    lines = [
        _("• {visitor}: {count}", visitor=name, count=Many(count)) for _who, name, count in order.visitors
    ]
    if order.without_visitor:
        lines.append(_("• without a visitor, for any of them: {count}", count=Many(order.without_visitor)))
    return lines


# The workbook


def buyers_file(
    report: CampaignReport, found: tuple[CampaignBuyer, ...], company: str, today: date, _: Language
) -> Screen:
    """Everybody who bought in their window; those of the holdout are marked."""
    title = _.label("Who bought after “{name}”", name=report.name)
    notes = (_.label("The holdout is small; the number is approximate."),) if report.effect.is_rough else ()
    page = Page(
        title=title,
        company=_.plain(company),
        facts=((_.label("Made on"), _.plain(FullDay(today))),),
        boxes=(),
        columns=(
            Column(title=_.label("Customer"), align=Align.WORDS, width=4),
            Column(title=_.label("Order")),
            Column(title=_.label("Ordered at")),
            Column(title=_.label("Sales without VAT"), align=Align.NUMBER),
            Column(title=_.label("Discount of the campaign"), align=Align.NUMBER),
            Column(title=_.label("Clicked")),
            Column(title=_.label("Group")),
        ),
        rows=tuple(_row(each, _) for each in found),
        totals=_sums(found, _),
        notes=notes,
        unit=_.label("Amounts in toman"),
        page_of=page_of(_),
        is_wide=True,
        code=_.code,
    )
    excuse = _("The file could not be made. Please try again.")
    paper = Paper(name=title, page=page, form=Form.EXCEL, excuse=excuse)
    text = _("📎 {title}: {count} orders", title=title, count=Many(len(found)))
    return Screen(text, ((_back(report.campaign_id, _), home_button(_)),), document=paper)


def _row(buyer: CampaignBuyer, _: Language) -> tuple[Cell, ...]:
    return (
        Cell(_.plain(buyer.customer)),
        Cell(_.plain(buyer.number), buyer.number),
        Cell(_.plain(buyer.ordered_at)),
        _amount(buyer.amount, _),
        _amount(buyer.discount, _),
        Cell(_.label("yes") if buyer.has_clicked else _.label("no")),
        Cell(_.label("holdout") if buyer.is_holdout else _.label("told")),
    )


def _sums(found: tuple[CampaignBuyer, ...], _: Language) -> tuple[Cell, ...]:
    """Of those who were told: the same sales that the report names."""
    told = [each for each in found if not each.is_holdout]
    return (
        Cell(_.label("Sum of those who were told")),
        Cell(""),
        Cell(""),
        _amount(total(each.amount for each in told), _),
        _amount(total(each.discount for each in told), _),
        Cell(""),
        Cell(""),
    )


def _amount(amount: Money, _: Language) -> Cell:
    return Cell(_.plain(amount), amount.counted_in(_.money_unit))


def _back(campaign_id: int, _: Language) -> Button:
    return Button(_.label("⬅️ Back"), taps.CampaignReport(campaign_id=campaign_id))


def _id(campaign: Campaign) -> int:
    assert campaign.id is not None
    return campaign.id


# Silence


def contact_gaps(
    found: tuple[ContactGap, ...], page: int, has_more: bool, now: datetime, _: Language
) -> Screen:
    """Shops of group A that have heard nothing of us, or we of them, for more than a week."""
    back = (Button(_.label("⬅️ Back"), taps.OpenCampaignReports(page=1)), home_button(_))
    if not found:
        return Screen(_("Every customer of group A has heard of us within the last 7 days ✅"), (back,))
    pages = page + 1 if has_more else page
    title = _("☎️ Customers of group A without contact for more than 7 days")
    lines = [titled(title, page, pages, _), *(_gap(each, now, _) for each in found)]
    rows = [(_opening(each, _),) for each in found]
    turns = turning(page, pages, lambda to: OpenContactGaps(page=to), _)
    return Screen("\n".join(lines), (*rows, *((turns,) if turns else ()), back))


def _gap(gap: ContactGap, now: datetime, _: Language) -> Words:
    days = gap.days(now)
    since = _("not once") if days is None else _("{days} days", days=Many(days))
    if not gap.visitor:
        return _("• {customer} — {since} · no visitor", customer=gap.customer, since=since)
    return _("• {customer} — {since} · {visitor}", customer=gap.customer, since=since, visitor=gap.visitor)


def _opening(gap: ContactGap, _: Language) -> Button:
    label = around(gap.customer, ALONE, lambda name: _.label("💳 {customer}", customer=name))
    return Button(label, OpenCreditCard(customer_id=gap.customer_id))
