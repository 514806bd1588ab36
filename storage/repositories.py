"""Repositories: all that a unit of work reads and writes, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.lexicon import Lexicon
from storage.alerts import Alerts
from storage.applied import AppliedKept
from storage.approvals import Approvals
from storage.audit import Audit
from storage.audit_chain import AuditChain
from storage.begun import BegunRegistrations
from storage.bulk import Bulk
from storage.calendar import Calendars
from storage.catalogue import Catalogue
from storage.cheque_lists import ChequeLists
from storage.company import CompanyKept
from storage.credit import Credit
from storage.credit_book import CreditBook
from storage.customers import Customers
from storage.disputes import Disputes
from storage.files import Files
from storage.history import History
from storage.inbox import Inbox
from storage.instruments import Cheques
from storage.interrupted import InterruptedPeople
from storage.invoices import Invoices
from storage.ledger import Ledger
from storage.memory import MemoryKept
from storage.notifications import Outbox
from storage.orders import Orders
from storage.parties import Parties
from storage.product_index import ProductIndex
from storage.promotion_goods import PromotionGoods
from storage.promotions import Promotions
from storage.receipts import Receipts
from storage.registration import Registrations
from storage.repositories_push import PushRepositories
from storage.searches import Searches
from storage.settings import SettingsKept
from storage.settling import Settling
from storage.staff import StaffMembers
from storage.stock import Stocks
from storage.support import Support
from storage.tasks import Tasks
from storage.terms import Terms
from storage.truths import Truths


class Repositories(PushRepositories):
    """What is kept, one repository for each thing, all on one connection."""

    def __init__(self, connection: AsyncConnection, lexicon: Lexicon | None = None) -> None:
        super().__init__(connection)
        self._lexicon = Lexicon() if lexicon is None else lexicon

    @cached_property
    def alerts(self) -> Alerts:
        return Alerts(self.connection)

    @cached_property
    def applied(self) -> AppliedKept:
        return AppliedKept(self.connection)

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(self.connection)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.connection)

    @cached_property
    def audit_chain(self) -> AuditChain:
        return AuditChain(self.connection)

    @cached_property
    def begun(self) -> BegunRegistrations:
        return BegunRegistrations(self.connection)

    @cached_property
    def bulk(self) -> Bulk:
        return Bulk(self.connection)

    @cached_property
    def calendars(self) -> Calendars:
        return Calendars(self.connection)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.connection)

    @cached_property
    def company(self) -> CompanyKept:
        return CompanyKept(self.connection)

    @cached_property
    def credit(self) -> Credit:
        return Credit(self.connection)

    @cached_property
    def credit_book(self) -> CreditBook:
        return CreditBook(self.connection)

    @cached_property
    def cheque_lists(self) -> ChequeLists:
        return ChequeLists(self.connection)

    @cached_property
    def cheques(self) -> Cheques:
        return Cheques(self.connection)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self.connection)

    @cached_property
    def disputes(self) -> Disputes:
        return Disputes(self.connection)

    @cached_property
    def files(self) -> Files:
        return Files(self.connection)

    @cached_property
    def history(self) -> History:
        return History(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.connection)

    @cached_property
    def index(self) -> ProductIndex:
        return ProductIndex(self.connection, self._lexicon)

    @cached_property
    def interrupted(self) -> InterruptedPeople:
        return InterruptedPeople(self.connection)

    @cached_property
    def invoices(self) -> Invoices:
        return Invoices(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.connection)

    @cached_property
    def memory(self) -> MemoryKept:
        return MemoryKept(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection)

    @cached_property
    def orders(self) -> Orders:
        return Orders(self.connection)

    @cached_property
    def promotion_goods(self) -> PromotionGoods:
        return PromotionGoods(self.connection)

    @cached_property
    def promotions(self) -> Promotions:
        return Promotions(self.connection)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.connection)

    @cached_property
    def parties(self) -> Parties:
        return Parties(self.connection)

    @cached_property
    def registrations(self) -> Registrations:
        return Registrations(self.connection)

    @cached_property
    def searches(self) -> Searches:
        return Searches(self.connection)

    @cached_property
    def settings(self) -> SettingsKept:
        return SettingsKept(self.connection)

    @cached_property
    def settling(self) -> Settling:
        return Settling(self.connection)

    @cached_property
    def staff(self) -> StaffMembers:
        return StaffMembers(self.connection)

    @cached_property
    def stock(self) -> Stocks:
        return Stocks(self.connection)

    @cached_property
    def support(self) -> Support:
        return Support(self.connection)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self.connection)

    @cached_property
    def truths(self) -> Truths:
        return Truths(self.connection)

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.connection)
