"""Where the town's customers are: cities with their routes, districts and streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Round:
    """A route: its weekdays count from Monday, 0."""

    name: str
    city: str
    weekdays: str
    visitor: str
    areas: tuple[str, ...]
    latitude: float
    longitude: float


ROUTES = (
    Round(
        "غرب ۳",
        "تهران",
        "0,2,5",
        "علی محمدی",
        ("سعادت‌آباد", "شهرک غرب", "پونک", "جنت‌آباد", "شهران"),
        35.778,
        51.376,
    ),
    Round(
        "شمال ۱",
        "تهران",
        "1,3,6",
        "سارا نوری",
        ("ونک", "تجریش", "پاسداران", "قلهک", "زعفرانیه"),
        35.784,
        51.434,
    ),
    Round(
        "شرق ۲",
        "تهران",
        "0,2,5",
        "رضا کاظمی",
        ("تهران‌پارس", "نارمک", "پیروزی", "رسالت"),
        35.737,
        51.519,
    ),
    Round(
        "مرکز ۱",
        "تهران",
        "1,3,5",
        "سارا نوری",
        ("یوسف‌آباد", "امیرآباد", "ولیعصر", "انقلاب"),
        35.712,
        51.399,
    ),
    Round(
        "کرج ۱",
        "کرج",
        "0,3",
        "رضا کاظمی",
        ("گوهردشت", "عظیمیه", "مهرشهر", "گلشهر"),
        35.832,
        50.972,
    ),
    Round(
        "اصفهان ۱",
        "اصفهان",
        "1,6",
        "مینا صفایی",
        ("چهارباغ", "مرداویج", "خانه اصفهان", "سپاهان‌شهر"),
        32.654,
        51.668,
    ),
    Round(
        "مشهد ۱",
        "مشهد",
        "2,5",
        "حامد توکلی",
        ("احمدآباد", "سجاد", "وکیل‌آباد", "قاسم‌آباد"),
        36.310,
        59.541,
    ),
)
STREETS = (
    "گلستان", "بهارستان", "نسترن", "ارغوان", "یاسمن", "سپیدار", "فرهنگ", "دانش", "کاج", "صنوبر",
    "نیلوفر", "شقایق", "آذر", "مهتاب", "ستاره", "باران",
)  # fmt: skip


def route_rows(staff_ids: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "name": each.name,
            "weekdays": each.weekdays,
            "cutoff_minutes": 17 * 60,
            "from_hour": 10,
            "until_hour": 13,
            "areas": "، ".join(each.areas),
            "city": each.city,
            "visitor_id": staff_ids[each.visitor],
            "is_strict": True,
        }
        for number, each in enumerate(ROUTES, start=1)
    ]
