import pytest

from domain.intents import Intent, Wish, intent


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("مانده حسابم چقدره؟", Wish.ACCOUNT),
        ("بدهیم", Wish.ACCOUNT),
        ("حسابم…", Wish.ACCOUNT),
        ("سلام، مانده حسابم چقدره؟", Wish.ACCOUNT),
        ("حسابم چنده", Wish.ACCOUNT),
        ("گردش حساب", Wish.ACCOUNT),
        ("صورت‌حساب بدهید", Wish.ACCOUNT),
        ("سفارشم کجاست؟", Wish.TRACKING),
        ("سلام سفارشم کجاست", Wish.TRACKING),
        ("پیگیری", Wish.TRACKING),
        ("همون قبلی", Wish.REPEAT),
        ("همان قبلی لطفاً", Wish.REPEAT),
        ("تکرار", Wish.REPEAT),
        ("شکایت", Wish.SUPPORT),
        ("خراب بود", Wish.SUPPORT),
        ("کم بود", Wish.SUPPORT),
        ("آدم", Wish.SUPPORT),
        ("ادم", Wish.SUPPORT),
        ("پشتیبان", Wish.SUPPORT),
        ("تماس بگیرید", Wish.SUPPORT),
        ("لطفاً تماس بگیرید", Wish.SUPPORT),
        ("دو تا از شامپوها شکسته بود", Wish.COMPLAINT),
        ("دستکش‌ها خراب بود", Wish.COMPLAINT),
        ("شکایت دارم از راننده", Wish.COMPLAINT),
        ("راهنما", Wish.HELP),
        ("کاتالوگ", Wish.CATALOGUE),
        ("سبد خرید", Wish.BASKET),
        ("سوابق خرید", Wish.HISTORY),
        ("تنظیمات", Wish.SETTINGS),
        ("منو", Wish.HOME),
        ("سلام", Wish.GREETING),
        ("سلام خوبین؟", Wish.GREETING),
        ("سلام، خسته نباشید", Wish.GREETING),
        ("ممنون", Wish.THANKS),
        ("خیلی ممنونم 🙏", Wish.THANKS),
        ("همون همیشگی رو بفرست", Wish.REPEAT),
        ("سفارش قبلی را بفرستید لطفاً", Wish.REPEAT),
        ("انصراف", Wish.CANCEL),
        ("بی‌خیال", Wish.CANCEL),
        ("بيخيال", Wish.CANCEL),
    ],
)
def test_people_say_it_in_their_own_words(text: str, wish: Wish) -> None:
    assert intent(text) == Intent(wish)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("سفارش ۴۰۵۲۱", 40521),
        ("سفارش 40521", 40521),
        ("سفارش شماره ٤٠٥٢١", 40521),
        ("سفارش ۴۰۵۲۱ کجاست؟", 40521),
    ],
)
def test_an_order_is_known_by_its_number(text: str, number: int) -> None:
    assert intent(text) == Intent(Wish.NUMBER, number)


@pytest.mark.parametrize("text", ["فاکتور ۲۱۰۴۵", "سلام، فاکتور ۲۱۰۴۵ را ببینم"])
def test_an_invoice_is_known_by_its_number(text: str) -> None:
    assert intent(text) == Intent(Wish.INVOICE, 21045)


@pytest.mark.parametrize(
    "text",
    [
        "شامپو آوین ۲۵۰",
        "سفارش ۱۰ کارتن شامپو",
        "سفارش ۲۴۰ عدد دستکش",
        "خمیردندان",
        "سلام ۲ کارتن شامپو آوین ۲۵۰، یه کارتن دستکش مدیوم",
        "1024",
        "",
        "   ",
        "؟!",
        "😀",
        "شکایت " + "الف " * 60,
    ],
)
def test_the_name_of_a_product_is_no_wish(text: str) -> None:
    assert intent(text) is None


def test_an_order_beside_which_a_call_is_wanted_is_an_order() -> None:
    assert intent("لطفا فردا ۵ تا خمیردندان سپیدتن و ۰۹۱۲۱۲۳۴۵۶۷ زنگ بزنید") is None
    for text in (
        "ساعت ۵ تماس بگیرید",
        "فردا ۱۰ صبح زنگ بزنید",
        "دو کارتن شامپو کم آمده بود تماس بگیرید",
    ):
        found = intent(text)
        assert found is not None
        assert found.wish is Wish.COMPLAINT
