"""C-3, C-4, C-5, C-7 and C-12: whatever the messenger or the network makes of what we send."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from sqlalchemy import select

from bot.app import build_bot
from bot.governor import Governor
from bot.languages import read_languages
from bot.messenger import TelegramMessenger
from bot.writing import Writing
from domain.notifications import Notification, Recipient
from jobs.deliver import Courier
from jobs.sending import CampaignSender
from sandbox.mailing import FIRST_USER, lay_mailing
from services.customers import identify
from storage.tables.campaigns import campaign_recipients
from storage.tables.messages import notifications, uploads
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.nemesis.harness import FULL, seeded, trials
from tests.nemesis.post_office import TOKEN, Answer, Call, PostOffice, a_post_office, done, refused
from tests.patience import until

BOT, PLATFORM = 42, "telegram"
OPEN = NOW + timedelta(hours=10)
R = campaign_recipients.c
ON_ITS_WAY = 0.2
"""Real seconds; the long silences last longer, on a clock as fast as the storm's."""
PHOTO = b"\x89PNG\r\n\x1a\nnot really one"


@dataclass
class Desk:
    """The courier and the sender in this process, on a clock that may run faster than the real one."""

    office: PostOffice
    store: Store
    bot: Bot
    speed: float
    began: float
    skipped: timedelta = timedelta()

    def clock(self) -> datetime:
        return OPEN + self.skipped + timedelta(seconds=(monotonic() - self.began) * self.speed)

    def messenger(self, per_second: float = 0, per_chat: float = 0) -> TelegramMessenger:
        governor = Governor(
            per_second,
            per_chat,
            lambda: monotonic() * self.speed,
            sleep=lambda seconds: asyncio.sleep(seconds / self.speed),
        )
        return TelegramMessenger(self.bot, Writing(self.bot, self.store, PLATFORM), governor)

    def sender(self, messenger: TelegramMessenger) -> CampaignSender:
        return CampaignSender(self.store, {PLATFORM: messenger}, read_languages(), self.clock)

    def courier(self, messenger: TelegramMessenger) -> Courier:
        return Courier(self.store, {PLATFORM: messenger}, read_languages(), self.clock)

    async def lay_notices(self, count: int) -> tuple[int, ...]:
        people = await lay_mailing(self.store, count, OPEN, bot_id=BOT, state="paused")
        async with self.store.unit_of_work() as uow:
            await uow.outbox.put(*(_notice(each - FIRST_USER) for each in people))
        return people

    async def states(self) -> Counter[str]:
        async with self.store.reading() as uow:
            return Counter(await uow.connection.scalars(select(R.state)))

    async def outbox(self) -> Counter[str]:
        async with self.store.reading() as uow:
            return Counter(await uow.connection.scalars(select(notifications.c.state)))

    async def settle(self, courier: Courier, seconds: float = 60) -> None:
        """Sweep until everything is told, as the timetable does."""
        deadline = monotonic() + seconds
        while set(await self.outbox()) != {"delivered"}:
            await courier.sweep()
            assert monotonic() < deadline, await self.outbox()
            await asyncio.sleep(0.01)


def _notice(contact_id: int) -> Notification:
    to = Recipient(contact_id=contact_id)
    return Notification(key=f"fault:{contact_id}", kind="fault", to=to, subject_id=1, due_at=OPEN)


@asynccontextmanager
async def a_desk(store: Store, speed: float = 1) -> AsyncIterator[Desk]:
    async with a_post_office() as office:
        bot = build_bot(TOKEN, office.url, None)
        try:
            yield Desk(office, store, bot, speed, monotonic())
        finally:
            await bot.session.close()


async def test_a_storm_of_429_loses_nothing_and_nobody_sends_into_a_pause(store: Store) -> None:
    """C-3: a third of all calls are refused, and not every refusal says properly for how long."""
    chance, seed = seeded("C-3")
    ways: tuple[tuple[dict[str, Any], float], ...] = (
        ({"parameters": {"retry_after": 0}}, 1),
        ({"parameters": {"retry_after": 1}}, 1),
        ({"parameters": {"retry_after": 35}}, 35),
        ({"parameters": {"retry_after": 2.5}}, 2.5),
        ({"parameters": {}}, 1),
        ({}, 1),
    )
    async with a_desk(store, speed=150) as desk:
        await desk.lay_notices(trials(500, 60))
        silent_until = 0.0
        broken: list[float] = []
        said_at: list[float] = []

        def answer(call: Call) -> Answer:
            nonlocal silent_until
            # What was on its way already when the refusal was said cannot know of it.
            if call.at < silent_until and call.at > said_at[-1] + ON_ITS_WAY:
                broken.append(silent_until - call.at)
            if chance.random() >= 0.3 and call.number != 40:
                return done(call)
            is_long = call.number == 40
            more, seconds = ({"parameters": {"retry_after": 600}}, 600) if is_long else chance.choice(ways)
            if monotonic() + seconds / desk.speed > silent_until:
                silent_until = monotonic() + seconds / desk.speed
                said_at.append(monotonic())
            return refused(429, "Too Many Requests", **more)

        desk.office.answer = answer
        await desk.settle(desk.courier(desk.messenger(per_second=25)), 240)
        assert not broken, seed


async def test_without_a_pause_everybody_hammers_on(sqlite_store: Store) -> None:
    """The negative control of C-3: a sender that only tries again sends into the pause."""
    async with a_desk(sqlite_store) as desk:
        await desk.lay_notices(20)
        desk.office.answer = lambda call: (
            refused(429, "Too Many Requests", parameters={"retry_after": 35})
            if call.number == 0
            else done(call)
        )
        messenger = desk.messenger(per_second=25)
        messenger._governor.pause = lambda _seconds: None  # type: ignore[method-assign,assignment]
        await desk.courier(messenger).sweep()
        assert len(desk.office.calls) > 10


ODD: tuple[Callable[[Call], Answer], ...] = (
    lambda _call: Answer(502, b"<html><center>502 Bad Gateway</center></html>", "text/html"),
    lambda _call: Answer(500, b'{"ok":false,"error_code":500}'),
    lambda _call: Answer(500, b""),
    lambda _call: Answer(200, b""),
    lambda _call: Answer(200, b'{"ok":true,"result":{"message_id":"\xff\xfe"'),
    lambda call: Answer(200, done(call).body[:-20], promises=len(done(call).body)),
    lambda _call: Answer(200, b'{"ok":true,"result":"sent"}'),
    lambda _call: Answer(200, b'{"ok":true,"result":{"text":"no id"}}'),
    lambda _call: Answer(403, b"<html>filtered</html>", "text/html"),
    lambda _call: Answer(is_cut=True),
)


async def test_after_an_odd_answer_nothing_is_sent_again_blindly(store: Store) -> None:
    """C-4: whatever came back after the body was written, the promotion may have arrived."""
    chance, seed = seeded("C-4")
    odd: set[int] = set()
    async with a_desk(store) as desk:
        people = await lay_mailing(store, trials(2_000, 150), OPEN, bot_id=BOT)

        def answer(call: Call) -> Answer:
            if chance.random() >= 0.2:
                return done(call)
            odd.add(call.chat_id)
            return chance.choice(ODD)(call)

        desk.office.answer = answer
        sender = desk.sender(desk.messenger())
        await sender.sweep()
        await sender.sweep()
        assert desk.office.arrived == Counter(people), seed
        assert await desk.states() == {"sent": len(people) - len(odd), "uncertain": len(odd)}, seed


async def test_an_odd_message_that_has_its_id_was_sent(sqlite_store: Store) -> None:
    async with a_desk(sqlite_store) as desk:
        await lay_mailing(sqlite_store, 1, OPEN, bot_id=BOT)
        desk.office.answer = lambda _call: Answer(
            200, b'{"ok":true,"result":{"message_id":77,"date":"soon"}}'
        )
        await desk.sender(desk.messenger()).sweep()
        assert await desk.states() == {"sent": 1}


async def test_errors_as_aiogram_reads_them_escape_who_looks_for_its_own() -> None:
    """The negative control of C-4: a loop that catches the messenger's errors dies of these answers."""
    async with a_post_office() as office:
        server = TelegramAPIServer.from_base(office.url)
        bot = Bot(TOKEN, AiohttpSession(api=server))
        escaped = set()
        for each in ODD:
            office.answer = each
            try:
                await bot.send_message(5, "سلام")
            except TelegramAPIError:
                continue
            except Exception as fault:
                escaped.add(type(fault).__name__)
        await bot.session.close()
        assert len(escaped) >= 2


async def test_before_the_body_is_tried_again_and_after_it_is_not(store: Store) -> None:
    """C-5: refused connections come again until they are told; cut ones stay uncertain."""
    chance, seed = seeded("C-5")
    async with a_desk(store, speed=20) as desk:
        people = await lay_mailing(store, trials(1_000, 90), OPEN, bot_id=BOT)
        cut: set[int] = set()

        def answer(call: Call) -> Answer:
            if chance.random() < 0.15:
                cut.add(call.chat_id)
                return Answer(is_cut=True)
            return done(call)

        desk.office.answer = answer
        sender = desk.sender(desk.messenger(per_second=1_000))
        sweeping = asyncio.ensure_future(sender.sweep())
        await until(lambda: len(desk.office.calls) > len(people) // 3, "some have gone")
        await desk.office.close()
        await sweeping
        assert (await desk.states())["leased"] > 0, seed
        await desk.office.open()
        deadline = monotonic() + 60
        while (await desk.states()).keys() & {"new", "leased", "sending"}:
            await sender.sweep()
            sender._tidied_at = None
            assert monotonic() < deadline
            await asyncio.sleep(0.02)
        states = await desk.states()
        assert max(desk.office.arrived.values()) == 1, seed
        assert set(states) <= {"sent", "uncertain"}, seed
        missing = set(people) - set(desk.office.arrived)
        # Those that were cut off as the office closed are among the uncertain ones.
        assert states["uncertain"] >= len(cut) + len(missing), seed


async def test_who_cannot_be_reached_is_tried_once_until_they_come_back(store: Store) -> None:
    """C-7: 15 % are gone for good; the campaign ends, the next one leaves them out, /start lets them in."""
    chance, seed = seeded("C-7")
    said = (
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    )
    async with a_desk(store) as desk:
        people = await lay_mailing(store, trials(1_000, 100), OPEN, bot_id=BOT)
        gone = {each: chance.choice(said) for each in people if chance.random() < 0.15}
        desk.office.answer = lambda call: refused(*gone[call.chat_id]) if call.chat_id in gone else done(call)
        sender = desk.sender(desk.messenger())
        await sender.sweep()
        expected = Counter({"sent": len(people) - len(gone), "blocked": len(gone)})
        assert await desk.states() == +expected, seed
        await _again(desk)
        await desk.sender(desk.messenger()).sweep()
        assert all(desk.office.arrived[each] == 1 for each in gone), seed
        back = next(iter(gone))
        desk.office.answer = done
        await _start(store, back)
        await _again(desk)
        await desk.sender(desk.messenger()).sweep()
        assert desk.office.arrived[back] == 2, seed


async def test_who_is_not_marked_is_tried_for_ever(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of C-7."""
    from storage.customers import Customers

    async def forget(*_who: object) -> None:
        return

    monkeypatch.setattr(Customers, "mark_blocked", forget)
    async with a_desk(sqlite_store) as desk:
        (person,) = await lay_mailing(sqlite_store, 1, OPEN, bot_id=BOT)
        desk.office.answer = lambda _call: refused(403, "Forbidden: bot was blocked by the user")
        for _campaign in range(3):
            await desk.sender(desk.messenger()).sweep()
            await _again(desk)
        assert desk.office.arrived[person] == 3


async def test_a_picture_goes_up_once_and_once_more_when_it_was_forgotten(store: Store) -> None:
    """C-12: thousands of recipients, one upload; a file id that died is replaced once."""
    async with a_desk(store) as desk:
        async with store.unit_of_work() as uow:
            photo = await uow.files.put("p.png", "image/png", PHOTO, OPEN)
        people = await lay_mailing(
            store, trials(100_000, 120) if not FULL else 5_000, OPEN, bot_id=BOT, photo_file_id=photo
        )
        living: list[str] = []
        desk.office.answer = _album(living)
        await desk.sender(desk.messenger()).sweep()
        assert (len(living), _uploads(desk.office)) == (1, 1)
        assert desk.office.arrived == Counter(people)
        # The messenger has forgotten the file: the next campaign finds that out thirty times at once.
        living.clear()
        desk.office.calls.clear()
        await _again(desk)
        await desk.sender(desk.messenger()).sweep()
        assert _uploads(desk.office) == 1
        assert await desk.states() == {"sent": len(people)}
        async with store.reading() as uow:
            assert await uow.connection.scalar(select(uploads.c.remote_id)) == living[0]


async def test_without_waiting_for_the_first_upload_there_are_many(sqlite_store: Store) -> None:
    """The negative control of C-12: each of those who begin together would send the bytes."""
    async with a_desk(sqlite_store) as desk:
        async with sqlite_store.unit_of_work() as uow:
            photo = await uow.files.put("p.png", "image/png", PHOTO, OPEN)
        await lay_mailing(sqlite_store, 20, OPEN, bot_id=BOT, photo_file_id=photo)
        desk.office.answer = _album([])
        messenger = desk.messenger()

        class NoLock(dict[int, Any]):
            def setdefault(self, _key: int, _default: Any = None) -> Any:
                return asyncio.Lock()

        messenger._writing._uploading._locks = NoLock()
        await desk.sender(messenger).sweep()
        assert _uploads(desk.office) > 1


def _album(living: list[str]) -> Callable[[Call], Answer]:
    """A messenger that knows the files which it was given itself."""

    def answer(call: Call) -> Answer:
        if call.body.startswith(b"{"):
            if call.params["photo"] not in living:
                return refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        else:
            living.append(f"file-{call.number}")
        photo = f'"photo":[{{"file_id":"{living[-1]}","file_unique_id":"u","width":1,"height":1}}]'.encode()
        return Answer(body=done(call).body[:-2] + b"," + photo + b"}}")

    return answer


def _uploads(office: PostOffice) -> int:
    return sum(PHOTO in call.body for call in office.calls)


async def _again(desk: Desk) -> None:
    """The same campaign once more, to everybody."""
    async with desk.store.unit_of_work() as uow:
        await uow.connection.execute(campaign_recipients.update().values(state="new", reason=None))


async def _start(store: Store, user_id: int) -> None:
    """They write to us again."""
    async with store.unit_of_work() as uow:
        await identify(
            uow,
            platform=PLATFORM,
            bot_id=BOT,
            user_id=user_id,
            chat_id=user_id,
            name="کسی",
            now=OPEN + timedelta(hours=1),
            is_reading=False,
        )
