import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NotAMobile, NotAnIdentifier
from domain.identifiers import (
    company_id_is_valid,
    gtin_is_valid,
    identifier,
    mobile,
    national_id_is_valid,
)

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(
    st.from_regex(r"9[0-9]{9}", fullmatch=True),
    st.sampled_from(["", "0", "98", "+98", "0098"]),
    st.sampled_from([{}, PERSIAN, ARABIC]),
)
def test_a_mobile_is_known_however_it_is_written(number: str, front: str, digits: dict[int, int]) -> None:
    assert mobile(f"{front}{number}".translate(digits)) == f"0{number}"


@pytest.mark.parametrize("text", ["0912 123 45 67", "0912-123-4567", "(0912) 1234567", "\u200e۰۹۱۲۱۲۳۴۵۶۷"])
def test_what_stands_between_digits_does_not_matter(text: str) -> None:
    assert mobile(text) == "09121234567"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0912123456",
        "091212345678",
        "02188776655",
        "+4915112345678",
        "0912123456x",
        "+1 202 555 0123",
        "98",
    ],
)
def test_what_is_no_iranian_mobile_is_refused(text: str) -> None:
    with pytest.raises(NotAMobile):
        mobile(text)


@pytest.mark.parametrize("digits", ["0499370899", "0790419904", "0084575948"])
def test_a_national_id_has_a_check_digit(digits: str) -> None:
    assert national_id_is_valid(digits)
    wrong = str((int(digits[-1]) + 1) % 10)
    assert not national_id_is_valid(digits[:-1] + wrong)


@pytest.mark.parametrize("digits", ["1111111111", "049937089", "04993708990", "۰۴۹۹۳۷۰۸۹۹", "abcdefghij"])
def test_what_cannot_be_a_national_id(digits: str) -> None:
    assert not national_id_is_valid(digits)


def test_a_company_id_has_a_check_digit() -> None:
    assert company_id_is_valid("14007650912")
    assert company_id_is_valid("10380284790")
    assert not company_id_is_valid("14007650913")
    assert not company_id_is_valid("11111111111")
    assert not company_id_is_valid("1400765091")


def test_an_identifier_is_a_national_id_or_an_economic_code() -> None:
    assert identifier("۰۴۹۹۳۷۰۸۹۹") == "0499370899"
    assert identifier("1400-7650-912") == "14007650912"
    assert identifier("411111111222") == "411111111222"
    for wrong in ("", "12345", "0499370898", "14007650913", "111111111111", "یک دو سه"):
        with pytest.raises(NotAnIdentifier):
            identifier(wrong)


@pytest.mark.parametrize("code", ["4006381333931", "96385074", "036000291452", "00012345600012", "۹۶۳۸۵۰۷۴"])
def test_a_barcode_has_a_check_digit(code: str) -> None:
    assert gtin_is_valid(code)


@pytest.mark.parametrize("code", ["4006381333932", "96385075", "123", "", "400638133393x", "123456789"])
def test_what_is_no_barcode(code: str) -> None:
    assert not gtin_is_valid(code)


@given(st.text())
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    gtin_is_valid(text)
    for read, refused in ((mobile, NotAMobile), (identifier, NotAnIdentifier)):
        try:
            assert read(text).isascii()
        except refused:
            continue
