"""Requests of people who want to become customers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.customers import CustomerKind, MembershipRequest, RequestStatus
from domain.errors import AlreadyDecided, NotFound
from domain.persian import search_key
from domain.registration import RouteHint
from storage.tables.calendar import routes
from storage.tables.people import contacts, customers, membership_requests, outlets, staff

_T = membership_requests
_PENDING = RequestStatus.PENDING.value
MOST_SIMILAR = 3


class Registrations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, request: MembershipRequest) -> int:
        """Keep a new request (its ``id`` is not looked at); the id it got."""
        row = {
            "number": request.number,
            "identity_id": request.identity_id,
            "mobile": request.mobile,
            "person_name": request.person_name[:120],
            "name": request.name,
            "kind": request.kind.value,
            "city": request.city,
            "address": request.address,
            "latitude": request.latitude,
            "longitude": request.longitude,
            "national_id": request.national_id,
            "licence_file_id": request.licence_file_id,
            "route_id": request.route_id,
            "status": request.status.value,
            "asked_at": request.asked_at,
            "version": 0,
        }
        kept = await self._connection.scalar(insert(_T).values(row).returning(_T.c.id))
        assert kept is not None
        return int(kept)

    async def get(self, request_id: int) -> MembershipRequest:
        found = await self._find(_T.c.id == request_id)
        if found is None:
            raise NotFound
        return found

    async def find_pending(self, identity_id: int) -> MembershipRequest | None:
        return await self._find(_T.c.identity_id == identity_id, _T.c.status == _PENDING)

    async def is_asked_by_another(self, identity_id: int, *, mobile: str, national_id: str | None) -> bool:
        """Whether somebody else's request with that mobile or national id waits already."""
        same = or_(_T.c.mobile == mobile, _T.c.national_id == national_id) if national_id else None
        found = await self._connection.scalar(
            select(func.count())
            .select_from(_T)
            .where(_T.c.status == _PENDING, _T.c.identity_id != identity_id)
            .where(same if same is not None else _T.c.mobile == mobile)
        )
        return bool(found)

    async def list_pending(self, limit: int = 20) -> tuple[MembershipRequest, ...]:
        rows = await self._connection.execute(
            select(_T).where(_T.c.status == _PENDING).order_by(_T.c.id).limit(limit)
        )
        return tuple(_request(row) for row in rows)

    async def count_pending(self) -> int:
        counted = select(func.count()).select_from(_T).where(_T.c.status == _PENDING)
        return int(await self._connection.scalar(counted) or 0)

    async def decide(
        self, request_id: int, status: RequestStatus, by: int, now: datetime
    ) -> MembershipRequest:
        """Approve or reject what is still pending; whoever comes second is told so."""
        decided = (
            await self._connection.execute(
                update(_T)
                .where(_T.c.id == request_id, _T.c.status == _PENDING)
                .values(status=status.value, decided_by=by, decided_at=now, version=_T.c.version + 1)
                .returning(*_T.c)
            )
        ).one_or_none()
        if decided is None:
            await self.get(request_id)
            raise AlreadyDecided
        return _request(decided)

    async def set_customer(self, request_id: int, customer_id: int, route_id: int | None) -> None:
        await self._connection.execute(
            update(_T).where(_T.c.id == request_id).values(customer_id=customer_id, route_id=route_id)
        )

    async def ask(self, request_id: int, question: str | None, by: int | None) -> None:
        """Keep what a manager asks (None: it is answered), while the request is pending."""
        asked = await self._connection.execute(
            update(_T)
            .where(_T.c.id == request_id, _T.c.status == _PENDING)
            .values(question=question, question_by=by, version=_T.c.version + 1)
        )
        if asked.rowcount != 1:
            raise AlreadyDecided

    async def list_similar(self, core: str, city: str, but: int | None) -> tuple[str, ...]:
        """Names of other customers in that city with the same distinguishing part in their names."""
        escaped = core.replace("\\", "").replace("%", "").replace("_", "")
        found = await self._connection.execute(
            select(customers.c.name, outlets.c.city)
            .join(outlets, outlets.c.customer_id == customers.c.id)
            .where(customers.c.name_key.contains(escaped), customers.c.id != (but or 0))
            .order_by(customers.c.id)
            .limit(200)
        )
        words = core.split()
        same = (
            row.name
            for row in found
            if search_key(row.city) == search_key(city) and set(words) <= set(search_key(row.name).split())
        )
        return tuple(dict.fromkeys(same))[:MOST_SIMILAR]

    async def list_routes(self) -> tuple[RouteHint, ...]:
        found = await self._connection.execute(
            select(routes, staff.c.name.label("visitor"))
            .outerjoin(staff, staff.c.id == routes.c.visitor_id)
            .order_by(routes.c.id)
        )
        return tuple(_route(row) for row in found)

    async def is_mobile_taken(self, mobile: str) -> bool:
        """Whether a contact whose access was taken away, or our staff, has that mobile."""
        inactive = select(contacts.c.id).where(contacts.c.mobile == mobile, ~contacts.c.is_active)
        ours = select(staff.c.id).where(staff.c.mobile == mobile)
        return bool(await self._connection.scalar(select(or_(inactive.exists(), ours.exists()))))

    async def _find(self, *which: ColumnElement[bool]) -> MembershipRequest | None:
        row = (await self._connection.execute(select(_T).where(*which))).one_or_none()
        return _request(row) if row else None


def _request(row: Any) -> MembershipRequest:
    return MembershipRequest(
        id=row.id,
        number=row.number,
        identity_id=row.identity_id,
        mobile=row.mobile,
        person_name=row.person_name,
        name=row.name,
        kind=CustomerKind(row.kind),
        city=row.city,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        national_id=row.national_id,
        licence_file_id=row.licence_file_id,
        route_id=row.route_id,
        status=RequestStatus(row.status),
        customer_id=row.customer_id,
        asked_at=row.asked_at,
        question=row.question,
        question_by=row.question_by,
        version=row.version,
    )


def _route(row: Any) -> RouteHint:
    return RouteHint(
        id=row.id,
        name=row.name,
        city=row.city,
        areas=tuple(area.strip() for area in row.areas.replace("،", ",").split(",") if area.strip()),
        weekdays=tuple(int(day) for day in row.weekdays.split(",") if day.strip()),
        visitor=row.visitor,
    )
