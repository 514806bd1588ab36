"""How many get a campaign, why the others do not, and who is set aside for the comparison (S5.4)."""

from __future__ import annotations

from domain.audiences import AudienceCount, Exclusion
from domain.campaigns import Campaign
from domain.money import Rate
from screens.callbacks.campaign_audience import OpenAudience, PickHoldout, SendToSpared, Spared
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.screen import Button, Screen

WHOLE = 100


def audience_count(
    campaign: Campaign, found: AudienceCount, percent: int, a_week: int, _: Language
) -> Screen:
    """S5.4; ``percent`` is the usual holdout, ``a_week`` how many promotions a contact hears at most."""
    lines = [_("{count} customers like that", count=Many(found.matched))]
    lines += [_excluded(reason, count, a_week, _) for reason, count in found.excluded.items()]
    lines.append(_("= {count} can be sent to", count=Many(found.sendable)))
    rows = [*_spared(campaign, found, _)]
    back = Button(_.label("⬅️ Back"), OpenAudience(campaign_id=campaign.id or 1, position=0))
    if not found.sendable:
        lines.append(_("Nobody would get it like this: please change the conditions."))
    elif found.holdout:
        lines.append(_holdout(found, percent, _))
        rows.insert(0, _answers(campaign, found, percent, _))
    else:
        on = PickHoldout(campaign_id=campaign.id or 1, percent=0)
        rows.insert(0, (Button(_.label("✅ Go on, {count} people", count=Many(found.sendable)), on),))
    return Screen("\n".join(lines), (*rows, (back, home_button(_))))


def _holdout(found: AudienceCount, percent: int, _: Language) -> Words:
    """Of few customers the least holdout is a larger share than what the rules name."""
    share = round(found.holdout * WHOLE / found.sendable)
    return _(
        "Shall a holdout of {rate} ({count}) be set aside, so that the real effect is measured?",
        rate=Rate(max(percent, share) * WHOLE),
        count=Many(found.holdout),
    )


def _answers(campaign: Campaign, found: AudienceCount, percent: int, _: Language) -> tuple[Button, ...]:
    campaign_id = campaign.id or 1
    yes = _.label("✅ Yes, {count} people", count=Many(found.with_holdout))
    no = _.label("No, {count} people", count=Many(found.sendable))
    return (
        Button(yes, PickHoldout(campaign_id=campaign_id, percent=percent)),
        Button(no, PickHoldout(campaign_id=campaign_id, percent=0)),
    )


def _excluded(reason: Exclusion, count: int, a_week: int, _: Language) -> Words:
    many = Many(count)
    match reason:
        case Exclusion.NOT_CONNECTED:
            return _("− {count} are not connected to the bot yet", count=many)
        case Exclusion.OPTED_OUT:
            return _("− {count} have switched promotions off", count=many)
        case Exclusion.CAPPED:
            return _("− {count} have had {most} messages this week already", count=many, most=a_week)
        case Exclusion.BLOCKED:
            return _("− {count} have closed the bot", count=many)
        case Exclusion.COMPLAINT:
            return _("− {count} have an open complaint", count=many)
        case Exclusion.OVERDUE:
            return _("− {count} have been overdue for long", count=many)
        case Exclusion.NOT_ELIGIBLE:
            return _("− {count} are not among those the promotion is for", count=many)
        case Exclusion.NOT_SOLD:
            return _("− {count} cannot buy this product", count=many)
    return _("− {count}: the product is out of stock", count=many)


def _spared(campaign: Campaign, found: AudienceCount, _: Language) -> list[tuple[Button, ...]]:
    """They are left out unless a manager says so; and what was said can be taken back."""
    rows: list[tuple[Button, ...]] = []
    for whom, reason, is_on in (
        (Spared.COMPLAINTS, Exclusion.COMPLAINT, campaign.with_complaints),
        (Spared.OVERDUE, Exclusion.OVERDUE, campaign.with_overdue),
    ):
        count = found.excluded.get(reason, 0)
        if not count and not is_on:
            continue
        label = _undone(whom, _) if is_on else _included(whom, count, _)
        tap = SendToSpared(campaign_id=campaign.id or 1, whom=whom, on=0 if is_on else 1)
        rows.append((Button(label, tap),))
    return rows


def _included(whom: Spared, count: int, _: Language) -> str:
    if whom is Spared.COMPLAINTS:
        return _.label("➕ Also to {count} with a complaint", count=Many(count))
    return _.label("➕ Also to {count} long overdue", count=Many(count))


def _undone(whom: Spared, _: Language) -> str:
    if whom is Spared.COMPLAINTS:
        return _.label("➖ Not to those with a complaint")
    return _.label("➖ Not to those long overdue")
