"""The engine: one thread that loads the model and then steps the scheduler."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from .engine import Codec, Deliver, EngineLoad, EngineState, Output, QueueFullError
from .generation import Generation
from .runner import Runner
from .scheduler import Scheduler

_STOP_SECONDS = 2
"""A step is shorter; a thread that hangs in one must not hold up the process's end."""

Load = Callable[[], tuple[Runner, Codec]]


class BatchingEngine:
    """Continuous batching over any Runner.

    Requests enter through a lock-guarded inbox; everything behind it belongs to the thread.
    """

    def __init__(self, load: Load, *, capacity: int, owned_by: str):
        """`capacity`: requests held at once, running and waiting."""
        self.owned_by = owned_by
        self.failure: BaseException | None = None
        self.state: EngineState = "loading"
        self._load_model = load
        self._capacity = capacity
        self._in_flight = 0
        self._inbox: deque[Generation] = deque()
        self._work = threading.Condition()
        self._progress = time.monotonic()
        self._stopping = False
        self._scheduler: Scheduler | None = None
        self._codec: Codec | None = None
        self._deliver: Deliver | None = None
        self._on_state: Callable[[], None] = lambda: None
        self._thread: threading.Thread | None = None

    @property
    def codec(self) -> Codec:
        if self._codec is None:
            raise RuntimeError("the engine is still loading")
        return self._codec

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="generation", daemon=True)
            self._thread.start()

    def connect(self, deliver: Deliver, on_state: Callable[[], None]) -> None:
        self._deliver = deliver
        self._on_state = on_state
        on_state()

    def submit(self, generation: Generation) -> None:
        with self._work:
            if self._in_flight >= self._capacity:
                raise QueueFullError
            if self._in_flight == 0:
                self._progress = time.monotonic()
            self._in_flight += 1
            self._inbox.append(generation)
            self._work.notify()

    def load(self) -> EngineLoad:
        if self._scheduler is None:
            return EngineLoad(waiting=0, running=0, kv_usage=0.0)
        load = self._scheduler.load()
        return EngineLoad(
            waiting=load.waiting + len(self._inbox), running=load.running, kv_usage=load.kv_usage
        )

    def stalled_seconds(self) -> float:
        return time.monotonic() - self._progress if self._in_flight else 0.0

    def stop(self) -> None:
        with self._work:
            self._stopping = True
            self._work.notify()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        try:
            runner, self._codec = self._load_model()
            self._scheduler = Scheduler(runner, self._codec)
            self._enter("ready")
            while self._receive(self._scheduler):
                self._finish_step(self._scheduler)
            self.state = "stopped"
        except Exception as error:  # Whatever breaks the thread must end the server, not hang it.
            self.failure = error
            self._enter("failed")
            if self._scheduler is not None:
                self._take_inbox(self._scheduler)
                self._hand_over(self._scheduler.abort())

    def _receive(self, scheduler: Scheduler) -> bool:
        """Move new requests to the scheduler; wait while there is nothing to do."""
        if scheduler.idle or self._inbox or self._stopping:
            with self._work:
                while scheduler.idle and not self._inbox and not self._stopping:
                    self._work.wait()
            self._take_inbox(scheduler)
        return not self._stopping

    def _take_inbox(self, scheduler: Scheduler) -> None:
        while self._inbox:
            scheduler.add(self._inbox.popleft())

    def _finish_step(self, scheduler: Scheduler) -> None:
        outputs = scheduler.step()
        self._progress = time.monotonic()
        self._hand_over(outputs)

    def _hand_over(self, outputs: Sequence[Output]) -> None:
        ended = sum(output.finish_reason is not None for output in outputs)
        if ended:
            with self._work:
                self._in_flight -= ended
        if outputs and self._deliver is not None:
            self._deliver(outputs)

    def _enter(self, state: EngineState) -> None:
        self.state = state
        self._on_state()
