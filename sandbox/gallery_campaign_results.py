"""Examples of campaigns: while they go out, what recipients tap, and what they have brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from domain.campaign_effect import NOBODY, Arm, Effect
from domain.campaign_reports import (
    CampaignBrief,
    CampaignBuyer,
    CampaignClicker,
    CampaignReport,
    DayOrders,
    Reached,
    WorkOrder,
    facts_of,
)
from domain.campaign_taps import Gone, Looked, Over, Taken, TappedMessage
from domain.campaigns import Campaign, CampaignKind, CampaignState, Progress
from domain.contact_gaps import ContactGap
from domain.money import ZERO, Money, Rate, of_toman
from sandbox.gallery_promotions import TIERS
from sandbox.gallery_types import Example
from sandbox.gallery_values import BASKET, BUYER, SHAMPOO, one
from screens import campaign_lists as lists
from screens import campaign_progress as going
from screens import campaign_results as results
from screens import campaign_taps as taps
from screens.screen import Toast

AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
NAME = "ضدآفتاب پاییزه"
LONG = "جشنواره بزرگ پاییزه محصولات مراقبت از پوست و مو، ویژه داروخانه‌های شبانه‌روزی"
CAMPAIGN = Campaign(
    id=7,
    name=NAME,
    kind=CampaignKind.PROMOTION,
    state=CampaignState.RUNNING,
    per_minute=60,
    made_by=1,
    created_at=AT,
    started_at=AT,
)
GOING = Progress(
    campaign=CAMPAIGN, total=324, sent=116, failed=0, blocked=2, skipped=0, uncertain=0, left=206,
    orders=3, seconds_left=206,
)  # fmt: skip
DONE = replace(
    GOING, campaign=replace(CAMPAIGN, state=CampaignState.FINISHED), sent=319, blocked=5, left=0, orders=12
)
MIXED = replace(GOING, sent=110, failed=1, skipped=4, uncertain=1)
REPORT = CampaignReport(
    campaign_id=7,
    name=NAME,
    effect=Effect(
        told=Arm(shops=319, orders=41, sales=of_toman(486_200_000)),
        holdout=Arm(shops=36, orders=2, sales=of_toman(18_300_000)),
        discount=of_toman(19_400_000),
        margin=Rate(1_800),
    ),
    reached=Reached(delivered=319, clicked=96, opted_out=4, clicked_without_order=55),
    days=7,
    window_days=7,
    by_day=tuple(
        DayOrders(day=day, told=told, holdout=held)
        for day, (told, held) in enumerate(((13, 0), (8, 1), (7, 0), (5, 0), (4, 0), (2, 1), (2, 0)))
    ),
    started_on=date(2026, 11, 22),
)
"""S5.11, which is the worked example of rule R15."""
HARM = replace(
    REPORT,
    effect=replace(
        REPORT.effect,
        holdout=Arm(shops=120, orders=24),
        told=Arm(shops=319, orders=20, sales=of_toman(9_000_000)),
    ),
    reached=Reached(delivered=319, clicked=60, opted_out=21, failed=2, blocked=3, uncertain=1),
)  # fmt: skip
BLIND = replace(REPORT, days=2, effect=replace(REPORT.effect, holdout=NOBODY))
EARLY = replace(
    REPORT, days=0, effect=Effect(told=Arm(shops=118, orders=0), holdout=Arm(shops=12, orders=0)),
    reached=Reached(delivered=118, clicked=0, opted_out=0, left=206),
)  # fmt: skip
NO_COSTS = replace(REPORT, effect=replace(REPORT.effect, margin=None))
FREE = replace(REPORT, effect=replace(REPORT.effect, discount=ZERO))
BUYER_LINE = CampaignBuyer(
    customer_id=1, customer="داروخانه دکتر رضایی", order_id=9, number=40_521, ordered_at=AT,
    amount=of_toman(11_858_537), discount=of_toman(473_000), is_holdout=False, has_clicked=True,
)  # fmt: skip
HELD_LINE = replace(
    BUYER_LINE, customer="سالن زیبایی نگین", is_holdout=True, has_clicked=False, discount=Money(0)
)
CLICKER = CampaignClicker(
    recipient_id=3,
    customer_id=2,
    customer="سالن زیبایی نگین",
    clicked_at=AT,
    visitor_id=4,
    visitor="علی محمدی",
)
ORDER = WorkOrder(
    campaign_id=7,
    name=NAME,
    visitors=((4, "علی محمدی", 38), (5, "مریم کاظمی", 12)),
    without_visitor=5,
    at=AT,
)
NO_WORK = replace(ORDER, visitors=(), without_visitor=0)
TAPPED = TappedMessage(
    recipient_id=3,
    campaign_id=7,
    customer_id=1,
    customer_name="داروخانه دکتر رضایی",
    product_id=1,
    quantity=12,
)
GAP = ContactGap(customer_id=3, customer="داروخانه شفا", last_at=AT - timedelta(days=12), visitor="علی محمدی")
FACTS: Mapping[str, Mapping[str, object]] = {
    "campaign_report": facts_of(REPORT),
    "campaign_work": {"campaign": NAME, "count": 38},
}
"""What the notices of this area tell of."""


def campaigns_going() -> Iterator[Example]:
    for name, progress in (
        ("S5.8", GOING),
        ("at first", replace(GOING, sent=0, blocked=0, left=324, seconds_left=324, orders=0)),
        ("mixed", MIXED),
        ("rests", replace(GOING, campaign=replace(CAMPAIGN, state=CampaignState.PAUSED))),
        ("finished", DONE),
    ):
        yield f"campaign_progress.progress: {name}", partial(going.progress, progress)
    yield "campaign_progress.resumed", partial(going.resumed, GOING)
    yield "campaign_progress.ended", partial(going.ended, DONE)
    yield "campaign_progress.ended: without failures", partial(going.ended, replace(DONE, blocked=0))
    yield (
        "campaign_progress.ended: some left out",
        partial(going.ended, replace(DONE, skipped=3, uncertain=1)),
    )
    ended = replace(MIXED, campaign=replace(CAMPAIGN, state=CampaignState.CANCELLED), skipped=210, left=0)
    yield "campaign_progress.ended: by a manager", partial(going.ended, ended)


def campaign_taps() -> Iterator[Example]:
    yield "campaign_taps.taken", partial(taps.taken, Taken(basket=BASKET, product_id=1))
    other = Taken(basket=BASKET, product_id=1, centre="شعبه ونک")
    yield "campaign_taps.taken: for another centre", partial(taps.taken, other)
    deal = Looked(reader=BUYER, shelf=one(SHAMPOO), deal=TIERS)
    yield "campaign_taps.looked: a promotion", partial(taps.looked, deal, 3)
    product = Looked(reader=BUYER, shelf=one(SHAMPOO), centre="شعبه ونک")
    yield "campaign_taps.looked: a product", partial(taps.looked, product, 3)
    yield "campaign_taps.over", partial(taps.over, Over(product_id=1, ended_on=date(2026, 12, 1)))
    yield "campaign_taps.over: used up", partial(taps.over, Over(product_id=None))
    yield "campaign_taps.gone", partial(taps.gone, Gone())
    yield "campaign_taps.stopped", partial(taps.stopped, TAPPED)
    yield "campaign_taps.wanted_again", taps.wanted_again
    yield "campaign_taps.apart", lambda _: taps.apart(Toast("…"))


def campaign_results() -> Iterator[Example]:
    for name, report in (
        ("S5.11", REPORT),
        ("without a holdout", BLIND),
        ("on the first day", EARLY),
        ("it did harm", HARM),
        ("no costs", NO_COSTS),
        ("nothing spent", FREE),
        ("a long name", replace(REPORT, name=LONG)),
    ):
        yield f"campaign_results.report: {name}", partial(results.report, report)
    yield "campaign_results.chart", partial(results.chart, REPORT)
    yield "campaign_results.chart: without a holdout", partial(results.chart, BLIND)
    briefs = tuple(
        CampaignBrief(
            campaign_id=at,
            name=NAME if at % 2 else LONG,
            state=state,
            started_at=AT,
            delivered=319,
            total=324,
        )
        for at, state in enumerate(("running", "paused", "finished", "cancelled"), start=1)
    )
    yield "campaign_results.sent", partial(results.sent, briefs * 2, 1, True)
    yield "campaign_results.sent: none", partial(results.sent, (), 1, False)


def campaign_lists() -> Iterator[Example]:
    yield "campaign_lists.buyers", partial(lists.buyers, CAMPAIGN, (BUYER_LINE,) * 8, 1, True)
    yield "campaign_lists.buyers: none", partial(lists.buyers, CAMPAIGN, (), 1, False)
    clickers = (CLICKER, replace(CLICKER, visitor_id=None, visitor="")) * 4
    yield "campaign_lists.clickers", partial(lists.clickers, CAMPAIGN, clickers, 1, True)
    yield "campaign_lists.clickers: none", partial(lists.clickers, CAMPAIGN, (), 1, False)
    yield "campaign_lists.work_question", partial(lists.work_question, ORDER)
    yield "campaign_lists.work_question: nobody", partial(lists.work_question, NO_WORK)
    yield "campaign_lists.work_made", partial(lists.work_made, ORDER)
    yield "campaign_lists.work_made: before", partial(lists.work_made, NO_WORK)
    yield (
        "campaign_lists.buyers_file",
        partial(lists.buyers_file, REPORT, (BUYER_LINE, HELD_LINE), "پخش آرمان‌طب", date(2026, 11, 29)),
    )
    gaps = (GAP, replace(GAP, last_at=None, visitor=""))
    yield "campaign_lists.contact_gaps", partial(lists.contact_gaps, gaps, 1, True, AT)
    yield "campaign_lists.contact_gaps: none", partial(lists.contact_gaps, (), 1, False, AT)
