"""The distributor of the town, as its documents name it."""

from domain.bank_accounts import BankAccount
from domain.company import Company

LETTERHEAD = Company(
    name="پخش آرمان‌طب",
    address="تهران، خیابان آزادی، خیابان حبیب‌اللهی، پلاک ۱۲، طبقه سوم",
    phone="۰۲۱-۸۸۰۰۱۱۲۲",
    economic_code="411512345678",
    national_id="10380284790",
    postal_code="1458913579",
    footer="واریز به حساب ۱۲۳۴۵۶۷۸۹ بانک ملت به نام پخش آرمان‌طب",
)
ACCOUNTS = (
    BankAccount(id=1, sheba="IR160120000000001234567890", card="6104337700000001"),
    BankAccount(id=2, sheba="IR420570000000000987654321"),
)
"""Invented numbers with the right check digits, of two banks."""
