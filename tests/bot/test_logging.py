"""No secret reaches the log: not in words, not in values, not in tracebacks, in no digits (H-1)."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.logging import MOST_CHARACTERS, redacted, set_up_logging

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
PHONE, CARD = "09121234567", "6037991812345678"
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

CANARIES = (
    TOKEN,
    TOKEN.replace(":", "%3A"),
    f"https://api.telegram.org/bot{TOKEN}/getMe",
    PHONE,
    "9121234567",
    "+989121234567",
    "00989121234567",
    "0912 123 4567",
    "0912-123-4567",
    "+98 912 123 4567",
    PHONE.translate(PERSIAN),
    PHONE.translate(ARABIC),
    ascii(PHONE.translate(PERSIAN)),
    CARD,
    "6037-9918-1234-5678",
    "6037 9918 1234 5678",
    CARD.translate(PERSIAN),
    "IR820540102680020817909002",
    "socks5://user:s3cret-word@10.0.0.1:1080",
    "postgresql+asyncpg://bonak:s3cret-word@db/bonak",
)
PARTS = (
    "AAHdqTcvCH1v",
    "1234567",
    "123 4567",
    "123-4567",
    "1234567".translate(PERSIAN),
    "1234567".translate(ARABIC),
    "1234-5678",
    "1234 5678",
    "12345678",
    "12345678".translate(PERSIAN),
    "20817909002",
    "s3cret-word",
)
HARMLESS = (
    "update_id=845551234",
    "update=10000000123456",
    "chat=-1001234567890",
    "user=700000042",
    "order 40521 of customer 17",
    "1405/09/01 and 2026-11-20T21:00:00.123456Z",
    "took 0.912123 s",
    "total 148000000 rials",
    "at line 912, column 3",
    "http://127.0.0.1:8090/sim/clock",
    "sha256:9f86d081884c7d65",
    "version 1:2.3",
    "inbox row 91234567",
)


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def leaks(text: str) -> list[str]:
    return [part for part in PARTS if part in text]


def say_everywhere(canary: str) -> None:
    """In the event, in values of several kinds, through the standard library, and in a chain of errors."""
    log = structlog.get_logger("test")
    log.info(f"said {canary}")
    log.warning("told", value=canary, several=[canary], within={"deep": {"key": canary}})
    logging.getLogger("elsewhere").error("%s and %r", canary, {"x": canary})
    try:
        try:
            int(f"no number {canary}")
        except ValueError as error:
            raise RuntimeError(f"after {canary}") from error
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("elsewhere").exception("failed as well")
    logging.getLogger("elsewhere").info("stack of %s", canary, stack_info=True)


def logged(canary: str, form: str) -> str:
    sink = io.StringIO()
    set_up_logging("info", form, sink)
    say_everywhere(canary)
    return sink.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("canary", CANARIES)
def test_no_secret_is_logged(canary: str, form: str) -> None:
    text = logged(canary, form)
    assert text.count("failed") >= 2
    assert leaks(text) == []


def test_a_naive_log_leaks() -> None:
    """The negative control: without the formatter every one of them is there to be read."""
    for canary in CANARIES:
        sink = io.StringIO()
        handler = logging.StreamHandler(sink)
        root = logging.getLogger()
        root.handlers[:] = [handler]
        root.setLevel("INFO")
        say_everywhere(canary)
        assert canary in sink.getvalue()


@pytest.mark.parametrize("text", HARMLESS)
def test_ids_and_numbers_stay_readable(text: str) -> None:
    assert redacted(text) == text


def test_what_stands_around_a_secret_stays() -> None:
    assert redacted(f"user 42 sent {PHONE.translate(PERSIAN)} at 21:00") == "user 42 sent <phone> at 21:00"


def test_a_line_has_an_end() -> None:
    assert len(redacted("x" * 1_000_000)) == MOST_CHARACTERS + 1


def test_a_secret_at_the_end_of_a_long_line_is_cut_or_redacted() -> None:
    for before in range(MOST_CHARACTERS - 60, MOST_CHARACTERS + 5):
        assert leaks(redacted("x" * before + f" {TOKEN}")) == []


def test_json_lines_are_json() -> None:
    for line in logged(PHONE.translate(PERSIAN), "json").splitlines():
        assert json.loads(line)["level"] in {"info", "warning", "error"}


def test_below_the_level_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("error", "text", sys.stderr)
    structlog.get_logger("test").info("quiet")
    assert capsys.readouterr().err == ""
