"""One reader's words, digits, calendar and money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from domain.money import Money, MoneyUnit, Rate
from domain.persian import clean
from screens.in_rials import Catalogue, InRials

BUSINESS_ZONE = ZoneInfo("Asia/Tehran")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
JALALI_MONTHS = (
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
    "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Words(str):
    """Text that a Language has dressed already: it is put into other text as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A date without its weekday: «۲۰ آبان»."""

    day: date


@dataclass(frozen=True, slots=True)
class Weekday:
    """Only the weekday of a date (or of a number, Monday is 0): «دوشنبه»."""

    day: date | int


@dataclass(frozen=True, slots=True)
class FullDay:
    """A date with its year: «۲۰ آبان ۱۴۰۵»."""

    day: date


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date as documents write it: «۱۴۰۵/۰۸/۲۰»."""

    day: date


@dataclass(frozen=True, slots=True)
class Rials:
    """An amount to the last rial, whatever the company counts in: documents are made in rials."""

    money: Money


@dataclass(frozen=True, slots=True)
class Millions:
    """An amount in millions, at a glance: «۳۰۰», «۱۲٫۳»; the word stands in the message."""

    money: Money


@dataclass(frozen=True, slots=True)
class Many:
    """A count with its thousands apart: «۱٬۴۴۰»."""

    count: int


@dataclass(frozen=True, slots=True)
class Hour:
    """The time of an instant in Tehran: «۱۱:۲۰»."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Copyable:
    """Latin digits to be copied (a phone number, an id): kept left to right, in a monospaced face."""

    text: str


class Language:
    """Screens call it ``_``: it translates, then dresses each value by its type.

    Nobody else quotes HTML, turns digits, formats money or knows the Jalali calendar. Screens say «toman»;
    where the company counts in rials, that word is exchanged before any value is put in, and so are amounts.
    """

    def __init__(self, code: str, catalogue: Catalogue, money_unit: MoneyUnit = MoneyUnit.TOMAN) -> None:
        self.code = code
        self.money_unit = money_unit
        self._catalogue = catalogue if money_unit is MoneyUnit.TOMAN else InRials(catalogue)

    def __call__(self, message: str, /, **values: object) -> Words:
        """Text of a message: values are quoted for HTML."""
        return Words(self._catalogue.gettext(message).format(**self._dressed(values, quote=True)))

    def label(self, message: str, /, **values: object) -> str:
        """Plain text, for a button or a toast: nothing is quoted, because nothing is parsed there."""
        return self._catalogue.gettext(message).format(**self._dressed(values, quote=False))

    def say(self, value: object) -> Words:
        """One value alone, dressed for the text of a message."""
        return Words(self._dress(value, quote=True))

    def plain(self, value: object) -> str:
        """One value alone, for a button, a file or a table: nothing is quoted there."""
        return self._dress(value, quote=False)

    def listed(self, values: Iterable[object]) -> Words:
        """Several values one after another: «شنبه، دوشنبه، چهارشنبه»."""
        return Words(f"{self._comma} ".join(self._dress(value, quote=True) for value in values))

    def _dressed(self, values: Mapping[str, object], *, quote: bool) -> dict[str, str]:
        return {name: self._dress(value, quote=quote) for name, value in values.items()}

    def _dress(self, value: object, *, quote: bool) -> str:  # noqa: C901 - one arm a type
        match value:
            case Words():
                return value
            case str():
                # A label is one line; in a text what was typed keeps its lines.
                return (
                    escape(isolated(clean(value)), quote=False)
                    if quote
                    else isolated(" ".join(clean(value).split("\n")))
                )
            case Money():
                return self._amount(value)
            case bool():
                raise TypeError("a screen says yes and no in words")
            case int():
                return self.digits(str(value)) if value >= 0 else f"\u2066−{self.digits(str(-value))}\u2069"
            case Rate(basis_points=points):
                number = f"{points / 100:g}"
                return f"{self.digits(number).replace('.', '٫')}٪" if self.code == "fa" else f"{number}%"
            case datetime():
                return (
                    f"{self._date(value.astimezone(BUSINESS_ZONE).date())}{self._comma} {self._hour(value)}"
                )
            case date():
                return f"{self._weekday(value.weekday())} {self._date(value)}"
            case Day(day=day):
                return self._date(day)
            case Weekday(day=int() as number):
                return self._weekday(number)
            case Weekday(day=date() as day):
                return self._weekday(day.weekday())
            case FullDay(day=day):
                return f"{self._date(day)} {self.digits(str(JalaliDate.to_jalali(day).year))}"
            case Numeric(day=day):
                return self.digits(f"{JalaliDate.to_jalali(day):%Y/%m/%d}")
            case Rials(money=money):
                return self._counted(money.rials)
            case Millions(money=money):
                return self._millions(money)
            case Many(count=count):
                return self._counted(count)
            case Hour(at=at):
                return self._hour(at)
            case Copyable(text=text):
                return (
                    f"<code>\u2066{escape(clean(text))}\u2069</code>"
                    if quote
                    else f"\u2066{clean(text)}\u2069"
                )
        raise TypeError(f"no screen knows how to say a {type(value).__name__}")

    @property
    def _comma(self) -> str:
        return "،" if self.code == "fa" else ","

    def digits(self, text: str) -> str:
        """Babel gives Persian its separators but leaves the digits Latin; we turn them ourselves."""
        return text.translate(PERSIAN_DIGITS) if self.code == "fa" else text

    def _amount(self, money: Money) -> str:
        return self._counted(money.counted_in(self.money_unit))

    def _counted(self, amount: int) -> str:
        """Thousands apart; a negative amount is isolated so that its sign stays in front."""
        number = self.digits(f"{abs(amount):,}")
        if self.code == "fa":
            number = number.replace(",", "٬")
        return f"\u2066−{number}\u2069" if amount < 0 else number

    def _millions(self, money: Money) -> str:
        """One decimal; two for what would else be shown as less than it is worth."""
        counted = Decimal(abs(money.counted_in(self.money_unit))) / 1_000_000
        places = Decimal("0.1") if counted >= 1 else Decimal("0.01")
        number = self.digits(f"{counted.quantize(places, ROUND_HALF_UP):,f}".rstrip("0").rstrip("."))
        if self.code == "fa":
            number = number.replace(",", "٬").replace(".", "٫")
        return f"\u2066−{number}\u2069" if money.rials < 0 else number

    def _date(self, day: date) -> str:
        jalali = JalaliDate.to_jalali(day)
        return f"{self.digits(str(jalali.day))} {self._catalogue.gettext(JALALI_MONTHS[jalali.month - 1])}"

    def _weekday(self, weekday: int) -> str:
        return self._catalogue.gettext(WEEKDAYS[weekday])

    def _hour(self, at: datetime) -> str:
        return self.digits(f"{at.astimezone(BUSINESS_ZONE):%H:%M}")


def isolated(text: str) -> str:
    """Text with Latin letters keeps its own direction: without isolates they pull the digits after them.

    An isolate ends with its line, so each line has its own.
    """
    if "\n" in text:
        return "\n".join(map(isolated, text.split("\n")))
    return f"\u2068{text}\u2069" if any("A" <= c <= "z" and c.isalpha() for c in text) else text


def calendar_words(_: Language) -> tuple[str, ...]:
    """Where the names of months, weekdays and units are found by whoever gathers the words."""
    return (
        _("Farvardin"), _("Ordibehesht"), _("Khordad"), _("Tir"), _("Mordad"), _("Shahrivar"),
        _("Mehr"), _("Aban"), _("Azar"), _("Dey"), _("Bahman"), _("Esfand"),
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
        _("toman"), _("rials"),
    )  # fmt: skip
