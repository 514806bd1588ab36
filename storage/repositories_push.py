"""Repositories of what is told unasked: campaigns, reminders, surveys, and what belongs to them."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.account_managers import AccountManagers
from storage.associations import Associations
from storage.audience import Audience
from storage.brand_aliases import BrandAliases
from storage.campaign_effect import CampaignEffects
from storage.campaign_messages import CampaignMessages
from storage.campaign_taps import CampaignTaps
from storage.campaigns import Campaigns
from storage.contact_gaps import ContactGaps
from storage.delays import Delays
from storage.frozen import Frozen
from storage.habits import Habits
from storage.live import LiveMessages
from storage.nudge_plans import NudgePlans
from storage.nudges import Nudges
from storage.opinions import Opinions
from storage.order_guide import OrderGuideKept
from storage.pauses import Pauses
from storage.promises import Promises
from storage.readings import Readings
from storage.recipients import Recipients
from storage.referrals import Referrals
from storage.reminders import Reminders
from storage.requested_goods import RequestedGoodsKept
from storage.runs import Runs
from storage.saved_baskets import SavedBaskets
from storage.segments import Segments
from storage.sent_lists import SentLists
from storage.surveys import Surveys
from storage.tickets import Tickets


class PushRepositories:
    """On the same connection as all the others."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @cached_property
    def account_managers(self) -> AccountManagers:
        return AccountManagers(self.connection)

    @cached_property
    def associations(self) -> Associations:
        return Associations(self.connection)

    @cached_property
    def audience(self) -> Audience:
        return Audience(self.connection)

    @cached_property
    def brand_aliases(self) -> BrandAliases:
        return BrandAliases(self.connection)

    @cached_property
    def campaign_effect(self) -> CampaignEffects:
        return CampaignEffects(self.connection)

    @cached_property
    def campaign_messages(self) -> CampaignMessages:
        return CampaignMessages(self.connection)

    @cached_property
    def campaign_taps(self) -> CampaignTaps:
        return CampaignTaps(self.connection)

    @cached_property
    def campaigns(self) -> Campaigns:
        return Campaigns(self.connection)

    @cached_property
    def contact_gaps(self) -> ContactGaps:
        return ContactGaps(self.connection)

    @cached_property
    def delays(self) -> Delays:
        return Delays(self.connection)

    @cached_property
    def habits(self) -> Habits:
        return Habits(self.connection)

    @cached_property
    def live(self) -> LiveMessages:
        return LiveMessages(self.connection)

    @cached_property
    def frozen(self) -> Frozen:
        return Frozen(self.connection)

    @cached_property
    def nudge_plans(self) -> NudgePlans:
        return NudgePlans(self.connection)

    @cached_property
    def nudges(self) -> Nudges:
        return Nudges(self.connection)

    @cached_property
    def opinions(self) -> Opinions:
        return Opinions(self.connection)

    @cached_property
    def order_guide(self) -> OrderGuideKept:
        return OrderGuideKept(self.connection)

    @cached_property
    def pauses(self) -> Pauses:
        return Pauses(self.connection)

    @cached_property
    def promises(self) -> Promises:
        return Promises(self.connection)

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.connection)

    @cached_property
    def recipients(self) -> Recipients:
        return Recipients(self.connection)

    @cached_property
    def referrals(self) -> Referrals:
        return Referrals(self.connection)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self.connection)

    @cached_property
    def requested_goods(self) -> RequestedGoodsKept:
        return RequestedGoodsKept(self.connection)

    @cached_property
    def runs(self) -> Runs:
        return Runs(self.connection)

    @cached_property
    def saved_baskets(self) -> SavedBaskets:
        return SavedBaskets(self.connection)

    @cached_property
    def segments(self) -> Segments:
        return Segments(self.connection)

    @cached_property
    def surveys(self) -> Surveys:
        return Surveys(self.connection)

    @cached_property
    def tickets(self) -> Tickets:
        return Tickets(self.connection)

    @cached_property
    def sent_lists(self) -> SentLists:
        return SentLists(self.connection)
