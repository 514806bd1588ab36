"""The columns of what comes from the company's own books: open invoices, cheques, balances, promotions."""

from __future__ import annotations

from domain.cheque_errors import NotASayadId
from domain.imports.cells import (
    Read,
    choice,
    code,
    day,
    rials,
    rials_or_none,
    text,
    toman,
    toman_or_none,
    whole,
    written,
)
from domain.imports.columns import EXAMPLE_CODE, Column, Sheet, may, must
from domain.imports.errors import CellFault, CellRefused
from domain.imports.rows import BalanceRow, BalanceSide, ChequeRow, ImportKind, InvoiceRow, PromotionRow
from domain.instruments import ChequeState
from domain.promotion_rules import PromotionKind
from domain.sayad import sayad_id

MOST_NUMBER = 899_999_999
"""Above that are the papers of opening balances, which have no number of their own in the books."""
STATES = {
    "دریافت‌شده": ChequeState.RECEIVED,
    "دریافت شده": ChequeState.RECEIVED,
    "نزد صندوق": ChequeState.RECEIVED,
    "واگذار به بانک": ChequeState.DEPOSITED,
    "در جریان وصول": ChequeState.DEPOSITED,
    "وصول‌شده": ChequeState.CLEARED,
    "پاس‌شده": ChequeState.CLEARED,
    "برگشتی": ChequeState.BOUNCED,
    "برگشت خورده": ChequeState.BOUNCED,
}
SIDES = {
    "بدهکار": BalanceSide.OWES,
    "بد": BalanceSide.OWES,
    "بستانکار": BalanceSide.HAS_CREDIT,
    "بس": BalanceSide.HAS_CREDIT,
}
PROMOTION_KINDS = {
    "پلکانی": PromotionKind.TIER,
    "درصدی": PromotionKind.LINE,
    "اشانتیون": PromotionKind.BONUS,
    "جایزه": PromotionKind.BONUS,
    "سبدی": PromotionKind.BASKET,
    "روی کل سفارش": PromotionKind.ORDER,
    "فاکتوری": PromotionKind.ORDER,
}
_CUSTOMER = must(
    "code", "کد مشتری", code, "کد", "شناسه مشتری", "کد تفصیلی", "customer code", example=EXAMPLE_CODE
)


def sayad(cell: object) -> str:
    """The sixteen digits; a number of a spreadsheet that has lost some of them is refused."""
    try:
        return sayad_id(written(cell))
    except NotASayadId:
        raise CellRefused(CellFault.NOT_A_SAYAD_ID) from None


def _money(field: str, name: str, example: int, in_toman: Read, in_rials: Read) -> tuple[Column, Column]:
    """The column in toman and the one in rials, of which a file has one."""
    return (
        must(field, f"{name} (تومان)", in_toman, f"{name} به تومان", f"{name} تومانی", example=example),
        must(field, f"{name} (ریال)", in_rials, f"{name} به ریال", f"{name} ریالی"),
    )


_INVOICES = Sheet(
    row=InvoiceRow,
    unitless=("مبلغ", "مبلغ فاکتور", "مانده", "مانده فاکتور"),
    money=frozenset({"rials", "open_rials"}),
    columns=(
        _CUSTOMER,
        must("invoice", "شماره فاکتور", whole(1, MOST_NUMBER), "فاکتور", "شماره", "invoice", example=21_045),
        must("issued_on", "تاریخ", day, "تاریخ فاکتور", "date", example="۱۴۰۵/۰۸/۰۳"),
        may("due_on", "سررسید", day, "تاریخ سررسید", "due date", example="۱۴۰۵/۰۸/۲۴"),
        *_money("rials", "مبلغ", 12_300_000, toman, rials),
        *_money("open_rials", "مانده", 12_300_000, toman_or_none, rials_or_none),
    ),
)
_CHEQUES = Sheet(
    row=ChequeRow,
    unitless=("مبلغ", "مبلغ چک"),
    columns=(
        _CUSTOMER,
        must("sayad_id", "شناسه صیاد", sayad, "صیاد", "شناسه صیادی", "sayad", example="1234567890123456"),
        *_money("rials", "مبلغ", 40_000_000, toman, rials),
        must("due_on", "سررسید", day, "تاریخ چک", "تاریخ سررسید", "due date", example="۱۴۰۵/۱۰/۱۵"),
        must("state", "وضعیت", choice(STATES), "وضعیت چک", "state", example="دریافت‌شده"),
        may("bank", "بانک", text(60), "نام بانک", "bank", example="ملت"),
        may("drawer", "صاحب حساب", text(120), "صادرکننده", "drawer"),
        may("received_on", "تاریخ دریافت", day, "received on", example="۱۴۰۵/۰۸/۰۱"),
    ),
)
_BALANCES = Sheet(
    row=BalanceRow,
    unitless=("مانده", "مبلغ", "مانده حساب"),
    columns=(
        _CUSTOMER,
        *_money("rials", "مانده", 5_000_000, toman, rials),
        must("side", "ماهیت", choice(SIDES), "تشخیص", "بد / بس", example="بدهکار"),
        may("on", "تاریخ", day, "date", example="۱۴۰۵/۰۸/۰۱"),
        may("due_on", "سررسید", day, "تاریخ سررسید", "due date", example="۱۴۰۵/۰۸/۰۱"),
    ),
)
_PROMOTIONS = Sheet(
    row=PromotionRow,
    unitless=("بودجه",),
    columns=(
        must("code", "کد طرح", code, "کد", "شناسه طرح", "code", example=EXAMPLE_CODE),
        must("promotion_name", "نام طرح", text(60), "نام", "name", example="پلکانی شامپو"),
        must("promotion_kind", "نوع طرح", choice(PROMOTION_KINDS), "نوع", "kind", example="پلکانی"),
        may("goods", "کالا یا دسته", text(300), "کد کالا", "دسته", "برند", "goods", example="1024"),
        must("steps", "پله‌ها", text(300), "شرح", "steps", example="۲۴ تا ۵٪، ۴۸ تا ۸٪"),
        must("since", "از تاریخ", day, "تاریخ شروع", "from", example="۱۴۰۵/۰۹/۰۱"),
        may("until", "تا تاریخ", day, "تاریخ پایان", "until", example="۱۴۰۵/۱۰/۳۰"),
        may("budget_rials", "بودجه (تومان)", toman, "سقف بودجه (تومان)", example=50_000_000),
        may("budget_rials", "بودجه (ریال)", rials, "سقف بودجه (ریال)"),
        may("budget_units", "بودجه (عدد)", whole(1), "سقف تعداد"),
    ),
)
SHEETS_OF_BOOKS = {
    ImportKind.INVOICES: _INVOICES,
    ImportKind.CHEQUES: _CHEQUES,
    ImportKind.BALANCES: _BALANCES,
    ImportKind.PROMOTIONS: _PROMOTIONS,
}
