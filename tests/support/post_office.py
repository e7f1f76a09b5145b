"""A real mail server for tests: it takes what the outbox sends and lets the story read it."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

CODE = re.compile(r"\b(\d{3}) ?(\d{3})\b")
PATIENCE_S = 20.0


class PostOffice:
    """What was taken, in order; `refuses` makes it say no."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.messages: list[Any] = []
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """The library's name for taking a message."""
        if self.refuses:
            return "451 later, please"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[Any]:
        """The mails that one address got."""
        return [message for message in list(self.messages) if message["To"] == address]

    def waits_for(self, address: str, words: str, *, after: int = 0) -> Any:
        """The newest mail to the address, later than its first `after` mails, that says these words."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for message in reversed(self.to(address)[after:]):
                if words in f"{message['Subject']}\n{text_of(message)}":
                    return message
            time.sleep(0.1)
        got = [message["Subject"] for message in self.to(address)]
        raise AssertionError(f"no mail to {address} says “{words}”; it got {got}")

    def code_for(self, address: str, *, after: int = 0) -> str:
        """The six digits of the newest mail with a code."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for message in reversed(self.to(address)[after:]):
                found = CODE.search(text_of(message))
                if found:
                    return "".join(found.groups())
            time.sleep(0.1)
        raise AssertionError(f"no code reached {address}")


def text_of(message: Any) -> str:
    """The plain words of a mail."""
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """One on a port of its own."""
    office = PostOffice(free_port())
    server = Controller(office, hostname="127.0.0.1", port=int(office.url.rsplit(":", 1)[1]))
    server.start()
    try:
        yield office
    finally:
        server.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
