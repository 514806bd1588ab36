"""The managers' report of what customers think: the figures of a span, apart, as a trend, and in words."""

from __future__ import annotations

from collections.abc import Sequence

from domain.customers import CustomerKind
from domain.nps_report import NpsComment, NpsPart, NpsPoint, NpsReport, NpsSpan
from domain.periods import Period
from domain.surveys import LEAST_ANSWERS, Nps
from screens.callbacks.nps import OpenNps, OpenNpsChart, OpenNpsWords, SendNps
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.membership import kind_word
from screens.pages import turning
from screens.paper import Picture, Trend, TrendBar
from screens.screen import Button, Screen
from screens.survey_words import reason_word

MOST_REASONS = 4
MOST_GROUPS = 20


def report(found: NpsReport, _: Language) -> Screen:
    """NPS with how many answers it is of, always; «not enough data» under five."""
    lines = [
        _("📊 NPS · {period}", period=period_words(found.period, _)),
        _("NPS: {nps}", nps=nps_words(found.all, _)),
        _(
            "🟢 {promoters} promoters · 🟡 {passives} passive · 🔴 {detractors} unhappy",
            promoters=found.all.promoters,
            passives=found.all.passives,
            detractors=found.all.detractors,
        ),
        _("By customer: {nps}", nps=_by_customer(found.by_customer, _)),
        *_behind(found, _),
        *_groups(found, _),
    ]
    return Screen("\n".join(lines), _buttons(found, _))


def nps_words(nps: Nps, _: Language) -> Words:
    """«+۳۵ (۴۰ پاسخ)»."""
    if nps.score is None:
        return _("not enough data ({count} answers)", count=nps.count)
    return _("{score} ({count} answers)", score=signed(nps.score, _), count=nps.count)


def _by_customer(nps: Nps, _: Language) -> Words:
    if nps.score is None:
        return _("not enough data ({count} customers)", count=nps.count)
    return _("{score} ({count} customers)", score=signed(nps.score, _), count=nps.count)


def signed(score: int, _: Language) -> Words:
    """The sign stays in front of Persian digits, too."""
    return Words(f"\u2066+{_.say(score)}\u2069") if score > 0 else _.say(score)


def _behind(found: NpsReport, _: Language) -> list[Words]:
    """How many were asked, whether the unhappy ones heard from us, and why they were unhappy."""
    lines = [_("Asked: {asked} · answered: {count}", asked=found.asked, count=found.all.count)]
    loop = found.loop
    if loop.percent is not None:
        lines.append(
            _(
                "Loop closed: {closed} of {tickets} ({percent}%) · in time {in_time} · content now {glad}",
                closed=loop.closed,
                tickets=loop.tickets,
                percent=loop.percent,
                in_time=loop.in_time,
                glad=loop.glad,
            )
        )
    if found.reasons:
        named = [
            _("{reason} {count}", reason=Words(reason_word(reason, _)), count=count)
            for reason, count in list(found.reasons.items())[:MOST_REASONS]
        ]
        lines.append(_("Why unhappy: {reasons}", reasons=_.listed(named)))
    return lines


def _groups(found: NpsReport, _: Language) -> list[Words]:
    if found.part is NpsPart.NONE:
        return []
    lines = [_("<b>{part}</b>", part=Words(_part_word(found.part, _)))]
    for name, nps in found.groups[:MOST_GROUPS]:
        lines.append(_("{name}: {nps}", name=_group_name(found.part, name, _), nps=nps_words(nps, _)))
    return lines if found.groups else [*lines, _("No answers yet.")]


def _group_name(part: NpsPart, name: str | None, _: Language) -> Words:
    if name is None:
        return _("(none)")
    return Words(kind_word(CustomerKind(name), _)) if part is NpsPart.KIND else _.say(name)


def _part_word(part: NpsPart, _: Language) -> str:
    match part:
        case NpsPart.ROUTE:
            return _.label("By route")
        case NpsPart.KIND:
            return _.label("By kind")
        case NpsPart.VISITOR:
            return _.label("By visitor")
        case NpsPart.NONE:
            return _.label("Together")


def _span_word(span: NpsSpan, _: Language) -> str:
    match span:
        case NpsSpan.WEEK:
            return _.label("Week")
        case NpsSpan.MONTH:
            return _.label("Month")
        case NpsSpan.QUARTER:
            return _.label("Quarter")


def period_words(period: Period, _: Language) -> Words:
    return _("{first} to {last}", first=Day(period.first), last=Day(period.last))


def _buttons(found: NpsReport, _: Language) -> tuple[tuple[Button, ...], ...]:
    span, back, part = found.span, found.back, found.part
    spans = tuple(
        Button(_ticked(_span_word(each, _), _, is_on=each is span), OpenNps(span=each, back=0, part=part))
        for each in NpsSpan
    )
    parts = tuple(
        Button(_ticked(_part_word(each, _), _, is_on=each is part), OpenNps(span=span, back=back, part=each))
        for each in (NpsPart.ROUTE, NpsPart.KIND, NpsPart.VISITOR)
    )
    before = Button(_.label("▶️ Before"), OpenNps(span=span, back=back + 1, part=part))
    after = (Button(_.label("◀️ After"), OpenNps(span=span, back=back - 1, part=part)),) if back else ()
    return (
        spans,
        parts,
        (before, *after),
        (
            Button(_.label("📈 Trend"), OpenNpsChart(span=span)),
            Button(_.label("💬 Comments"), OpenNpsWords(span=span, back=back, page=1)),
            Button(_.label("📎 Excel"), SendNps(span=span, back=back)),
        ),
        (home_button(_),),
    )


def _ticked(label: str, _: Language, *, is_on: bool) -> str:
    return _.label("✅ {name}", name=label) if is_on else label


def trend(points: Sequence[NpsPoint], span: NpsSpan, _: Language) -> Screen:
    """Span after span as a picture, and the same in words."""
    lines = [_("📈 NPS by {span}", span=Words(_span_word(span, _)))]
    lines += [
        _("{period}: {nps}", period=period_words(each.period, _), nps=nps_words(each.nps, _))
        for each in points
    ]
    bars = tuple(
        TrendBar(
            name=_.plain(Day(each.period.first)),
            value=each.nps.score,
            label=signed(each.nps.score, _) if each.nps.score is not None else "–",
            note=_.label("{count} answers", count=each.nps.count),
        )
        for each in points
    )
    chart = Trend(
        title=_.label("NPS, span by span"),
        bars=bars,
        note=_.label("Under {least} answers there is no figure.", least=LEAST_ANSWERS),
        code=_.code,
    )
    back = Button(_.label("⬅️ Back"), OpenNps(span=span, back=0, part=NpsPart.NONE))
    picture = Picture(name="nps", chart=chart)
    return Screen("\n".join(lines), ((back, home_button(_)),), photo=picture)


def comments(
    period: Period,
    found: Sequence[NpsComment],
    at: OpenNpsWords,
    _: Language,
    *,
    has_more: bool,
) -> Screen:
    """What was written, the newest first."""
    lines = [_("💬 Comments · {period}", period=period_words(period, _))]
    lines += [_comment(each, _) for each in found] or [_("Nothing was written.")]
    page = max(at.page, 1)
    turns = turning(
        page,
        page + 1 if has_more else page,
        lambda to: OpenNpsWords(span=at.span, back=at.back, page=to),
        _,
    )
    back = Button(_.label("⬅️ Back"), OpenNps(span=at.span, back=at.back, part=NpsPart.NONE))
    return Screen("\n".join(lines), (*((turns,) if turns else ()), (back, home_button(_))))


def _comment(each: NpsComment, _: Language) -> Words:
    text = each.words if len(each.words) <= 300 else each.words[:299] + "…"
    return _(
        "{score} — {customer}, order {number}, {day}\n“{text}”",
        score=each.score,
        customer=each.customer_name,
        number=each.order_number,
        day=each.at,
        text=text,
    )
