"""The words of what stands in the way of a link, and of a button that is about another centre."""

from __future__ import annotations

from domain.referral_errors import ForAnotherCentre, NoLinkYet
from domain.refusal import Refusal
from screens.callbacks.settings import ChooseCentre
from screens.home import home_button
from screens.language import Language
from screens.screen import ALONE, Button, Screen, around


def referral_refusal(error: Refusal, _: Language) -> str | None:
    if isinstance(error, NoLinkYet):
        return _.label("Your link cannot be made just now. Please try again in a minute.")
    return None


def referral_screen(error: Refusal, _: Language) -> Screen | None:
    if not isinstance(error, ForAnotherCentre):
        return None
    return _for_another(error.customer_id, error.name, _)


def _for_another(customer_id: int, name: str, _: Language) -> Screen:
    """One tap away: the word itself stays where it is, and its buttons hold then."""
    text = _("This is about “{name}”, and just now you act for another centre.", name=name)
    go = Button(around(name, ALONE, lambda said: _.label("Act for {name}", name=said)),
                ChooseCentre(customer_id=customer_id))  # fmt: skip
    return Screen(text, ((go,), (home_button(_),)), is_new=True)
