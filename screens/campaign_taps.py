"""What a recipient sees after a tap under a campaign's message. The message itself stays as it is."""

from __future__ import annotations

from dataclasses import replace

from domain.campaign_taps import Gone, Looked, Over, Taken, TappedMessage
from screens.basket import basket
from screens.callbacks.campaigns import WantPromotions
from screens.callbacks.catalogue import OpenCatalogue, OpenProduct
from screens.callbacks.settings import OpenSettings
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.offers import deal
from screens.product import product_card
from screens.screen import Answer, Button, Screen


def taken(taken: Taken, _: Language) -> Screen:
    """The basket of the shop that the message was for."""
    return _apart(basket(taken.basket, _), taken.centre, _)


def looked(looked: Looked, in_basket: int | None, _: Language) -> Screen:
    if looked.deal is not None:
        screen = deal(looked.deal, looked.shelf, looked.reader, in_basket, _)
    else:
        assert looked.shelf is not None
        screen = product_card(looked.shelf, looked.reader, _, deals=looked.deals)
    return _apart(screen, looked.centre, _)


def over(over: Over, _: Language) -> Screen:
    """The goods may still be there, at their usual price: that is said before anybody orders them."""
    text = _("This offer is over.")
    if over.ended_on is not None:
        text = _("This offer held until {day}, and is over.", day=Day(over.ended_on))
    rows: list[tuple[Button, ...]] = []
    if over.product_id is not None:
        still = _("You can still order it at the price of today.")
        text = Words(f"{text}\n{still}")
        rows.append((Button(_.label("📦 See the product"), OpenProduct(product_id=over.product_id)),))
    order = Button(_.label("🛒 New order"), OpenCatalogue())
    return Screen(text, (*rows, (order, home_button(_))), is_new=True)


def gone(_gone: Gone, _: Language) -> Screen:
    order = Button(_.label("🛒 New order"), OpenCatalogue())
    return Screen(_("This is not sold any more."), ((order, home_button(_)),), is_new=True)


def stopped(message: TappedMessage, _: Language) -> Screen:
    """«دیگر نمی‌فرستیم», with the way back."""
    text = _(
        "We will not send you any more ✅\n"
        "You still hear about your orders and your account, and our support is there as always."
    )
    back = Button(_.label("↩️ A slip, keep sending"), WantPromotions(recipient_id=message.recipient_id))
    settings = Button(_.label("⚙️ Settings"), OpenSettings())
    return Screen(text, ((back,), (settings, home_button(_))), is_new=True)


def wanted_again(_: Language) -> Screen:
    settings = Button(_.label("⚙️ Settings"), OpenSettings())
    return Screen(_("All right: offers keep coming to you ✅"), ((settings, home_button(_)),))


def apart(answer: Answer) -> Answer:
    """The same answer, under the message."""
    return replace(answer, is_new=True) if isinstance(answer, Screen) else answer


def _apart(screen: Screen, centre: str | None, _: Language) -> Screen:
    """Under the message, not in its place; and for which centre, where the person acted for another one."""
    if centre is not None:
        head = _("For “{centre}”:", centre=centre)
        screen = replace(screen, text=f"{head}\n{screen.text}")
    return replace(screen, is_new=True)
