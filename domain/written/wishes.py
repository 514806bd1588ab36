"""What a written order says about the whole of it: when it comes, how it is paid, what is left as a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.dates import Leaning, typed_day
from domain.errors import NotADay
from domain.numerals import plainly
from domain.persian import clean, search_key
from domain.terms import Term, TermKind
from domain.written_drafts import Said


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AROUND_DAYS = _words("صبح ظهر عصر بعدازظهر شب تا قبل از برای واسه روز اول وقت ظهرش همین خود حدود")
"""What may stand beside a day and changes nothing about which one it is."""
_NEXT = {"اینده": "بعد", "بعدی": "بعد", "آینده": "بعد"}
_CASH = _words("نقد نقدی نقدا نقدیه کارت کارتخوان واریز")
_CHEQUE = _words("چک چکی چکه")
_DAYS = re.compile(r"(?<![0-9])([0-9]{1,3})\s*روزه")
_MONTHS = re.compile(r"(?<![^\W_])(یک|یه|دو|سه|چهار|[1-6])\s*ماهه")
_MONTH_WORDS = {"یک": 1, "یه": 1, "دو": 2, "سه": 3, "چهار": 4}
DAYS_IN_A_MONTH = 30
_GREETINGS = frozenset(("سلام", "درود"))
_BETWEEN = re.compile(r"[\n،؛;,!؟?]+|\.(?=\s|$)")
_INSTEAD = re.compile(r"(?:\s|^)(?:به\s?جا(?:ش|شون|ی\s?(?:اون|آن|این|ان))|عوضش|جاش)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Paying:
    """What was said about paying. ``is_usual``: «مثل همیشه»; ``kinds`` are empty where no way was named."""

    kinds: frozenset[TermKind]
    days: int | None = None
    is_usual: bool = False

    def among(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        """Those that this may mean."""
        return tuple(
            term
            for term in terms
            if (not self.kinds or term.kind in self.kinds)
            and (self.days is None or (not term.is_cash and term.days == self.days))
        )


def paying_said(words: Sequence[str], text: str) -> Paying | None:
    """«چک ۴۵ روزه», «نقد», «مثل همیشه چکی», «۴۵ روزه»; None when nothing was said about it."""
    plain = plainly(text)
    days = _DAYS.search(plain)
    months = _MONTHS.search(plain)
    if not words:
        return None
    kinds: set[TermKind] = set()
    if _CASH & set(words):
        kinds |= {TermKind.CASH_PRE, TermKind.COD}
    if _CHEQUE & set(words):
        kinds.add(TermKind.CHEQUE)
    if "حساب" in words:
        kinds.add(TermKind.ACCOUNT)
    how_long = int(days[1]) if days else None
    if months and not days:
        how_long = DAYS_IN_A_MONTH * (_MONTH_WORDS.get(months[1]) or int(months[1]))
    is_usual = any(word.startswith("همیش") for word in words)
    if not kinds and how_long is None and not is_usual:
        return None
    return Paying(frozenset(kinds), how_long, is_usual)


def chosen_term(paying: Paying, allowed: Sequence[Term], used: Sequence[Term]) -> tuple[Term, ...]:
    """The term that is meant; several where it has to be asked, none where nothing like it was agreed.

    ``used`` are those of the last orders, the newest first: «مثل همیشه» means the last of that kind.
    """
    meant = paying.among(allowed)
    if len(meant) > 1 and paying.is_usual:
        for each in used:
            for term in meant:
                if term.is_same(each.agreed):
                    return (term,)
    return meant


def day_said(words: Sequence[str], today: date) -> date | None:
    """The day on which it shall come; None when it is not clear which one."""
    if not words:
        return None
    for said in (list(words), [word for word in words if word not in _AROUND_DAYS]):
        for text in _spellings(said):
            try:
                return typed_day(text, today, Leaning.FUTURE)
            except NotADay:
                continue
    return None


def _spellings(words: Sequence[str]) -> tuple[str, ...]:
    """«هفته بعد سه‌شنبه» is also read as «سه‌شنبه هفته بعد»."""
    words = [_NEXT.get(word, word) for word in words]
    return (" ".join(words), " ".join((*words[-1:], *words[:-1])))


def greets(text: str) -> bool:
    """Whether it begins with a greeting, which is returned."""
    words = search_key(text[:100]).split()
    return bool(words) and words[0] in _GREETINGS


def as_typed(notes: Iterable[str], text: str, named: Iterable[str] = ()) -> tuple[str, ...]:
    """The notes as they stand in the text: in the letters of whoever wrote them, with all that stood beside.

    ``named`` are the pieces in which goods are named: nothing of these belongs to a note.
    """
    parts = {search_key(part): " ".join(part.split()) for part in _BETWEEN.split(clean(text)) if part.strip()}
    goods = [key for each in named if (key := search_key(each))]
    whole = {key: part for key, part in parts.items() if not any(each in key for each in goods)}
    found = []
    for note in notes:
        key = search_key(note)
        around = next((part for whole_key, part in whole.items() if key and key in whole_key), note)
        found.append(parts.get(key) or around)
    return tuple(dict.fromkeys(found))


def parts_instead(text: str) -> tuple[tuple[str, bool], ...]:
    """The text cut where «به‌جاش» was said, and of each part whether it shall take another's place."""
    plain = clean(text).replace("\u200c", " ")
    if not _INSTEAD.search(plain):
        return ((text, False),)
    parts = (part.strip(" ،,") for part in _INSTEAD.split(plain))
    return tuple((part, at > 0) for at, part in enumerate(parts) if part)


_ANSWERS = {
    search_key(text): said
    for said, texts in (
        (Said.DROP, ("حذف", "حذفش کن", "حذف کن", "نمی‌خوام", "نمی‌خواهم", "بی‌خیال", "ولش کن")),
        (Said.NONE, ("هیچ‌کدام", "هیچکدام", "هیچ‌کدوم", "هیچکدوم", "هیچی")),
        (Said.HALF, ("نصف‌نصف", "نصفنصف", "نصف به نصف", "از هر کدام نصف")),
        (Said.ALERT, ("خبرم کن", "خبرم کنید", "خبر بده", "خبر بدید")),
    )
    for text in texts
}


def answer_said(text: str) -> Said | None:
    """An answer that names nothing: «هیچ‌کدام», «نصف‌نصف», «حذف»."""
    return _ANSWERS.get(search_key(text[:40]))
