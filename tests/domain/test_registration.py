import pytest

from domain.addresses import Place, name_core, place, typed
from domain.customers import CustomerKind, RequestStatus
from domain.errors import NotAnAddress, TextRefused
from domain.registration import (
    RequestCard,
    RouteHint,
    card_of,
    suggested_route,
)


def a_route(name: str, city: str = "تهران", *areas: str) -> RouteHint:
    return RouteHint(id=1, name=name, city=city, areas=areas, weekdays=(5,), visitor=None)


@pytest.mark.parametrize(
    ("text", "city", "district"),
    [
        ("تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲", "تهران", "سعادت‌آباد"),
        ("تهران, ونک", "تهران", "ونک"),
        ("شهر ری\nخیابان حرم", "ری", "خیابان حرم"),
        ("شیراز خیابان زند", "شیراز", "خیابان زند"),
        ("تهران - ونک - ملاصدرا", "تهران", "ونک"),
    ],
)
def test_the_city_comes_first(text: str, city: str, district: str) -> None:
    assert (place(text).city, place(text).district) == (city, district)


@pytest.mark.parametrize("text", [None, "", "تهران", "،،،", "؟! ،!"])
def test_a_city_alone_is_no_address(text: str | None) -> None:
    with pytest.raises(NotAnAddress):
        place(text)


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(TextRefused):
        place("تهران، " + "کوچه " * 200)


def test_a_short_address_leaves_out_what_everybody_knows() -> None:
    where = Place(city="تهران", address="سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲")
    assert where.short_address == "سعادت‌آباد، سرو غربی ۴۲"


def test_typed_text_is_one_clean_line() -> None:
    assert typed("  داروخانه \n دکتر\u202e رضایی ", 100) == "داروخانه دکتر رضایی"
    for wrong in (None, "", "   ", "؟!", "😀", "الف" * 100):
        with pytest.raises(TextRefused):
            typed(wrong, 100)


def test_a_centre_is_known_by_what_is_its_own() -> None:
    assert name_core("داروخانه دکتر رضایی") == "رضایی"
    assert name_core("سالن زیبایی نگین") == "نگین"
    assert name_core("داروخانه") == "داروخانه"


def test_the_route_is_found_by_the_area_in_the_address() -> None:
    routes = (a_route("شرق ۱", "تهران", "نارمک"), a_route("غرب ۳", "تهران", "سعادت‌آباد", "شهرک غرب"))
    assert suggested_route(routes, place("تهران، سعادت آباد، سرو")) is routes[1]
    assert suggested_route(routes, place("تهران، تجریش")) is None
    assert suggested_route(routes, place("شیراز، سعادت‌آباد")) is None


def test_a_route_without_areas_serves_its_whole_town() -> None:
    routes = (a_route("شیراز", "شیراز"), a_route("شیراز مرکز", "شیراز", "زند"))
    assert suggested_route(routes, place("شیراز، معالی‌آباد")) is routes[0]
    assert suggested_route(routes, place("شیراز، زند")) is routes[1]


def test_an_area_is_a_whole_word() -> None:
    assert suggested_route((a_route("غرب", "تهران", "ونک"),), place("تهران، پونکی")) is None


def test_a_card_survives_its_way_through_the_outbox() -> None:
    card = RequestCard(
        request_id=7,
        number=228,
        name="الف",
        kind=CustomerKind.SALON,
        city="تهران",
        district="ونک",
        has_location=True,
        has_licence=False,
        similar=("ب",),
        status=RequestStatus.REJECTED,
    )
    assert card_of({**card.facts(), "similar": ["ب"]}) == card
