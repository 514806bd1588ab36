"""The distributor of the town, as its documents name it."""

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
