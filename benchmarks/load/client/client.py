"""An open-loop client: each request goes out when it is due, on an idle connection or a new one."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.load.alarm import Alarm
from benchmarks.load.client.answer import Answer
from benchmarks.load.client.connection import Connection
from benchmarks.load.client.events import count
from benchmarks.load.client.request import Request, heads


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where requests go."""

    base_url: str
    """Up to `/v1`."""
    keys: tuple[str, ...] = ()
    """API keys, used in turn; empty: none is sent."""
    tls: ssl.SSLContext | None = None


class Client:
    """One loop and one thread for all streams; to be made and used within a running loop."""

    def __init__(self, target: Target, give_up_after: float) -> None:
        """`give_up_after`: seconds from the last request to when silent answers are given up."""
        url = urlsplit(target.base_url)
        self._host, self._tls = url.hostname or "", target.tls
        self._port = url.port or (443 if url.scheme == "https" else 80)
        self._heads = heads(target.base_url, target.keys)
        self._give_up_after = give_up_after
        self._loop = asyncio.get_running_loop()
        self._idle: list[Connection] = []
        self._connecting: set[asyncio.Task[None]] = set()
        self._running: dict[int, tuple[Answer, Connection | None]] = {}
        self._changed = asyncio.Event()

    @property
    def running(self) -> int:
        """Answers under way."""
        return len(self._running)

    async def run(self, requests: Sequence[Request], answers: list[Answer], start: float) -> None:
        """Sends each request at its time after `start`; ends when the last has been answered.

        `answers` gets one for each as it falls due, in the order of the requests.
        """
        alarm = Alarm(self._loop)
        todo = iter(requests)

        def send(request: Request) -> None:
            key = len(answers) % len(self._heads)
            answer = Answer(start + request.at, request.wanted, key)
            answers.append(answer)
            self._begin(answer, self._heads[key] % len(request.body) + request.body)
            next_one()

        def next_one() -> None:
            request = next(todo, None)
            if request is None:
                self._changed.set()
            else:
                alarm.at(start + request.at, lambda: send(request))

        next_one()
        while len(answers) < len(requests):
            await self._change(None)
        alarm.close()
        await self._end_of_answers()

    def _begin(self, answer: Answer, data: bytes) -> None:
        while self._idle:
            connection = self._idle.pop()
            if connection.open:
                self._running[id(answer)] = answer, connection
                connection.send(data, answer)
                return
        self._running[id(answer)] = answer, None
        task = self._loop.create_task(self._connect(answer, data))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    async def _connect(self, answer: Answer, data: bytes) -> None:
        make = self._loop.create_connection(
            lambda: Connection(self._freed), self._host, self._port, ssl=self._tls
        )
        try:
            _, connection = await asyncio.wait_for(make, self._give_up_after)
        except (OSError, TimeoutError) as error:
            answer.error = f"no connection: {error or type(error).__name__}"
            answer.ended = time.perf_counter()
            self._end(answer)
            return
        self._running[id(answer)] = answer, connection
        connection.send(data, answer)

    def _freed(self, connection: Connection, answer: Answer) -> None:
        if answer.error is None and answer.status != 200:
            text = b"".join(piece for _, piece in answer.pieces)[:300].decode(errors="replace")
            answer.error = f"status {answer.status}: {text}"
            answer.pieces.clear()
        count(answer)
        if connection.open:
            self._idle.append(connection)
        self._end(answer)

    def _end(self, answer: Answer) -> None:
        self._running.pop(id(answer), None)
        if not self._running:
            self._changed.set()

    async def _end_of_answers(self) -> None:
        deadline = time.perf_counter() + self._give_up_after
        while self._running and (left := deadline - time.perf_counter()) > 0:
            await self._change(left)
        for task in self._connecting:
            task.cancel()
        for answer, connection in list(self._running.values()):
            answer.error = f"no end within {self._give_up_after:g} s of the last request"
            answer.ended = time.perf_counter()
            count(answer)
            self._end(answer)
            if connection:
                connection.abandon()
        for connection in self._idle:
            connection.abandon()

    async def _change(self, seconds: float | None) -> None:
        """Until the last request is sent or no answer is under way, or the seconds are over."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return
        self._changed.clear()
