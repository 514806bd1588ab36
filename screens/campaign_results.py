"""What a campaign has brought (S5.11), its picture, and the list of all of them."""

from __future__ import annotations

from fractions import Fraction

from domain.calendar import today_in_tehran
from domain.campaign_effect import Effect, tenths_of_percent, whole_percent
from domain.campaign_reports import CampaignBrief, CampaignReport, DayOrders
from domain.campaigns import CampaignState
from domain.money import Rate
from screens.callbacks import campaigns as taps
from screens.callbacks.campaign_builder import CopyCampaign
from screens.callbacks.campaign_results import CampaignChart, OpenContactGaps
from screens.home import home_button
from screens.language import Day, Language, Many, Millions, Words
from screens.pages import titled, turning
from screens.paper import Bars, Chart, Picture
from screens.screen import ALONE, Button, Screen, around

MARKS = {
    CampaignState.RUNNING: Words("📣"),
    CampaignState.PAUSED: Words("⏸"),
    CampaignState.CANCELLED: Words("⏹"),
    CampaignState.FINISHED: Words("✅"),
}


def report(report: CampaignReport, _: Language) -> Screen:
    """S5.11: of the whole window, or up to today."""
    lines = [_title(report, _), _reached(report, _), *_sales(report, _), *_effect(report.effect, _)]
    lines += _rest(report, _)
    return Screen("\n".join(lines), _ways_on(report, _))


def _title(report: CampaignReport, _: Language) -> Words:
    if report.is_whole:
        return _("📊 “{name}” — {days} days", name=report.name, days=report.window_days)
    return _("📊 “{name}” — up to today (day {day})", name=report.name, day=report.days + 1)


def _reached(report: CampaignReport, _: Language) -> Words:
    reached, told = report.reached, report.effect.told
    parts = [_("Delivered {count}", count=Many(reached.delivered))]
    clicked = _("clicks {count}", count=Many(reached.clicked))
    if report.click_share is not None:
        share = whole_percent(report.click_share)
        clicked = _("clicks {count} ({share})", count=Many(reached.clicked), share=share)
    ordered = _("orders {count}", count=Many(told.orders))
    if told.conversion is not None:
        share = tenths_of_percent(told.conversion)
        ordered = _("orders {count} ({share})", count=Many(told.orders), share=share)
    return Words(" · ".join((*parts, clicked, ordered)))


def _sales(report: CampaignReport, _: Language) -> list[Words]:
    told, average = report.effect.told, report.effect.average_order
    if average is None:
        return [_("Sales: nothing yet")]
    return [_("Sales: {sales} toman · average order {average}", sales=told.sales, average=average)]


def _effect(effect: Effect, _: Language) -> list[Words]:
    """Rule R15; without a holdout there is nothing that it could be measured by, and that is said."""
    discount = _("Cost of the discount: {discount}", discount=effect.discount)
    if not effect.has_holdout:
        return [discount, _("There was no holdout: the net effect cannot be known.")]
    holdout = effect.holdout
    assert holdout.conversion is not None
    share = tenths_of_percent(holdout.conversion)
    lines = [
        _("Holdout: {orders} of {shops} ({share})", orders=Many(holdout.orders), shops=Many(holdout.shops),
          share=share),
        *_uplift(effect, _),
    ]  # fmt: skip
    if effect.roi is not None:
        earned = _("return: {roi}", roi=_signed(effect.roi, _))
        lines.append(Words(f"{discount} · {earned}"))
    else:
        lines.append(discount)
        if effect.told.orders:
            lines.append(_why_no_return(effect, _))
    if effect.is_rough:
        lines.append(_("⚠️ The holdout is small; the number of the effect is approximate."))
    return lines


def _uplift(effect: Effect, _: Language) -> list[Words]:
    if effect.uplift is None or effect.incremental_orders is None:
        return []
    points = _points(effect.uplift, _)
    orders = _whole(effect.incremental_orders, _)
    if effect.incremental_sales is None:
        return [_("Net effect: {points} points ≈ {orders} orders", points=points, orders=orders)]
    return [
        _(
            "Net effect: {points} points ≈ {orders} orders ≈ {amount} million",
            points=points,
            orders=orders,
            amount=Millions(effect.incremental_sales),
        )
    ]


def _why_no_return(effect: Effect, _: Language) -> Words:
    if effect.incremental_margin is None:
        return _("The return cannot be known: the costs of these goods are not in the books.")
    return _("It has cost nothing, so there is no rate of return.")


def _rest(report: CampaignReport, _: Language) -> list[Words]:
    lines = [_("Unsubscribed: {count}", count=Many(report.reached.opted_out))]
    if report.effect.margin is not None:
        margin = whole_percent(Fraction(report.effect.margin.basis_points, 10_000))
        lines.append(_("Margin of these goods, by their costs: {margin}", margin=margin))
    failed = report.reached.failed + report.reached.blocked
    if failed or report.reached.uncertain:
        failures = _("Failed {count}", count=Many(failed))
        if report.reached.blocked:
            failures = _(
                "Failed {count} (the bot closed: {blocked})",
                count=Many(failed),
                blocked=Many(report.reached.blocked),
            )
        if report.reached.uncertain:
            unsure = _("uncertain {count}", count=Many(report.reached.uncertain))
            failures = Words(f"{failures} · {unsure}")
        lines.append(failures)
    return lines


def _ways_on(report: CampaignReport, _: Language) -> tuple[tuple[Button, ...], ...]:
    which = report.campaign_id
    idle = _.label("😴 Clicked, not bought ({count})", count=Many(report.reached.clicked_without_order))
    return (
        (Button(_.label("👥 Who bought"), taps.CampaignBuyers(campaign_id=which, page=1)),),
        (Button(idle, taps.CampaignClickers(campaign_id=which, page=1)),),
        (Button(_.label("📋 Work order to the visitors"), taps.AskWorkOrder(campaign_id=which)),),
        (
            Button(_.label("📎 Excel"), taps.CampaignSheet(campaign_id=which)),
            Button(_.label("📈 Chart"), CampaignChart(campaign_id=which)),
        ),
        (Button(_.label("📄 A draft like this"), CopyCampaign(campaign_id=report.campaign_id)),),
        (Button(_.label("⬅️ Back"), taps.OpenCampaignReports(page=1)), home_button(_)),
    )


def _points(share: Fraction, _: Language) -> Words:
    """«+۷٫۳»: so many points of a hundred."""
    number = abs(tenths_of_percent(share).percent)
    text = _.digits(f"{number:.1f}")
    sign = "−" if share < 0 else "+"
    text = text.replace(".", "٫") if _.code == "fa" else text
    return Words(f"\u2066{sign}{text}\u2069")


def _whole(number: Fraction, _: Language) -> Words:
    return _.say(round(number))


def _signed(rate: Rate, _: Language) -> Words:
    whole = whole_percent(Fraction(abs(rate.basis_points), 10_000))
    said = _.say(whole)
    return Words(f"\u2066−{said}\u2069") if rate.basis_points < 0 and whole.basis_points else said


# The picture


def chart(report: CampaignReport, _: Language) -> Screen:
    """Orders of each hundred shops, day by day: told beside held out."""
    caption = _("📈 Orders of each 100 shops, by the day after their message")
    note = _.label("The holdout is small; the number is approximate.") if report.effect.is_rough else ""
    if not report.effect.has_holdout:
        note = _.label("There was no holdout.")
    told, holdout = report.effect.told, report.effect.holdout
    picture = Picture(
        name=_.label("Chart"),
        chart=Chart(
            title=_.label("“{name}” — orders of each 100 shops", name=report.name),
            legend=(
                _.label("told ({count})", count=Many(told.shops)),
                _.label("holdout ({count})", count=Many(holdout.shops)),
            ),
            bars=tuple(_bars(each, told.shops, holdout.shops, _) for each in report.by_day),
            note=note,
            code=_.code,
        ),
    )
    back = Button(_.label("⬅️ Back"), taps.CampaignReport(campaign_id=report.campaign_id))
    return Screen(caption, ((back, home_button(_)),), photo=picture)


def _bars(day: DayOrders, told: int, holdout: int, _: Language) -> Bars:
    shares = [Fraction(n * 100, shops) if shops else Fraction() for n, shops in
              ((day.told, told), (day.holdout, holdout))]  # fmt: skip
    said = [_.plain(tenths_of_percent(each / 100)).rstrip("٪%") for each in shares]
    return Bars(
        name=_.label("Day {day}", day=day.day + 1),
        values=(float(shares[0]), float(shares[1])),
        labels=(said[0], said[1] if holdout else ""),
    )


# All of them


def sent(found: tuple[CampaignBrief, ...], page: int, has_more: bool, _: Language) -> Screen:
    """«📊 گزارش ارسال‌ها»: each leads to how far it is, or to what it has brought."""
    gaps = Button(_.label("☎️ Group A without contact"), OpenContactGaps(page=1))
    if not found:
        return Screen(_("No campaign has been sent yet."), ((gaps,), (home_button(_),)))
    pages = page + 1 if has_more else page
    rows = [(_sent_button(each, _),) for each in found]
    turns = turning(page, pages, lambda to: taps.OpenCampaignReports(page=to), _)
    text = titled(_("📊 What was sent"), page, pages, _)
    return Screen(text, (*rows, *((turns,) if turns else ()), (gaps,), (home_button(_),)))


def _sent_button(brief: CampaignBrief, _: Language) -> Button:
    goes_out = brief.state in (CampaignState.RUNNING, CampaignState.PAUSED)
    mark = MARKS[CampaignState(brief.state)]
    count = Many(brief.delivered)
    day = Day(today_in_tehran(brief.started_at)) if brief.started_at else None

    def label(name: str) -> str:
        if goes_out or day is None:
            return _.label(
                "{mark} {name} · {count} of {total}",
                mark=mark,
                name=name,
                count=count,
                total=Many(brief.total),
            )
        return _.label("{mark} {name} · {count} · {day}", mark=mark, name=name, count=count, day=day)

    tap = taps.CampaignProgress if goes_out else taps.CampaignReport
    return Button(around(brief.name, ALONE, label), tap(campaign_id=brief.campaign_id))
