"""What the gallery's screens of credit speak of: the chain of rule R2.2, and the salon of the scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain.approval_facts import facts_of
from domain.approvals import ApprovalCard, Buying, ChangeKind, SinceSeen, StockLine
from domain.balances import OpenInvoice, aging
from domain.catalogue import Unit
from domain.cheque_lists import ChequeTotals
from domain.credit import CreditHold, CreditLimit, CreditStanding, HoldKind
from domain.credit_books import BookLine, CreditCard, Debtor
from domain.credit_decisions import OverLimit, decide
from domain.drawers import ChequeRecord
from domain.fitting import CutStep
from domain.money import Money, of_toman
from domain.orders import OrderStatus
from domain.ras import DueAmount, ras
from domain.terms import TermKind, made
from sandbox.gallery_values import NONCE, NOW

TODAY = date(2026, 11, 21)


def million(toman: float) -> Money:
    return of_toman(round(toman * 1_000_000))


AFTAB = CreditStanding(
    customer_id=2,
    open_invoices=million(120),
    uncleared=million(95),
    uncleared_count=3,
    open_orders=million(30),
    unallocated=million(5),
    segment="B",
    today=TODAY,
    limit=CreditLimit(total=million(300)),
)
TWO_LIMITS = CreditLimit(open=million(150), total=million(300))
BOUNCED = replace(
    AFTAB, uncleared=million(70), uncleared_count=2, bounced=million(25), bounced_count=1,
    holds=frozenset({HoldKind.BOUNCED}),
)  # fmt: skip
LATE = replace(AFTAB, overdue=million(12.3), oldest_due=TODAY - timedelta(days=41), has_broken_promise=True)
CARD = ApprovalCard(
    order_id=537,
    number=40_537,
    version=2,
    status=OrderStatus.HELD,
    customer_id=2,
    customer="فروشگاه زنجیره‌ای آفتاب",
    outlet="شعبه ونک",
    payable=million(72),
    term=made(TermKind.CHEQUE, 45),
    decision=decide(AFTAB, million(72)),
    stock=(
        *(StockLine(label=f"کالای {at}", there=12, asked=12) for at in range(17)),
        StockLine(label="ضدآفتاب تیره", there=20, asked=30),
    ),
    buying=Buying(last_day=TODAY - timedelta(days=9), order_count=30),
    today=TODAY,
    decide_by=NOW + timedelta(hours=10),
)
STOPPED = replace(CARD, decision=decide(BOUNCED, million(72)))
NO_LIMIT = replace(AFTAB, limit=CreditLimit(total=Money(0)))
FIRST = replace(
    CARD,
    decision=decide(replace(LATE, segment=None, limit=TWO_LIMITS), million(72)),
    buying=Buying(last_day=None, order_count=0),
    term=None,
)
HOLD = CreditHold(id=4, customer_id=2, kind=HoldKind.BOUNCED, reason="چک ۲۵ میلیونی", placed_at=NOW)
DEBTOR = Debtor(customer_id=2, name="سالن زیبایی نگین")
INVOICE = OpenInvoice(
    id=7,
    number=21_045,
    issued_on=date(2026, 10, 25),
    due_on=date(2026, 11, 15),
    open=of_toman(12_300_000),
    total=of_toman(12_300_000),
)
DESK = CreditCard(
    debtor=DEBTOR,
    standing=replace(
        AFTAB,
        open_invoices=of_toman(18_121_200),
        uncleared=of_toman(21_500_000),
        open_orders=of_toman(2_534_400),
        unallocated=Money(0),
        limit=CreditLimit(total=million(60)),
    ),
    aging=aging((INVOICE,), TODAY),
    ras=ras(TODAY, [DueAmount(million(7.5), date(2026, 11, 26)), DueAmount(million(8), date(2026, 12, 11))]),
    cheques=ChequeTotals(uncleared_count=3, uncleared=of_toman(21_500_000)),
    record=ChequeRecord(cleared_count=14),
    own_limit=CreditLimit(total=million(60)),
    holds=(),
    may_change=True,
)
WORST = replace(
    DESK,
    standing=replace(
        BOUNCED, is_blocked=True, limit=replace(TWO_LIMITS, valid_until=NOW + timedelta(days=30))
    ),
    aging=aging(
        [replace(INVOICE, due_on=TODAY - timedelta(days=days)) for days in (3, 10, 20, 45, 90)], TODAY
    ),
    cheques=ChequeTotals(bounced_count=1, bounced=million(25), last_bounced_on=TODAY),
    holds=tuple(replace(HOLD, id=at, kind=kind) for at, kind in enumerate(HoldKind, 1)),
)
POOR = replace(
    DESK,
    standing=replace(AFTAB, limit=CreditLimit(total=Money(0))),
    aging=aging((), TODAY),
    ras=None,
    own_limit=None,
    holds=(replace(HOLD, reason=""),),
    may_change=False,
)
LINE = BookLine(
    customer_id=2,
    customer="فروشگاه زنجیره‌ای آفتاب",
    balance=million(115),
    overdue=million(12.3),
    oldest_due=date(2026, 11, 15),
    uncleared=million(95),
    uncleared_count=3,
    bounced=Money(0),
    bounced_count=0,
)
STEPS = (
    CutStep(product_id=1, label="رنگ ۷/۳", unit=Unit.TUBE, quantity=96, less=84, amount=million(13.5)),
    CutStep(product_id=2, label="سرم مو نگاره", unit=Unit.PIECE, quantity=6, less=0, amount=million(2)),
)


def _changed(kind: ChangeKind) -> SinceSeen:
    return SinceSeen(kind=kind)


CHANGES = (
    SinceSeen(kind=ChangeKind.BOUNCED, amount=million(25), minutes=4),
    SinceSeen(kind=ChangeKind.LIMIT, amount=million(290), before=million(300)),
    SinceSeen(kind=ChangeKind.EXPOSURE, amount=million(260), before=million(240)),
    *map(_changed, (ChangeKind.HELD, ChangeKind.BLOCKED, ChangeKind.ORDER, ChangeKind.STOCK)),
)
FACTS: Mapping[str, Mapping[str, object]] = {
    "credit_approval": {**facts_of(CARD), "role": "manager"},
    "credit_passed": {
        "number": 40_537, "customer": "فروشگاه زنجیره‌ای آفتاب", "percent": 104, "over_rials": 120_000_000,
    },
    "credit_refused": {"customer": "فروشگاه زنجیره‌ای آفتاب", "amount_rials": 720_000_000},
    "approval_given": {"number": 40_537, "deliver_on": "2026-11-23", "down_rials": 120_000_000},
    "approval_refused": {"number": 40_537, "deliver_on": None, "reason": "اول تسویه بفرمایید"},
    "approval_expired": {"number": 40_537, "deliver_on": None},
    "approval_message": {"number": 40_537, "deliver_on": None, "text": "نیمی نقد می‌دهید؟"},
}  # fmt: skip


def over(standing: CreditStanding, toman: float = 72) -> OverLimit:
    amount = million(toman)
    decision = decide(standing, amount)
    return OverLimit(order_id=537, version=3, nonce=NONCE, payable=amount, decision=decision)
