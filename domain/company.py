"""What the distributor says of itself on its documents."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum

from domain.addresses import typed
from domain.errors import NotACode
from domain.identifiers import company_id_is_valid, digits_of, national_id_is_valid
from domain.money import CurrencyUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The letterhead. What is empty is not printed; an empty name is the one of the settings."""

    name: str = ""
    address: str = ""
    phone: str = ""
    economic_code: str = ""
    national_id: str = ""
    postal_code: str = ""
    footer: str = ""
    """A last line of every document: the account to pay to, or what the goods are sold under."""
    currency_unit: CurrencyUnit = CurrencyUnit.IRR_OLD
    """The rial in which documents are made now (rule R1.2); each keeps the one it was made in."""


LETTERHEAD = tuple(each.name for each in fields(Company))


class CompanyPart(StrEnum):
    """What of the letterhead is changed in chat; each is named like its field."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    ECONOMIC_CODE = "economic_code"
    NATIONAL_ID = "national_id"
    POSTAL_CODE = "postal_code"
    FOOTER = "footer"


MOST = {
    CompanyPart.NAME: 100,
    CompanyPart.ADDRESS: 200,
    CompanyPart.PHONE: 60,
    CompanyPart.FOOTER: 160,
}
LENGTHS = {
    CompanyPart.ECONOMIC_CODE: (11, 12, 14),
    CompanyPart.NATIONAL_ID: (10, 11),
    CompanyPart.POSTAL_CODE: (10,),
}


def changed(company: Company, part: CompanyPart, text: str | None) -> Company:
    """The letterhead with that part as it was typed."""
    said = _code(part, text or "") if part in LENGTHS else typed(text, MOST[part])
    return replace(company, **{part.value: said})  # type: ignore[arg-type]


def without(company: Company, part: CompanyPart) -> Company:
    return replace(company, **{part.value: ""})  # type: ignore[arg-type]


def _code(part: CompanyPart, text: str) -> str:
    digits = digits_of(text)
    is_right = digits.isascii() and digits.isdecimal() and len(digits) in LENGTHS[part]
    if part is CompanyPart.NATIONAL_ID:
        is_right = is_right and (company_id_is_valid(digits) or national_id_is_valid(digits))
    if not is_right:
        raise NotACode(LENGTHS[part])
    return digits
