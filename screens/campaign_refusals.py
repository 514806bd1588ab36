"""Why a campaign, or what was typed for it, cannot be taken, in words."""

from __future__ import annotations

from domain import campaign_errors as no
from domain import errors
from domain.segments import SegmentRefused
from domain.typed_times import NotAMoment
from screens.language import Language, Many, Words


def campaign_refusal(error: errors.Refusal, _: Language) -> str | None:
    """The words, if the refusal is about a campaign."""
    match error:
        case no.CampaignTextTooLong(most=most, over=over, has_photo=True):
            return _.label(
                "A text with a photo has at most {most} characters; please cut {over}.",
                most=Many(most),
                over=Many(over),
            )
        case no.CampaignTextTooLong(most=most, over=over):
            return _.label(
                "A text has at most {most} characters; please cut {over}.", most=Many(most), over=Many(over)
            )
        case no.UnknownVariables(names=names):
            found = Words(" ".join(f"{{{_.plain(name)}}}" for name in names))
            return _.label("I do not know {names}: the customers would see it as it is.", names=found)
        case no.NotAPicture():
            return _.label("Please send a photo (JPG or PNG); or tap “without a photo”.")
        case NotAMoment():
            return _.label("Please write a day and an hour, for example “3 Azar 10:30”.")
    return _state(error, _)


def _state(error: errors.Refusal, _: Language) -> str | None:
    match error:
        case no.PriceOfNothing():
            return _.label("Choose a product first: a price and a buy button are those of one product.")
        case no.TimePassed():
            return _.label("That time has passed. Please choose a later one.")
        case no.CampaignNotReady(missing=missing):
            return _missing(missing, _)
        case no.NobodyToTell():
            return _.label("Nobody of this audience can be sent to.")
        case no.CampaignFixed():
            return _.label("This message goes out already, or has ended: that cannot be changed any more.")
        case SegmentRefused():
            return _.label("That is too much, or a saved list contains itself.")
    return None


def _missing(missing: str, _: Language) -> str:
    match missing:
        case "promotion":
            return _.label("Its promotion does not hold at that time.")
        case "product":
            return _.label("Its product is not sold any more.")
        case "time":
            return _.label("Its last day is before that time.")
    return _.label("It has no text yet.")
