"""What the gallery's screens speak of: the pharmacy of the scripts, its products, baskets and orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.actors import Actor, Identity, Rights, Stranger
from domain.basket import Basket, Summary, line_of
from domain.calendar import DeliveryPlan, Route
from domain.catalogue import Category, Offer, Product, Shelf, Stock
from domain.customers import Contact, Customer, CustomerKind, MembershipRequest, Outlet
from domain.money import Rate, of_toman
from domain.order_views import OrderBrief, OrderView
from domain.orders import Order, OrderEvent, OrderStatus
from domain.staff import Role, Staff
from domain.support import SupportMessage
from sandbox.town_products import models
from sandbox.town_shelves import SHELVES

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)
SHAMPOO_PICTURE = 1
NONCE = "A" * 22
GOODS = {model.label: (number, model) for number, model in enumerate(models(1), start=1)}
CATEGORIES = tuple(
    Category(id=number, name=shelf.name, emoji=shelf.emoji, product_count=shelf.count)
    for number, shelf in enumerate(SHELVES, start=1)
)
ROUTE = Route(id=1, name="غرب ۳", weekdays=frozenset({0, 2, 5}), visitor_name="علی محمدی")
PLAN = DeliveryPlan(short_address="سعادت‌آباد، سرو غربی ۴۲", route=ROUTE, holidays=frozenset())
CUSTOMER = Customer(id=1, external_ref=None, name="داروخانه دکتر رضایی", kind=CustomerKind.PHARMACY)
CONTACT = Contact(id=1, name="آقای دکتر رضایی", mobile="09000001009")
IDENTITY = Identity(id=1, platform="telegram", user_id=1, chat_id=1, name="دکتر رضایی")
BUYER = Actor(
    identity=IDENTITY,
    person=CONTACT,
    customer=CUSTOMER,
    rights=Rights(may_order=True, may_see_balance=True, may_approve=True),
)
STRANGER = Actor(identity=IDENTITY, person=Stranger())
MANAGER = Staff(id=1, name="مهندس کریمی", role=Role.MANAGER)
STAFF = Actor(identity=IDENTITY, person=MANAGER)


def offer(label: str) -> Offer:
    """A product of the town as the pharmacy sees it."""
    number, model = GOODS[label]
    product = Product(
        id=number,
        code=model.code,
        name=model.name,
        short_name=model.short,
        label=model.label,
        family=model.family,
        variant=model.variant,
        unit=model.unit,
        carton=model.carton,
        vat=Rate(model.vat),
        category_id=1,
        photo_id=SHAMPOO_PICTURE,
    )
    stock = Stock(on_hand=model.available)
    return Offer(product=product, price=of_toman(model.toman), stock=stock, price_list="پایه")


SHAMPOO, TOOTHPASTE = offer("شامپو آوین ۲۵۰"), offer("خمیردندان سپیدتن")
GLOVES, MASK, SERUM = offer("دستکش M"), offer("ماسک موی سپیدار"), offer("سرم مو نگاره")
SHADE, NEAR_SHADE = offer("رنگ ۷/۳"), offer("رنگ ۷/۳۱")
SHELF = Shelf(
    offers=(SHAMPOO, offer("شامپو ضدریزش آوین"), MASK, SERUM),
    total=84,
    category="مراقبت مو",
    brand="آوین",
)
NO_OFFERS = Shelf(offers=(), total=0)


def one(shown: Offer) -> Shelf:
    return Shelf(offers=(shown,), total=1, category="مراقبت مو")


LINES = (line_of(SHAMPOO, 24), line_of(TOOTHPASTE, 40), line_of(GLOVES, 10))
DRAFT = Order(
    id=7, customer_id=1, outlet_id=1, contact_id=1, lines=LINES, deliver_on=MONDAY, nonce=NONCE, version=3
)
BASKET = Basket(draft=DRAFT)
EMPTY = Basket(draft=replace(DRAFT, lines=()))
_STEPS = (OrderStatus.PLACED, OrderStatus.APPROVED, OrderStatus.PICKING)
PLACED = replace(
    DRAFT,
    number=40_521,
    status=OrderStatus.PICKING,
    placed_at=NOW,
    note="لطفاً پیش از ظهر",
    events=tuple(
        OrderEvent(status=status, at=NOW + timedelta(hours=hours)) for hours, status in enumerate(_STEPS)
    ),
)
VIEW = OrderView(order=PLACED, plan=PLAN, can_change=False)
FRESH = OrderView(
    order=replace(PLACED, status=OrderStatus.APPROVED, events=PLACED.events[:2]), plan=PLAN, can_change=True
)
CHANGING = Basket(draft=replace(DRAFT, changes=8), original=PLACED)
OUTLETS = tuple(
    Outlet(id=number, customer_id=3, name=name, city="تهران", address=short, short_address=short)
    for number, (name, short) in enumerate(
        (("شعبه پونک", "پونک، صنوبر ۷"), ("شعبه ونک", "ونک، یاسمن ۱۱۰"), ("شعبه تجریش", "تجریش، مهتاب ۲۳")), 1
    )
)
SUMMARY = Summary(basket=BASKET, plan=PLAN)
LAST_TIME = replace(
    PLACED,
    status=OrderStatus.DELIVERED,
    lines=(line_of(offer("رنگ ۶/۱"), 12), line_of(SHADE, 12), line_of(offer("اکسیدان ۶٪"), 12)),
    number=40_488,
    placed_at=NOW - timedelta(days=10),
)
BRIEFS = tuple(
    OrderBrief(
        id=number,
        number=40_400 + number,
        status=status,
        deliver_on=MONDAY,
        placed_at=NOW - timedelta(days=9 * number),
        line_count=number,
        payable=of_toman(5_821_200 + 7_300 * number),
        customer_name="سالن زیبایی نگین",
    )
    for number, status in enumerate(
        (OrderStatus.PICKING, OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.PART_DELIVERED), 1
    )
)
REQUEST = MembershipRequest(
    id=5,
    number=228,
    identity_id=1,
    mobile="09000001009",
    person_name="دکتر رضایی",
    name="داروخانه دکتر رضایی",
    kind=CustomerKind.PHARMACY,
    city="تهران",
    address="سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲",
    asked_at=NOW,
)
QUESTION = SupportMessage(
    id=3,
    identity_id=1,
    person="دکتر رضایی",
    customer="داروخانه دکتر رضایی",
    text="سرم مو نگاره کی می‌رسد؟",
    asked_at=NOW,
)
