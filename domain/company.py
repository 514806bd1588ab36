"""What the distributor says of itself on its documents."""

from __future__ import annotations

from dataclasses import dataclass, fields

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
LONGEST = 300
