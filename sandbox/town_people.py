"""The town's people: staff, customers with their outlets, those who act for them, and a few strangers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from domain.customers import CustomerKind
from domain.staff import Role
from sandbox.town_routes import ROUTES, STREETS

PHARMACY, SALON, MANAGER, WAREHOUSE, SUPPORT = "pharmacy", "salon", "manager", "warehouse", "support"
FINANCE, VISITOR, STRANGER, KNOWN, CHAIN = "finance", "visitor", "stranger", "known", "chain"
ASSISTANT, TWO_CENTRES, ROSE = "assistant", "two_centres", "rose"
HOW_MANY = 60
_FIRST_USER = 5_300_000_000
_PHARMACY_KIND, _SALON_KIND = CustomerKind.PHARMACY, CustomerKind.SALON


@dataclass(frozen=True, slots=True)
class Shop:
    """One delivery point: the route is the place of a row in the table of routes, from 1."""

    name: str
    route_id: int
    address: str
    short_address: str


@dataclass(slots=True)
class Someone:
    """A person with a messenger. ``known_as`` is how a test finds them; ``is_linked`` is False for those
    whom the bot has not met yet, though our books may hold their number."""

    name: str
    chat_name: str
    known_as: str | None = None
    role: Role | None = None
    firms: list[int] = field(default_factory=list)
    may_order: bool = True
    may_see_balance: bool = True
    is_linked: bool = True
    is_contact: bool = False
    number: int = 0

    @property
    def mobile(self) -> str:
        """An invented number: no subscriber's number begins with four zeros."""
        return f"0900000{self.number:04}"

    @property
    def user_id(self) -> int:
        return _FIRST_USER + self.number * 104_729


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    kind: CustomerKind
    shops: tuple[Shop, ...]


@dataclass(slots=True)
class Society:
    firms: list[Firm] = field(default_factory=list)
    people: list[Someone] = field(default_factory=list)

    def add(self, firm: Firm, *contacts: Someone) -> int:
        """A new customer and who acts for it; its id."""
        self.firms.append(firm)
        for each in contacts:
            each.firms.append(len(self.firms))
            if each not in self.people:
                self.join(each)
        return len(self.firms)

    def join(self, someone: Someone) -> None:
        someone.number = 1_000 + len(self.people)
        someone.is_contact = bool(someone.firms)
        self.people.append(someone)


def society(seed: int) -> Society:
    """Everybody, in an order that never changes: the named ones first."""
    found = Society()
    for name, role, known_as in _STAFF:
        found.join(Someone(name, name, known_as, role))
    _named_firms(found)
    random = Random(f"{seed}:people")
    names = _firm_names(random)
    while len(found.firms) < HOW_MANY:
        _one_more(found, next(names), random)
    for name, known_as in (("سینا رفیعی", STRANGER), ("نازنین کاوه", None), ("پیمان آریا", None)):
        found.join(Someone(name, name, known_as, is_linked=False))
    return found


_STAFF = (
    ("مهندس کریمی", Role.MANAGER, MANAGER),
    ("سمیه رستگار", Role.FINANCE, FINANCE),
    ("حسین بیات", Role.WAREHOUSE, WAREHOUSE),
    ("علی محمدی", Role.VISITOR, VISITOR),
    ("سارا نوری", Role.VISITOR, None),
    ("رضا کاظمی", Role.VISITOR, None),
    ("مینا صفایی", Role.VISITOR, None),
    ("حامد توکلی", Role.VISITOR, None),
    ("خانم صادقی", Role.SUPPORT, SUPPORT),
)
_FULL, _SHORT = "خیابان {0}، پلاک {1}", "{0} {1}"


def _shop(name: str, route_id: int, area: str, street: str, plate: str) -> Shop:
    return Shop(
        name, route_id, f"{area}، {_FULL.format(street, plate)}", f"{area}، {_SHORT.format(street, plate)}"
    )


def _named_firms(to: Society) -> None:
    """The customers of the scripts, with the people who speak there."""
    to.add(
        Firm(
            "داروخانه دکتر رضایی",
            _PHARMACY_KIND,
            (_shop("سعادت‌آباد", 1, "سعادت‌آباد", "سرو غربی", "۴۲"),),
        ),
        Someone("آقای دکتر رضایی", "دکتر رضایی", PHARMACY),
        Someone("خانم نادری", "فاطمه نادری", ASSISTANT, may_see_balance=False),
        Someone("مریم احمدی", "مریم احمدی", KNOWN, may_see_balance=False, is_linked=False),
    )
    to.add(
        Firm("سالن زیبایی نگین", _SALON_KIND, (_shop("شهرک غرب", 1, "شهرک غرب", "نسترن", "۱۸"),)),
        Someone("نگین شریفی", "نگین شریفی", SALON),
    )
    branches = (
        _shop("شعبه ونک", 2, "ونک", "یاسمن", "۱۱۰"),
        _shop("شعبه پونک", 1, "پونک", "صنوبر", "۷"),
        _shop("شعبه تجریش", 2, "تجریش", "مهتاب", "۲۳"),
        _shop("شعبه گوهردشت", 5, "گوهردشت", "دانش", "۵۱"),
    )
    to.add(
        Firm("فروشگاه زنجیره‌ای آفتاب", CustomerKind.CHAIN, branches),
        Someone("خانم تهرانی", "شیرین تهرانی", CHAIN),
    )
    to.add(
        Firm("سالن رز", _SALON_KIND, (_shop("پاسداران", 2, "پاسداران", "ارغوان", "۹"),)),
        Someone("رز معتمدی", "رز معتمدی", ROSE),
    )
    doctor = Someone("دکتر شمس", "دکتر شمس", TWO_CENTRES)
    to.add(Firm("داروخانه شفا", _PHARMACY_KIND, (_shop("شهرک غرب", 1, "شهرک غرب", "کاج", "۳"),)), doctor)
    to.add(Firm("داروخانه بهار", _PHARMACY_KIND, (_shop("ولیعصر", 4, "ولیعصر", "فرهنگ", "۷۷"),)), doctor)
    for name, kind, shop, contact in (
        ("داروخانه مهر", _PHARMACY_KIND, _shop("پونک", 1, "پونک", "گلستان", "۱۲"), "یاسر مهرجو"),
        ("زنجیره‌ای پارسا", CustomerKind.CHAIN, _shop("نارمک", 3, "نارمک", "باران", "۶۴"), "بهزاد پارسا"),
        ("سالن آوا", _SALON_KIND, _shop("قلهک", 2, "قلهک", "شقایق", "۲۱"), "آوا نیک‌نام"),
    ):
        to.add(Firm(name, kind, (shop,)), Someone(contact, contact))


_FAMILIES = (
    "یوسفی", "کاویانی", "سلطانی", "فرزانه", "خسروی", "داوری", "معینی", "رستمی", "جاوید", "بهروزی",
    "طاهری", "شکوهی", "وثوقی", "عظیمی", "نیازی", "پورمند", "حکیمی", "صبوری", "گلپایه", "مهدوی",
)  # fmt: skip
_FIRST_NAMES = (
    "نرگس", "پرستو", "کامران", "سهیل", "لادن", "مینو", "آرش", "بهنام", "شیوا", "نیما", "الهام", "کاوه",
    "مهرداد", "ترانه", "فرهاد", "ژاله",
)  # fmt: skip
_SALONS = ("پریا", "ماهک", "رویا", "ونوس", "آیلین", "هلیا", "سوگند", "مرجان", "تینا", "گلناز")
_SHOPS = ("سپهر", "آسمان", "ایمان", "کیمیا", "ترنم", "نوبهار", "امید", "پگاه")
_ONLINE = ("زیباکالا", "سبدسبز", "رخسار", "عطرینه")


def _firm_names(random: Random) -> Iterator[tuple[str, CustomerKind, str | None]]:
    """Name, kind, and the family name of the pharmacist where the name holds it; shuffled."""
    names: list[tuple[str, CustomerKind, str | None]] = [
        *((f"داروخانه دکتر {each}", _PHARMACY_KIND, each) for each in _FAMILIES),
        *((f"سالن زیبایی {each}", _SALON_KIND, None) for each in _SALONS),
        *((f"فروشگاه {each}", CustomerKind.CHAIN, None) for each in _SHOPS),
        *((f"فروشگاه اینترنتی {each}", CustomerKind.ONLINE, None) for each in _ONLINE),
        *(
            (f"داروخانه شبانه‌روزی {each}", _PHARMACY_KIND, None)
            for each in ("البرز", "نور", "آریا", "سینا", "رازی")
        ),
        *((f"آرایشگاه {each}", _SALON_KIND, None) for each in ("شایان", "پارس", "آرمان", "دیبا")),
    ]
    random.shuffle(names)
    return iter(names)


def _one_more(to: Society, called: tuple[str, CustomerKind, str | None], random: Random) -> None:
    name, kind, family = called
    # Every second one is in the capital, the others are shared out among the three other cities.
    number = len(to.firms)
    route_id = random.randrange(1, 5) if number % 2 else 5 + number // 2 % 3
    area = random.choice(ROUTES[route_id - 1].areas)
    plate = str(random.randrange(2, 180)).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    shop = _shop(area, route_id, area, random.choice(STREETS), plate)
    contact = f"دکتر {family}" if family else f"{random.choice(_FIRST_NAMES)} {random.choice(_FAMILIES)}"
    to.add(Firm(name, kind, (shop,)), Someone(contact, contact))
