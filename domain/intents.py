"""Short plain texts that mean a wish wherever they are typed: «مانده حسابم چقدره؟», «همون قبلی»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.persian import search_key
from domain.written import read_order


class Wish(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    ACCOUNT = "account"
    TRACKING = "tracking"
    REPEAT = "repeat"
    NUMBER = "number"
    INVOICE = "invoice"
    """«فاکتور ۲۱۰۴۵»: an invoice, or the order of that number where there is none."""
    SUPPORT = "support"
    COMPLAINT = "complaint"
    """A complaint that says what it is about: the text itself is the message."""
    HELP = "help"
    CATALOGUE = "catalogue"
    BASKET = "basket"
    CHEQUES = "cheques"
    HISTORY = "history"
    SETTINGS = "settings"
    OFFERS = "offers"
    """«تخفیف چی دارید؟»: what is given to this customer today."""
    GUIDE = "guide"
    """«اقلام همیشگی من»: the order guide."""
    SAVED = "saved"
    """«سبدهای ذخیره‌شده»."""
    GOODS = "goods"
    """«کالای درخواستی»: something that is not sold here."""
    HOME = "home"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Intent:
    """A wish; ``number`` is the document's number where one was named."""

    wish: Wish
    number: int | None = None


# A text is a wish when the whole of it is one of these, politeness aside; a product may be named after none.
_WHOLE: dict[Wish, str] = {
    Wish.GREETING: (
        "سلام؛ درود؛ سلام علیکم؛ وقت بخیر؛ صبح بخیر؛ شب بخیر؛ عصر بخیر؛ hi؛ hello؛ start؛ شروع؛ روز بخیر؛"
        "خوبین؛ خوبید؛ خوبی؛ حالتون چطوره؛ چطورید؛ خسته نباشید؛ خسته نباشین؛ وقتتون بخیر؛ صبحتون بخیر"
    ),
    Wish.THANKS: (
        "ممنون؛ ممنونم؛ مرسی؛ تشکر؛ متشکرم؛ سپاس؛ خیلی ممنون؛ خیلی ممنونم؛ باشه ممنون؛ ممنون از شما؛ دمت گرم؛"
        "دستتون درد نکنه؛ دست شما درد نکند؛ لطف کردید؛ باشه؛ اوکی؛ چشم؛ ok؛ thanks"
    ),
    Wish.ACCOUNT: (
        "حساب؛ حسابم؛ حساب من؛ مانده؛ مانده حساب؛ مانده حسابم؛ مانده حساب من؛ بدهی؛ بدهیم؛ balance؛"
        "بدهی من؛ بدهی‌ام؛ مانده بدهی؛ موجودی حساب؛ چقدر بدهکارم؛ بدهکارم؛ چقدر بدهی دارم؛"
        "گردش حساب؛ گردش حسابم؛ گردش حساب من؛ صورتحساب؛ صورت‌حساب؛ صورتحساب من"
    ),
    Wish.TRACKING: (
        "سفارشم؛ سفارشم کجاست؛ سفارش من کجاست؛ سفارش کجاست؛ سفارشم کجا است؛ سفارشم چی شد؛ سفارشم چه شد؛"
        "سفارش من چی شد؛ پیگیری؛ پیگیری سفارش؛ بارم کجاست؛ بار من کجاست؛ سفارشم کی می‌رسد؛ سفارشم کی میرسه؛"
        "کی می‌رسد؛ کی میرسه؛ وضعیت سفارش؛ وضعیت سفارشم؛ سفارشم نیامد؛ سفارشم نیومد؛ سفارشم نرسید"
    ),
    Wish.REPEAT: (
        "همون قبلی؛ همان قبلی؛ تکرار؛ تکرار سفارش؛ تکرار سفارش قبلی؛ سفارش قبلی؛ مثل قبل؛ مثل قبلی؛"
        "مثل دفعه قبل؛ همون همیشگی؛ همان همیشگی؛ همون سفارش قبلی؛ همان سفارش قبلی؛ دوباره همان؛ دوباره همون"
    ),
    Wish.SUPPORT: (
        "پشتیبان؛ پشتیبانی؛ آدم؛ اپراتور؛ تماس؛ تماس بگیرید؛ تماس بگیر؛ با من تماس بگیرید؛ زنگ بزنید؛"
        "با پشتیبان حرف بزنم؛ گفتگو با پشتیبان؛ گفتگو با پشتیبانی؛ می‌خواهم با آدم حرف بزنم؛ پشتیبانی و شکایت"
    ),
    Wish.HELP: "راهنما؛ راهنمایی؛ کمک؛ کمکم کن؛ help؛ چطور سفارش بدهم؛ چطوری سفارش بدم؛ چه کار می‌کنی",
    Wish.CATALOGUE: (
        "کاتالوگ؛ محصولات؛ کالاها؛ لیست کالا؛ لیست محصولات؛ لیست قیمت؛ قیمت‌ها؛ سفارش جدید؛ سفارش؛ سفارش دارم؛"
        "سفارش می‌خواهم؛ خرید؛ ادامه خرید؛ فروشگاه؛ دیدن کاتالوگ؛ اول کاتالوگ را ببینم؛ catalogue"
    ),
    Wish.CHEQUES: (
        "چک؛ چک‌هام؛ چکام؛ چک‌ها؛ چکها؛ چک‌های من؛ چکهای من؛ چک‌هایم؛ چک‌های در جریان؛ چک من؛ چکم؛ cheques؛"
        "وضعیت چک‌هام؛ وضعیت چک‌ها؛ وضعیت چک؛ چک‌هام چی شد؛ چکم چی شد؛ چکم پاس شد؛ چک‌هام پاس شد؛ سررسید چک‌هام"
    ),
    Wish.BASKET: "سبد؛ سبدم؛ سبد من؛ سبد خرید؛ سبد خریدم؛ سبد خرید من؛ basket",
    Wish.HISTORY: (
        "سوابق؛ سوابق خرید؛ سوابق من؛ خریدهای قبلی؛ خریدهای من؛ سفارش‌های قبلی؛ سفارش‌های من؛ سفارش‌هام؛"
        "تاریخچه؛ فاکتورهای من؛ فاکتورهام؛ تاریخچه خرید؛ تاریخچه سفارش"
    ),
    Wish.OFFERS: (
        "پیشنهاد؛ پیشنهادها؛ پیشنهادهای من؛ پیشنهاد ویژه؛ پیشنهادهای ویژه؛ پیشنهاد امروز؛ پیشنهادهای امروز؛"
        "تخفیف؛ تخفیف‌ها؛ تخفیفها؛ تخفیف چی دارید؛ تخفیف چی دارین؛ چی تخفیف دارید؛ تخفیف دارید؛ تخفیف دارین؛"
        "چه تخفیفی دارید؛ چه تخفیفی دارین؛ طرح؛ طرح‌ها؛ طرح‌دارها؛ طرح‌های شما؛ طرح چی دارید؛ چه طرحی دارید؛"
        "چه پیشنهادی دارید؛ جایزه؛ جایزه‌ها؛ اشانتیون؛ اشانتیون چی دارید؛ جشنواره؛ حراج؛ offers"
    ),
    Wish.GUIDE: (
        "اقلام همیشگی؛ اقلام همیشگی من؛ اقلام همیشگیم؛ همیشگی؛ همیشگی‌ها؛ همیشگی‌هام؛ خریدهای همیشگی؛"
        "کالاهای همیشگی؛ کالاهای همیشگی من؛ لیست همیشگی؛ راهنمای سفارش؛ سبد همیشگی"
    ),
    Wish.SAVED: (
        "سبدهای ذخیره‌شده؛ سبدهای ذخیره شده؛ سبد ذخیره‌شده؛ سبدهای من؛ سبدهام؛ سبدهای ذخیره‌شده من؛سبدهای آماده"
    ),
    Wish.GOODS: "کالای درخواستی؛ درخواست کالا؛ درخواست کالای جدید؛ کالای جدید می‌خواهم؛ کالا درخواست دارم",
    Wish.SETTINGS: "تنظیمات؛ تنظیم؛ تنظیمات پیام‌ها؛ settings",
    Wish.HOME: "خانه؛ منو؛ منوی اصلی؛ برگشت؛ بازگشت؛ صفحه اصلی؛ menu",
    Wish.CANCEL: (
        "انصراف؛ بی‌خیال؛ بیخیال؛ بی خیالش؛ بیخیالش؛ ولش کن؛ منصرف شدم؛ لغو؛ کنسل؛ نمی‌خواهم؛ نمی‌خوام؛ cancel"
    ),
}
_STARTS: tuple[tuple[Wish, str], ...] = (
    (Wish.SUPPORT, "شکایت؛ خراب بود؛ کم بود؛ خراب است؛ شکسته بود؛ آسیب دیده بود؛ اشتباه رسیده؛ اشتباه آمده"),
)
_ENDS: tuple[tuple[Wish, str], ...] = (
    (
        Wish.SUPPORT,
        "شکایت دارم؛ شکایت کنم؛ خراب بود؛ کم بود؛ کم آمده؛ شکسته بود؛ شکسته بودند؛ آسیب دیده بود؛ نرسیده بود؛"
        "تاریخ گذشته بود؛ تماس بگیرید؛ زنگ بزنید؛ با آدم؛ با پشتیبان",
    ),
    (Wish.ACCOUNT, "حسابم چقدر است؛ بدهیم چقدر است؛ حسابم چقدره؛ بدهیم چقدره؛ مانده چقدر است"),
    (Wish.TRACKING, "سفارشم کجاست؛ سفارشم چی شد؛ سفارش من کجاست"),
)
_CALLS = tuple(map(search_key, ("تماس بگیرید", "زنگ بزنید")))
_COMPLAINING = tuple(
    map(search_key, ["کم آمد", " کم بود", " خراب", " شکست", " نرسید", " آسیب", " گذشته", " شکایت", " اشتباه"])
)
_FILLER = frozenset(
    search_key(
        "لطفا لطفاً ممنون مرسی میشه می‌شه رو را هم الان دیگه آقا خانم چنده چقدره چقدر است چند"
        " بفرست بفرستید بفرستین بده بدهید بدید"
    ).split()
)
_NUMBER = re.compile(
    r"(?:شماره )?(سفارش|فاکتور|حواله)(?: شماره| کد)? (\d{3,9})"
    r"(?: (?:من|کجاست|کجا است|چی شد|چه شد|رسید|(?:رو |را )?(?:ببینم|بده|بدهید|نشان بده)|کی میرسه|کی می رسد))?"
)
_INVOICE = "فاکتور"
_DECORATION = "سلام"


def _keys(phrases: str) -> list[str]:
    return [key for key in map(search_key, phrases.split("؛")) if key]


_WHOLE_KEYS = {key: wish for wish, phrases in _WHOLE.items() for key in _keys(phrases)}
_START_KEYS = [(key, wish) for wish, phrases in _STARTS for key in _keys(phrases)]
_END_KEYS = [(key, wish) for wish, phrases in _ENDS for key in _keys(phrases)]
_DECLINES = frozenset(_keys("ندارم؛ نداریم؛ رد شدن؛ رد؛ رد کن؛ رد شو؛ بعدا؛ بعداً؛ نه؛ هیچ؛ هیچی؛ skip؛ no"))
MOST_LETTERS = 120
"""A longer text is a story of its own, never a shortcut."""


@lru_cache(maxsize=512)
def intent(text: str) -> Intent | None:
    """The wish that this text is; None when it is none, for example the name of a product."""
    key = search_key(text[: MOST_LETTERS + 1])
    if not key or len(text) > MOST_LETTERS:
        return None
    if key in _WHOLE_KEYS:
        return Intent(_WHOLE_KEYS[key])
    words = key.split()
    if words[0] == _DECORATION:
        words = words[1:]
    named = _NUMBER.fullmatch(" ".join(words))
    if named:
        wish = Wish.INVOICE if named[1] == _INVOICE else Wish.NUMBER
        return Intent(wish, int(named[2]))
    bare = " ".join(word for word in words if word not in _FILLER)
    if bare in _WHOLE_KEYS:
        return Intent(_WHOLE_KEYS[bare])
    meant = _by_part(" ".join(words))
    return None if meant is not None and _is_order_besides(key, text) else meant


def _is_order_besides(key: str, text: str) -> bool:
    """«۵ تا … بفرستید و زنگ بزنید»: an order, beside which somebody wants to be called."""
    if not key.endswith(_CALLS) or any(word in key for word in _COMPLAINING):
        return False
    return any(line.quantity is not None and line.unit is not None for line in read_order(text).lines)


def declines(text: str | None) -> bool:
    """Whether an optional question is left out in words: «ندارم», «بعداً»."""
    return text is not None and search_key(text[: MOST_LETTERS + 1]) in _DECLINES


def _by_part(key: str) -> Intent | None:
    for start, wish in _START_KEYS:
        if key.startswith(f"{start} "):
            return Intent(_said(wish))
        if key == start:
            return Intent(wish)
    for end, wish in _END_KEYS:
        if key.endswith(f" {end}"):
            return Intent(_said(wish))
        if key == end:
            return Intent(wish)
    return None


def _said(wish: Wish) -> Wish:
    return Wish.COMPLAINT if wish is Wish.SUPPORT else wish
