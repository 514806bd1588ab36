"""How an order is paid: a customer's terms, their totals, and what a little more would change (S1.16)."""

from __future__ import annotations

from tests.conversations.conftest import Story
from tests.conversations.test_ordering import PLACED, fill_basket, look_up, to_days


async def test_a_part_may_be_paid_in_cash(world: Story) -> None:
    """S1.16, the mixed term: its parts are shown, and sum to what is paid."""
    window = world.pharmacy
    await fill_basket(window)
    await window.tap("🛒 سبد (۳ قلم)")
    await window.tap("✅ ادامه ثبت")
    await window.tap("🔀 ترکیبی")
    assert window.text == (
        "🔀 چه بخشی را نقد می‌پردازید؟\n"
        "۴۰٪ نقد + چک ۴۵ روزه (۴٪ تخفیف): ۱۰٬۴۱۶٬۴۶۷ تومان\n"
        "   نقد: ۴٬۱۶۶٬۵۸۷ + چک ۴۵ روزه: ۶٬۲۴۹٬۸۸۰"
    )
    await window.tap("🔀 ۴۰٪ نقد + چک ۴۵ روزه: ۱۰٬۴۱۶٬۴۶۷")
    await window.tap("دوشنبه ۲ آذر")
    assert "قابل پرداخت: ۱۰٬۴۱۶٬۴۶۷ تومان — ۴۰٪ نقد + چک ۴۵ روزه\n   نقد: ۴٬۱۶۶٬۵۸۷" in window.text
    await window.tap("✅ ثبت نهایی")
    assert window.text == PLACED


async def test_cash_has_its_discount_and_uses_no_credit(world: Story) -> None:
    window = world.pharmacy
    await fill_basket(window)
    await window.tap("🛒 سبد (۳ قلم)")
    await to_days(window, "💵 نقد")
    await window.tap("دوشنبه ۲ آذر")
    assert "قابل پرداخت: ۱۰٬۱۶۲٬۴۰۶ تومان — نقد\n" in window.text
    assert "اعتبار شما" not in window.text


async def test_whoever_may_not_see_the_balance_is_not_told_the_credit(world: Story) -> None:
    window = world.assistant
    await look_up(window, "۱۰۲۴")
    await window.tap("۱۲")
    await window.tap("🛒 سبد (۱ قلم)")
    await to_days(window)
    await window.tap("دوشنبه ۲ آذر")
    assert window.text.startswith("لطفاً یک نگاه دیگر:\n۱ قلم\nقابل پرداخت: ۱٬۸۹۴٬۹۹۲ تومان — چک ۴۵ روزه\n")
    assert "اعتبار شما" not in window.text


async def test_one_more_that_makes_it_cheaper_is_said(world: Story) -> None:
    """Rule R5.2, the cliff."""
    window = world.pharmacy
    await look_up(window, "۱۰۲۴")
    await window.tap("✍️ عدد دیگر")
    await window.write("۴۷")
    await window.write("سبد")
    assert window.text.endswith("💡 ۱ عدد بیشتر بگیرید، ۷۲٬۵۲۰ تومان کمتر می‌پردازید.")


async def test_finance_agrees_on_another_term_and_the_customer_may_choose_it(world: Story) -> None:
    """CUS-05, from the customer's name to the checkout."""
    finance, customer = world.finance, world.pharmacy
    await finance.tap("terms:1", force=True)
    assert finance.text == (
        "🧾 شرایط پرداخت داروخانه دکتر رضایی\n"
        "۱. نقد (۴٪ تخفیف)\n"
        "۲. چک ۴۵ روزه\n"
        "۳. حساب باز ۲۱ روزه\n"
        "۴. ۴۰٪ نقد + چک ۴۵ روزه (۴٪ تخفیف)"
    )
    await finance.tap("➕ افزودن شرط")
    await finance.write("شنبه‌ها")
    assert finance.text.startswith("لطفاً شرط پرداخت را بنویسید")
    await finance.write("چک ۷۵ روزه")
    assert "۵. چک ۷۵ روزه" in finance.text
    await finance.tap("🗑 حساب باز ۲۱ روزه")
    assert "حساب باز" not in finance.text
    await fill_basket(customer)
    await customer.tap("🛒 سبد (۳ قلم)")
    await customer.tap("✅ ادامه ثبت")
    assert [row[0].split(":")[0] for row in customer.labels[:4]] == [
        "💵 نقد (۴٪ تخفیف)",
        "📝 چک ۴۵ روزه",
        "📝 چک ۷۵ روزه",
        "🔀 ترکیبی",
    ]
