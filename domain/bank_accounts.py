"""The company's accounts to which customers pay: SHEBA numbers and cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.identifiers import card_is_valid, digits_of
from domain.reminder_errors import NotACard, NotASheba

MOST_ACCOUNTS = 6
BANK_ACCOUNTS = "bank_accounts"
"""The name under which the company keeps them."""
_BANKS = {
    "010": "مرکزی", "011": "صنعت و معدن", "012": "ملت", "013": "رفاه کارگران", "014": "مسکن", "015": "سپه",
    "016": "کشاورزی", "017": "ملی", "018": "تجارت", "019": "صادرات", "020": "توسعه صادرات", "021": "پست بانک",
    "022": "توسعه تعاون", "051": "توسعه", "052": "قوامین", "053": "کارآفرین", "054": "پارسیان",
    "055": "اقتصاد نوین", "056": "سامان", "057": "پاسارگاد", "058": "سرمایه", "059": "سینا",
    "060": "مهر ایران", "061": "شهر", "062": "آینده", "063": "انصار", "064": "گردشگری",
    "065": "حکمت ایرانیان", "066": "دی",
}  # fmt: skip
"""The codes that stand in a SHEBA, with the names of their banks as they are everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """``sheba`` is IR and 24 digits; ``card`` sixteen digits, where there is one."""

    id: int
    sheba: str
    card: str = ""

    @property
    def bank(self) -> str:
        """The name of the bank; empty for a code that we do not know."""
        return _BANKS.get(self.sheba[4:7], "")

    def facts(self) -> dict[str, object]:
        return {"id": self.id, "sheba": self.sheba, "card": self.card}


def account_of(kept: Mapping[str, Any]) -> BankAccount:
    return BankAccount(id=int(kept["id"]), sheba=str(kept["sheba"]), card=str(kept.get("card", "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTo:
    """The accounts that are shown, and whose they are."""

    holder: str
    accounts: tuple[BankAccount, ...]
    may_change: bool = False


def typed_sheba(text: str | None) -> str:
    """The number as it is kept, however it was typed; its check digits must be right (ISO 7064, mod 97)."""
    digits = digits_of(text or "").upper().removeprefix("IR")
    if not re.fullmatch(r"\d{24}", digits, re.ASCII):
        raise NotASheba
    # The country's letters and the check digits go to the end; I is 18, R is 27.
    if int(f"{digits[2:]}1827{digits[:2]}") % 97 != 1:
        raise NotASheba
    return f"IR{digits}"


def typed_card(text: str | None) -> str:
    digits = digits_of(text or "")
    if not card_is_valid(digits):
        raise NotACard
    return digits


def grouped(number: str) -> str:
    """In fours, as banks print them."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
