"""The public holidays of 1404 to 1407: fixed days of the solar year, and lunar ones as they fall.

They are the seed of the table of holidays, which people then keep: lunar days are announced when the moon is
seen, so those of the later years are estimates.
"""

from __future__ import annotations

from datetime import date

from persiantools.jdatetime import JalaliDate

YEARS = range(1404, 1408)
SOLAR = {
    "نوروز": "1/1 1/2 1/3 1/4",
    "روز جمهوری اسلامی": "1/12",
    "روز طبیعت": "1/13",
    "رحلت امام خمینی": "3/14",
    "قیام ۱۵ خرداد": "3/15",
    "پیروزی انقلاب اسلامی": "11/22",
    "ملی شدن صنعت نفت": "12/29",
}
LUNAR = {
    "شهادت حضرت علی (ع)": "1404/1/2 1404/12/20 1405/12/10 1406/11/29 1407/11/18",
    "عید فطر": "1404/1/11 1404/1/12 1405/1/1 1405/1/2 1405/12/19 1405/12/20 1406/12/8 1406/12/9 1407/11/27",
    "شهادت امام صادق (ع)": "1404/2/4 1405/1/25 1406/1/14 1407/1/3",
    "عید قربان": "1404/3/16 1405/3/6 1406/2/27 1407/2/17",
    "عید غدیر": "1404/3/24 1405/3/14 1406/3/4 1407/2/25",
    "تاسوعا": "1404/4/14 1405/4/3 1406/3/25 1407/3/14",
    "عاشورا": "1404/4/15 1405/4/4 1406/3/26 1407/3/15",
    "اربعین": "1404/5/23 1405/5/13 1406/5/3 1407/4/24",
    "رحلت پیامبر (ص)": "1404/5/31 1405/5/21 1406/5/11 1407/5/1",
    "شهادت امام رضا (ع)": "1404/6/2 1405/5/22 1406/5/12 1407/5/2",
    "شهادت امام عسکری (ع)": "1404/6/10 1405/5/30 1406/5/20 1407/5/10",
    "میلاد پیامبر (ص)": "1404/6/19 1405/6/8 1406/5/29 1407/5/19",
    "شهادت حضرت فاطمه (س)": "1404/9/3 1405/8/22 1406/8/12 1407/8/1",
    "ولادت حضرت علی (ع)": "1404/10/13 1405/10/2 1406/9/21 1407/9/11",
    "مبعث": "1404/10/27 1405/10/16 1406/10/5 1407/9/25",
    "نیمه شعبان": "1404/11/15 1405/11/4 1406/10/23 1407/10/12",
}


def holidays() -> dict[date, str]:
    """The name of each day; where two holidays meet, both are named."""
    names: dict[JalaliDate, list[str]] = {}
    for name, days in SOLAR.items():
        for year in YEARS:
            for day in days.split():
                names.setdefault(_jalali(f"{year}/{day}"), []).append(name)
    for name, days in LUNAR.items():
        for day in days.split():
            names.setdefault(_jalali(day), []).append(name)
    return {day.to_gregorian(): "، ".join(found) for day, found in sorted(names.items())}


def _jalali(day: str) -> JalaliDate:
    year, month, number = (int(part) for part in day.split("/"))
    return JalaliDate(year, month, number)
