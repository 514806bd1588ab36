from __future__ import annotations

import pytest

from domain.company import LENGTHS, MOST, Company, CompanyPart, changed, without
from domain.errors import NotACode, TextRefused


@pytest.mark.parametrize(
    ("part", "typed", "kept"),
    [
        (CompanyPart.NAME, " پخش  آرمان‌طب ", "پخش آرمان‌طب"),
        (CompanyPart.PHONE, "۰۲۱-۸۸۰۰۱۱۲۲", "۰۲۱-۸۸۰۰۱۱۲۲"),
        (CompanyPart.ECONOMIC_CODE, "۴۱۱۵ ۱۲۳۴ ۵۶۷۸", "411512345678"),
        (CompanyPart.NATIONAL_ID, "10380284790", "10380284790"),
        (CompanyPart.NATIONAL_ID, "۰۰۱۲۳۴۵۶۷۹", "0012345679"),
        (CompanyPart.POSTAL_CODE, "۱۴۵۸۹-۱۳۵۷۹", "1458913579"),
        (CompanyPart.FOOTER, "واریز به حساب\n۱۲۳", "واریز به حساب ۱۲۳"),
    ],
)
def test_each_part_is_kept_as_it_is_printed(part: CompanyPart, typed: str, kept: str) -> None:
    company = changed(Company(), part, typed)
    assert getattr(company, part.value) == kept
    assert without(company, part) == Company()


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        (CompanyPart.ECONOMIC_CODE, "123"),
        (CompanyPart.ECONOMIC_CODE, "کد ۴۱۱۵۱۲۳۴۵۶۷۸"),
        (CompanyPart.NATIONAL_ID, "10380284791"),
        (CompanyPart.POSTAL_CODE, "123456789"),
        (CompanyPart.POSTAL_CODE, ""),
    ],
)
def test_a_wrong_code_is_refused_and_says_how_many_digits(part: CompanyPart, typed: str) -> None:
    with pytest.raises(NotACode) as refused:
        changed(Company(), part, typed)
    assert refused.value.lengths == LENGTHS[part]


@pytest.mark.parametrize("part", MOST)
def test_empty_and_endless_words_are_refused(part: CompanyPart) -> None:
    for typed in ("", "x" * (MOST[part] + 1), None):
        with pytest.raises(TextRefused):
            changed(Company(), part, typed)


def test_every_part_is_a_field_of_the_letterhead() -> None:
    assert {part.value for part in CompanyPart} | {"currency_unit"} == set(Company.__dataclass_fields__)
    assert set(MOST) | set(LENGTHS) == set(CompanyPart)
