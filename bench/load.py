"""A small load: so many connections that each send one request after the other, kept alive."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

CONNECTIONS = 8


class Figures(NamedTuple):
    """Requests per second, the 95th part of a hundred in milliseconds, and how many were refused."""

    per_second: float
    p95_ms: float
    refused: int
    requests: int


Request = Callable[[int], bytes]


def measure(port: int, request: Request, *, seconds: float, most: int | None = None) -> Figures:
    """Press `request(n)` for n = 0, 1, ... from eight connections for so long, or so often."""
    return asyncio.run(_measure(port, request, seconds, most))


async def _measure(port: int, request: Request, seconds: float, most: int | None) -> Figures:
    numbers = iter(range(most)) if most is not None else count()
    times: list[float] = []
    refused: list[int] = []
    begin = time.perf_counter()
    workers = [_press(port, request, numbers, begin + seconds, times, refused) for _ in range(CONNECTIONS)]
    await asyncio.gather(*workers)
    took = time.perf_counter() - begin
    p95 = sorted(times)[int(len(times) * 0.95)] * 1000 if times else 0.0
    return Figures(len(times) / took, p95, len(refused), len(times))


async def _press(
    port: int, request: Request, numbers: Iterator[int], end: float, times: list[float], refused: list[int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        if time.perf_counter() >= end:
            break
        begin = time.perf_counter()
        try:
            writer.write(request(number))
            status, closes = await _answer(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            closes, status = True, None  # the server ended a connection that was idle; nothing was asked
        if status is not None:
            times.append(time.perf_counter() - begin)
            refused += [status] if status >= 400 else []
        if closes:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer to its end: the status, and whether the server closes now."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    if b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]))
    return status, b"connection: close" in head


def get(path: str) -> Request:
    """A guest who looks at one page again and again."""
    words = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n".encode()
    return lambda _number: words


def post(path: str, form: str, cookie: str) -> bytes:
    """One press of somebody who is signed in."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
    )
    return (head + form).encode()
