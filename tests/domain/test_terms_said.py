"""Payment terms as people in finance type them."""

from __future__ import annotations

import pytest

from domain.errors import TermNotUnderstood
from domain.money import Rate
from domain.terms import Term, TermKind, made
from domain.terms_said import said


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("چک ۴۵ روزه", made(TermKind.CHEQUE, 45)),
        ("چك 60", made(TermKind.CHEQUE, 60)),
        ("cheque 75 days", made(TermKind.CHEQUE, 75)),
        ("نقد", made(TermKind.CASH_PRE)),
        ("نقدی با ۴٪ تخفیف", made(TermKind.CASH_PRE, discount=Rate(400))),
        ("cash 2.5%", made(TermKind.CASH_PRE, discount=Rate(250))),
        ("نقد هنگام تحویل", made(TermKind.COD)),
        ("حساب‌باز ۲۱ روزه", made(TermKind.ACCOUNT, 21)),
        ("امانی ۳۰ روزه", made(TermKind.CONSIGNMENT, 30)),
        (
            "۴۰٪ نقد، بقیه چک ۴۵ روزه",
            made(TermKind.MIXED, 45, cash=Rate(4_000), rest=TermKind.CHEQUE),
        ),
        (
            "۳۰ درصد نقد با ۴ درصد تخفیف و بقیه حساب باز ۲۱ روزه",
            made(TermKind.MIXED, 21, Rate(400), Rate(3_000), TermKind.ACCOUNT),
        ),
    ],
)
def test_terms_are_read_as_they_are_typed(text: str, term: Term) -> None:
    assert said(text) == term


@pytest.mark.parametrize(
    "text",
    ["", "سلام", "چک ۴۵ و ۶۰ روزه", "چک ۳۶۰ روزه", "نقد ۳۰ روزه", "نقد و چک ۴۵", "۴۰٪ ۴٪ چک", "چک" * 50],
)
def test_what_is_no_term_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(TermNotUnderstood):
        said(text)
