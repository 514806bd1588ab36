"""Brings all modules of methods together, so that each registers what it has."""

from __future__ import annotations

from importlib import import_module

MODULES = (
    "callbacks",
    "chats",
    "editing",
    "files",
    "media",
    "messages",
    "payments",
    "places",
    "polling",
    "profile",
    "webhook",
)


def load() -> None:
    for name in MODULES:
        import_module(f"sandbox.methods.{name}")
