"""«شماره حساب‌ها»: where to pay to, and how finance changes it."""

from __future__ import annotations

from domain.bank_accounts import BankAccount, PayTo, grouped
from screens.callbacks.receipts import StartReceipt
from screens.callbacks.reminders import (
    AddBankAccount,
    AskDropBankAccount,
    DropBankAccount,
    NoBankCard,
    OpenBankAccounts,
)
from screens.home import home_button
from screens.language import Copyable, Language, Words
from screens.screen import ALONE, Button, Screen, shortened


def accounts(found: PayTo, _: Language) -> Screen:
    """SHEBA and card can be copied; for finance each account can be taken away."""
    lines: list[str] = []
    if not found.accounts:
        lines.append(_("No account number is recorded yet."))
    else:
        lines.append(_("🏦 Our account numbers, in the name of “{holder}”:", holder=found.holder))
        for each in found.accounts:
            lines += ["", *_account(each, _)]
    if not found.may_change:
        paid = Button(_.label("💸 I have paid"), StartReceipt())
        return Screen("\n".join(lines), ((paid, home_button(_)),))
    rows = [(_dropping(each, _),) for each in found.accounts]
    add = Button(_.label("➕ Another account"), AddBankAccount())
    return Screen("\n".join(lines), (*rows, (add,), (home_button(_),)))


def _account(account: BankAccount, _: Language) -> list[Words]:
    bank = account.bank
    lines = [_("Bank {bank}", bank=bank)] if bank else []
    lines.append(_("SHEBA: {sheba}", sheba=Copyable(account.sheba)))
    if account.card:
        lines.append(_("Card: {card}", card=Copyable(grouped(account.card))))
    return lines


def _dropping(account: BankAccount, _: Language) -> Button:
    def label(bank: str) -> str:
        return _.label("🗑 {bank} …{end}", bank=bank, end=_.digits(account.sheba[-4:]))

    name = account.bank or _.label("Account")
    return Button(shortened(label(name), ALONE), AskDropBankAccount(account_id=account.id))


def sheba_question(_: Language) -> Screen:
    return _asking(_("Please send the SHEBA number: IR and 24 digits."), _)


def card_question(_: Language) -> Screen:
    none = Button(_.label("It has no card"), NoBankCard())
    back = Button(_.label("⬅️ Back"), OpenBankAccounts())
    return Screen(_("The 16 digits of its card?"), ((none, back), (home_button(_),)))


def drop_question(account: BankAccount, _: Language) -> Screen:
    text = _("Customers will not see {sheba} any more. Take it away?", sheba=Copyable(account.sheba))
    yes = Button(_.label("🗑 Yes, take it away"), DropBankAccount(account_id=account.id))
    return Screen(text, ((yes, Button(_.label("⬅️ Back"), OpenBankAccounts())), (home_button(_),)))


def _asking(text: Words, _: Language) -> Screen:
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenBankAccounts()), home_button(_)),))
