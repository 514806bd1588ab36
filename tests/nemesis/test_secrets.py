"""Row H-1: whatever goes wrong, no token and no phone or card number reaches a log, an error or a metric."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from prometheus_client import generate_latest

from bot.logging import redacted, set_up_logging
from sandbox.state import TOKEN
from tests.nemesis.harness import SECRET, Scene, Zygote, a_scene, seeded, trials
from tests.nemesis.nasty import nasty
from tests.patience import until

PHONE, CARD = "09129876543", "6037991234567893"
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
CANARIES = (
    SECRET,
    quote(TOKEN),
    PHONE,
    PHONE[1:],
    PHONE.translate(PERSIAN),
    CARD,
    CARD.translate(PERSIAN),
)
AROUND = ("", " ", '"', "\n", "=", ":", "،", "»", "\u200c", "/", "ی")
TEXTS = (
    f"poison {PHONE} {CARD}",
    f"poison {PHONE.translate(PERSIAN)}",
    f"poison https://api.example/bot{TOKEN}/getMe",
    f"poison +98{PHONE[1:]}",
    f"hello {PHONE}",
)


async def test_no_fault_brings_a_secret_into_the_log(zygote: Zygote, sqlite_url: str) -> None:
    async with nasty(*TEXTS) as messenger, a_scene(zygote, sqlite_url, handlers="notes") as scene:
        scene.start(api=messenger.url)
        await until(lambda: messenger.answered >= trials(400, 26), "enough has gone wrong", 60)
        logs = scene.logs()
    assert b"poll failed" in logs
    assert b"update failed" in logs
    assert _found(logs.decode()) == []


async def test_the_usual_logs_hold_the_token(zygote: Zygote, sqlite_url: str) -> None:
    """The negative control: the same faults, aiogram's own polling, Python's own logging."""
    async with nasty(*TEXTS) as messenger, a_scene(zygote, sqlite_url) as scene:
        _start_naive(scene, messenger.url)
        await until(lambda: SECRET.encode() in scene.logs(), "the token is in the log", 60)


def _start_naive(scene: Scene, url: str) -> None:
    options = {"database_url": scene.database_url, "api": url, "token": TOKEN, "plain_logs": True}
    scene.children.append(scene.zygote.start("naive", options))


def _found(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


@pytest.fixture
def sink() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    set_up_logging("debug", "json", stream)
    yield stream
    logging.getLogger().handlers.clear()


def test_no_traceback_or_foreign_record_holds_a_secret(sink: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("aiohttp.client").exception("failed %s", PHONE)
    logging.getLogger("x").warning("token=%s", TOKEN, extra={"phone": PHONE})
    assert "failed" in sink.getvalue()
    assert _found(sink.getvalue()) == []


def _fail() -> None:
    raise ValueError(f"no answer from https://api/bot{TOKEN}/sendMessage for {PHONE}") from KeyError(CARD)


def test_a_secret_is_found_wherever_it_stands() -> None:
    for trial in range(trials(1000)):
        chance, seed = seeded("H-1", trial)
        secret = chance.choice(
            (f"bot{TOKEN}", TOKEN, PHONE, PHONE.translate(PERSIAN), f"+98{PHONE[1:]}", CARD)
        )
        line = f"{chance.choice(AROUND)}{secret}{chance.choice(AROUND)}"
        assert _found(redacted(f"x {line} y")) == [], f"{seed}: {line!r}"


def test_no_metric_holds_a_person() -> None:
    """Labels are few and fixed: no id, no name, no number of anybody."""
    lines = [line for line in generate_latest().decode().splitlines() if line.startswith("bonak_")]
    labels = {
        part.split("=")[0]
        for line in lines
        if "{" in line
        for part in line[line.index("{") + 1 : line.index("}")].split(",")
    }
    assert labels <= {"platform", "kind", "outcome", "job", "le"}
