from __future__ import annotations

from dataclasses import replace

import pytest

from domain.cheque_details import ChequeDetail, detailed, details_of
from domain.cheque_errors import MoveRefused, NotANationalId
from domain.errors import TextRefused
from domain.instruments import ChequeState
from tests.conftest import NOW
from tests.domain.test_instruments import CHEQUE

D = ChequeDetail
OURS = replace(CHEQUE, customer_name="سالن نگین")


def test_a_bank_is_kept_without_the_word_bank() -> None:
    assert detailed(OURS, D.BANK, "بانک ملت", "بانک").bank == "ملت"
    assert detailed(OURS, D.BANK, "ملت", "بانک").bank == "ملت"


def test_another_drawer_makes_it_a_cheque_of_somebody_else() -> None:
    assert detailed(OURS, D.DRAWER, "رضا کریمی").is_third_party
    assert not detailed(OURS, D.DRAWER, "سالن نگین").is_third_party


def test_a_national_id_is_checked() -> None:
    assert detailed(OURS, D.NATIONAL_ID, "۰۴۹۹۳۷۰۸۹۹").drawer_national_id == "0499370899"
    with pytest.raises(NotANationalId):
        detailed(OURS, D.NATIONAL_ID, "0499370898")


def test_the_code_of_a_bounce_needs_a_bounce() -> None:
    with pytest.raises(MoveRefused):
        detailed(OURS, D.BOUNCE_CODE, "B-12")
    bounced = replace(OURS, state=ChequeState.DEPOSITED).moved_to(ChequeState.BOUNCED, NOW)
    assert detailed(bounced, D.BOUNCE_CODE, "B-12").bounce_code == "B-12"


@pytest.mark.parametrize("text", ["", "  ", "س" * 400])
@pytest.mark.parametrize("detail", [each for each in D if each not in (D.NATIONAL_ID, D.BOUNCE_CODE)])
def test_what_says_nothing_or_too_much_is_refused(detail: ChequeDetail, text: str) -> None:
    with pytest.raises(TextRefused):
        detailed(OURS, detail, text)


def test_what_is_known_is_listed() -> None:
    cheque = detailed(detailed(OURS, D.BRANCH, "ونک"), D.NOTE, "مانده قبلی")
    assert details_of(cheque) == {D.BRANCH: "ونک", D.NOTE: "مانده قبلی"}
