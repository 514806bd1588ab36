"""What every document says alike: who sells and buys, amounts to the last rial, days, pages."""

from __future__ import annotations

from datetime import date

from domain.company import Company
from domain.documents import Party
from domain.money import ZERO, CurrencyUnit, Money
from domain.numerals import in_words
from screens.language import Copyable, Language, Numeric, Rials, Words
from screens.paper import Box, Cell, Named

EMPTY = Cell("")


def side(balance: Money, _: Language) -> str:
    if not balance:
        return "–"
    return _.label("Dr") if balance > ZERO else _.label("Cr")


def owed(balance: Money, unit: CurrencyUnit, _: Language) -> Cell:
    """«۱۸۱٬۲۱۲٬۰۰۰ ریال بدهکار»."""
    if not balance:
        return Cell(_.label("settled"), 0)
    size = counted(balance if balance >= ZERO else -balance, unit, _)
    said = (
        _.label("{amount}, debtor", amount=size)
        if balance > ZERO
        else _.label("{amount}, creditor", amount=size)
    )
    return Cell(said, balance.rials)


def sum_of(amount: Money, unit: CurrencyUnit, _: Language) -> Cell:
    return Cell(counted(amount, unit, _), amount.rials)


def counted(amount: Money, unit: CurrencyUnit, _: Language) -> Words:
    """An amount with its unit: old and new rials must never be taken for each other (rule R1.2)."""
    if unit is CurrencyUnit.IRR_NEW:
        return Words(_.label("{amount} new rials", amount=Rials(amount)))
    return Words(_.label("{amount} rials", amount=Rials(amount)))


def seller_box(seller: Company, _: Language) -> Box:
    facts = (seller.economic_code, seller.national_id, seller.postal_code, seller.phone, seller.address)
    return Box(title=_.label("Seller"), name=_.plain(seller.name), facts=_facts(facts, _))


def buyer_box(buyer: Party, _: Language) -> Box:
    return Box(title=_.label("Buyer"), name=_.plain(buyer.name), facts=_facts(_of(buyer), _))


def account_box(buyer: Party, _: Language) -> Box:
    return Box(title=_.label("Account holder"), name=_.plain(buyer.name), facts=_facts(_of(buyer), _))


def _of(buyer: Party) -> tuple[str, str, str, str, str]:
    return buyer.economic_code, buyer.national_id, buyer.postal_code, buyer.phone, buyer.address


def _facts(values: tuple[str, str, str, str, str], _: Language) -> Named:
    names = (
        _.label("Economic code"), _.label("National id"), _.label("Postal code"), _.label("Phone"),
    )  # fmt: skip
    numbers = tuple(
        (name, _.plain(Copyable(_.digits(value))))
        for name, value in zip(names, values[:4], strict=True)
        if value
    )
    return (*numbers, (_.label("Address"), _.plain(values[4]))) if values[4] else numbers


def unit_of(unit: CurrencyUnit, _: Language) -> str:
    if unit is CurrencyUnit.IRR_NEW:
        return _.label("All amounts are in new rials.")
    return _.label("All amounts are in rials.")


def said_in_words(amount: Money, unit: CurrencyUnit, _: Language) -> str:
    """Only Persian says amounts in words; elsewhere the digits have to do."""
    if _.code != "fa":
        return ""
    said = in_words(abs(amount.rials))
    if unit is CurrencyUnit.IRR_NEW:
        return _.label("In words: {words} new rials", words=said)
    return _.label("In words: {words} rials", words=said)


def page_of(_: Language) -> str:
    return _.label("Page {page} of {pages}", page="{page}", pages="{pages}")


def day_of(day: date, _: Language) -> str:
    return _.plain(Numeric(day))


def amount_of(amount: Money, _: Language) -> Cell:
    return Cell(_.plain(Rials(amount)), amount.rials)
