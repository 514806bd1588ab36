from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Unit
from domain.invoices import InvoiceLine, OrderedLine, credited, invoice_lines, part_of, sums
from domain.money import ZERO, Money, Rate, of_toman, total

VAT = Rate(1_000)


def ordered(
    quantity: int, price: int, discount: int = 0, *, delivered: int | None = None, vat: Rate = VAT
) -> OrderedLine:
    return OrderedLine(
        product_id=1,
        name="",
        unit=Unit.PIECE,
        quantity=quantity,
        delivered=quantity if delivered is None else delivered,
        unit_price=Money(price),
        discount=Money(discount),
        vat_rate=vat,
        is_bonus=False,
    )


def test_the_full_example_becomes_its_invoice_to_the_rial() -> None:
    """R5.6: shampoo, hand cream and gloves, with everything that was taken off of them."""
    lines = invoice_lines(
        (
            ordered(50, 1_480_000, 5_920_000 + 2_723_200 + 1_307_136 + 2_561_986),
            ordered(37, 900_000, 1_332_000 + 639_360 + 1_253_146),
            ordered(20, 2_650_000, 1_060_000 + 2_077_600, vat=Rate(0)),
        )
    )
    assert [line.vat.rials for line in lines] == [6_148_768, 3_007_549, 0]
    assert total(line.net for line in lines) == Money(141_425_572)
    assert total(line.total for line in lines) == Money(150_581_889)


def test_only_what_was_delivered_is_owed() -> None:
    (line,) = invoice_lines((ordered(48, 1_480_000, 5_683_200, delivered=20), ordered(5, 100, delivered=0)))
    assert (line.quantity, line.discount) == (20, Money(2_368_000))
    assert line.net == Money(27_232_000)
    assert line.vat == Money(2_723_200)


def test_bonus_goods_stand_at_their_list_price_with_all_of_it_taken_off() -> None:
    (line,) = invoice_lines((ordered(3, 900_000, 2_700_000),))
    assert (line.gross, line.net, line.vat) == (Money(2_700_000), ZERO, ZERO)


def test_two_damaged_of_twenty_four_are_credited_at_what_was_paid() -> None:
    """R5.7: line net 3,374,400 toman, 140,600 each and 10 %: 309,320 toman."""
    (line,) = invoice_lines((ordered(24, 1_480_000, 24 * 1_480_000 - 33_744_000),))
    note = credited(line, 2)
    assert note.net == of_toman(281_200)
    assert note.net + note.vat == of_toman(309_320)


@given(
    st.integers(1, 200),
    st.integers(0, 10_000_000),
    st.integers(0, 100),
    st.sampled_from([0, 900, 1_000]),
    st.data(),
)
def test_taken_back_in_steps_everything_is_credited_once(
    quantity: int, price: int, percent: int, rate: int, data: st.DataObject
) -> None:
    (line,) = invoice_lines((ordered(quantity, price, quantity * price * percent // 100, vat=Rate(rate)),))
    cuts = sorted(data.draw(st.sets(st.integers(1, quantity - 1), max_size=5))) if quantity > 1 else []
    steps = [until - first for first, until in zip([0, *cuts], [*cuts, quantity], strict=True)]
    notes, before = [], 0
    for units in steps:
        notes.append(credited(line, units, before))
        before += units
    assert sums(notes) == (line.net, line.vat)
    assert all(note.net >= ZERO and note.vat >= ZERO for note in notes)


@given(st.integers(0, 10**12), st.integers(1, 500), st.data())
def test_a_part_and_the_rest_of_it_make_the_whole(rials: int, quantity: int, data: st.DataObject) -> None:
    delivered = data.draw(st.integers(0, quantity))
    part = part_of(Money(rials), delivered, quantity)
    assert ZERO <= part <= Money(rials)
    rest = Money(rials) - part
    assert abs((rest - part_of(Money(rials), quantity - delivered, quantity)).rials) <= 1


@given(st.integers(1, 500), st.integers(0, 10**7), st.integers(0, 10_000), st.data())
def test_the_discount_of_what_was_delivered_is_never_more_than_its_price(
    quantity: int, price: int, points: int, data: st.DataObject
) -> None:
    discount = Money(quantity * price).share(Rate(points)).rials
    delivered = data.draw(st.integers(1, quantity))
    (line,) = invoice_lines((ordered(quantity, price, discount, delivered=delivered),))
    assert isinstance(line, InvoiceLine)
    assert ZERO <= line.discount <= line.gross
