"""What people say around an order that orders nothing: who speaks, complaints, asides, how it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from domain.numerals import AND, plainly
from domain.written.phrases import Phrases
from domain.written.reading import spans, trimmed
from domain.written.words import FILLER, LESS, MORE, PLACES, REMOVING, REMOVING_PHRASES, SETTING, UNITS


def _words(text: str) -> frozenset[str]:
    return frozenset(plainly(text).split())


_TURNING = frozenset({"ولی", "اما", "منتها", "منتهی"})
"""Behind these another thing is spoken of."""
_IN_PLACE = frozenset({"بجاش", "جاش", "عوضش"})
_TOLD = _words(
    "هستم هستیم گفت گفتن گفته گفتند میگیرم میگیریم میشم میشیم میفرستم میفرستیم فرستادم فرستادیم "
    "کردم کردیم میکنم میکنیم دادم دادیم میدم میدیم زدم زدیم رفته رفت نرسید نرسیده بدم بگم"
)
"""Verbs of what somebody does: with them a clause ends that orders nothing."""
_ASKED = _words("بفرستید بفرستین بفرست بیارید بیارین بدید بدین بزنید بزنین بذارید بذارین بزن بده")
_ASIDE = Phrases(
    "یادم رفت", "یادم رفته", "یادم رفته بود", "یادم نبود", "یادم رفت بگم", "یادم افتاد",
    "تو رو خدا", "تورو خدا", "بسته بندی", "دیگه چیزی نمیخوام", "دیگه چیزی نمیخوایم", "دیگه چیزی لازم ندارم",
    "دیگه چیزی لازم نداریم", "چیز دیگه ای نمیخوام", "چیز دیگه ای نمیخوایم", "چیزی نمیخوام",
    "چیزی نمیخوایم", "انجام شد",
    "نمیخوام دیگه چیزی", "نمیخوایم دیگه چیزی", "نمیخوام چیز دیگه ای", "نمیخوایم چیز دیگه ای",
    "دیگه هیچی نمیخوام", "دیگه هیچی", "کارت به کارت میکنم", "کارت به کارت میکنیم", "کارت به کارت",
    "اگه موجود بود",
    "اگه موجوده", "اگه موجود هست", "اگر موجود بود", "اگه داشتین", "اگه داشتید", "اگه هست", "خیالم راحت شه",
    "وای خدا", "تموم کردیم", "تموم کردم", "تموم شده", "تمام شده",
)  # fmt: skip
_FOR = frozenset({"برای", "واسه"})
_WHOM = _words("خودم خودمون خودمان مشتری مشتریم مشتریمون مغازه سالن مطب")
_CALLING = _words("ابجی داداش حاجی حاج عزیزم گلم عزیز جانم خانومی azizam aziz golam azizjan jan dadash")
"""How people are called who are written to."""
_POINTING = _words("اون اونم اونو اونا")
_WRONG = Phrases(
    "خراب بود", "خراب شده", "خراب شد", "خراب بودن", "پاره شده", "پاره بود", "پاره شد", "شکسته بود",
    "شکسته شده",
    "نشتی داشت", "نشتی داره", "نشت کرده", "ریخته بود", "مرجوع میکنیم", "مرجوع میکنم", "مرجوع کنید",
    "مرجوع کنیم", "مرجوعی", "ایراد داشت", "ایراد داره", "اشتباه فرستادید", "اشتباه فرستادین",
    "اشتباه اومده", "اومده بود", "باز شده بود", "تاریخ گذشته", "مشکل داشت", "مشکل داره",
)  # fmt: skip
_LONGEST_SAME = 4
_SAME = Phrases(
    "همینقدر", "همین قدر", "همونقدر", "همون قدر", "همینطور", "همین طور", "همین تعداد", "همون تعداد",
    "همین مقدار",
    "هم همینقدر", "هم همین قدر", "هم همونقدر", "هم همینطور", "هم همین طور", "هم همین تعداد", "به همین تعداد",
    "هم به همین تعداد", "هم همین", "هم همین مقدار",
)  # fmt: skip
_USUAL = Phrases("مثل همیشه", "طبق معمول", "مثل قبل", "مثل دفعه قبل")
_TRYING = _words("تست نمونه")
"""What is wanted to be tried is not ordered."""
_SENDING = _words("نیار نیارید نیارین نفرست نفرستید نفرستین")
_IN_FRONT_OF_MARK = frozenset({"از", "مارک", "برند", "شرکت"})
_THESE = _words("این ها رو را اینها اینا موارد زیر")
_NO_MARK = PLACES | _words("لیست هر طرف سفارش همون همین قبل این")
_LONGEST_MARK = 2
_HAVING = frozenset({"دارم", "داریم", "داره", "هست"})
_ONLY = frozenset({"فقط"})
_RO = frozenset({"رو", "را"})


def without_asides(words: Sequence[str]) -> list[str]:
    """The words without what is said by the way: «یادم رفت», «برای سالن», «آبجی»."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        length = _ASIDE.at(words, at)
        is_for = words[at] in _FOR and at + 1 < len(words) and words[at + 1] in _WHOM
        ends = at + 2 >= len(words) or words[at + 2][0].isdigit() or words[at + 2] in UNITS
        if length:
            at += length
        elif is_for and ends:
            at += 2
        elif words[at] in _CALLING or words[at] in _POINTING or _is_pointing(words, at):
            at += 1
        else:
            kept.append(words[at])
            at += 1
    return kept


def _is_pointing(words: Sequence[str], at: int) -> bool:
    """«از همون دستمال», «همون ۲ کارتن»; «همون قبلی» says more."""
    if words[at] != "همون":
        return False
    return (at > 0 and words[at - 1] == "از") or (at + 1 < len(words) and words[at + 1][0].isdigit())


def without_same(words: Sequence[str]) -> tuple[list[str], bool]:
    """Without «هم همینقدر» and «مثل همیشه» at the end, and whether as many are meant as before."""
    for at in range(max(1, len(words) - _LONGEST_SAME), len(words)):
        if _SAME.at(words, at) == len(words) - at:
            return list(words[:at]), True
        if _USUAL.at(words, at) == len(words) - at:
            return list(words[:at]), False
    return list(words), False


def clauses(words: Sequence[str]) -> list[list[str]]:
    """Cut behind «ولی» and behind a verb that ends what was told, asked for or done."""
    found: list[list[str]] = [[]]
    counted = max((span.start for span in spans(words)), default=-1)
    spoken_of = max((n for n, word in enumerate(words) if word in _RO), default=-1)
    for n, word in enumerate(words):
        if (
            word in _TURNING
            or word in _IN_PLACE
            or (word == AND and _is_done(found[-1], is_spoken_of=n < spoken_of))
        ):
            found.append([])
            continue
        if word in _ONLY and found[-1] and n > counted and _SENDING.intersection(words[n:]):
            found.append([])
        found[-1].append(word)
        is_told = word in _TOLD and not spans(found[-1])
        is_asked = word in _ASKED and n > counted and not _TRYING.intersection(words[n:])
        if n + 1 < len(words) and (is_told or is_asked):
            found.append([])
    return [part for part in found if part]


def _is_done(before: Sequence[str], *, is_spoken_of: bool) -> bool:
    """«… رو بکن ۲ کارتن و … رو حذف کن»: what is to be done with one thing, and then with another."""
    if not before:
        return False
    if is_spoken_of and _RO.intersection(before):
        return True
    is_verb = before[-1] in REMOVING or any(
        phrases.ends(before) for phrases in (REMOVING_PHRASES, MORE, LESS, SETTING)
    )
    return is_verb and len(before) > 2


def mark_of(words: Sequence[str]) -> str:
    """«از تابان‌مد»: the mark that a heading names; nothing where it names something else."""
    said = list(words)
    while said and (said[0] in _IN_FRONT_OF_MARK or said[0] in FILLER):
        said = said[1:]
    kept = [word for word in trimmed(said) if word not in _THESE]
    is_mark = "از" in words[:2] and 0 < len(kept) <= _LONGEST_MARK and not _NO_MARK.intersection(kept)
    return " ".join(kept) if is_mark else ""


def orders_nothing(words: Sequence[str], whole: Sequence[str], *, says_day: bool) -> bool:
    """«پنجشنبه نیارید», and what was wrong with goods that came."""
    if complains(words) and not _ASKED.intersection(whole):
        return True
    said = trimmed(words)
    return says_day and bool(said) and said[0] in _SENDING and not spans(words)


def refuses(words: Sequence[str]) -> bool:
    """«فقط فلان مارک نفرستید», «هنوز دارم نمیخواد»: beside an order that says what is not wanted."""
    is_sent = bool(_ONLY.intersection(words[:1]) and _SENDING.intersection(words))
    has_some = "هنوز" in words and bool(_HAVING.intersection(words) and REMOVING.intersection(words))
    return (is_sent or has_some) and not spans(words)


def complains(words: Sequence[str]) -> bool:
    """Whether something was wrong with what came: how many of it are ordered is not sure."""
    return _WRONG.first(words) is not None
