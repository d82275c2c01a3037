"""Feed-forward parts of a layer: one for all tokens, or experts behind a router."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planning.architecture.attention import linear
from planning.architecture.value import Tensor


@dataclass(frozen=True, kw_only=True)
class FeedForward:
    """Up, down, and a gate beside up."""

    hidden: int
    inner: int
    gated: bool = True
    bias: bool = False
    up: tuple[str, ...] = ("gate_proj", "up_proj")
    down: str = "down_proj"

    def tensors(self, place: str, *, copies: int = 1, used: int = 1) -> Iterator[Tensor]:
        size = self.inner * (2 if self.gated else 1) // len(self.up)
        for part in self.up:
            yield from linear(
                f"{place}.{part}", size, self.hidden, bias=self.bias, copies=copies, used=used
            )
        yield from linear(
            f"{place}.{self.down}",
            self.hidden,
            self.inner,
            bias=self.bias,
            copies=copies,
            used=used,
        )


@dataclass(frozen=True, kw_only=True)
class Experts:
    """A router that sends each token to `used` of `count` experts."""

    count: int
    used: int
    expert: FeedForward
    shared: FeedForward | None = None
    """Passed by every token."""
    shared_gate: bool = False
    """A weight of the shared part for each token."""
    router: str = "gate"
    router_bias: bool = False
    correction: bool = False
    """A bias that only balances the load, stored beside the router."""
    shared_name: str = "shared_experts"

    def tensors(self, place: str) -> Iterator[Tensor]:
        hidden = self.expert.hidden
        router = f"{place}.{self.router}"
        yield Tensor(module=router, shape=(self.count, hidden), kind="router")
        if self.router_bias:
            yield Tensor(module=router, shape=(self.count,), kind="vector")
        if self.correction:
            yield Tensor(module=router, shape=(self.count,), kind="buffer")
        yield from self.expert.tensors(f"{place}.experts.*", copies=self.count, used=self.used)
        if self.shared:
            yield from self.shared.tensors(f"{place}.{self.shared_name}")
        if self.shared_gate:
            yield Tensor(module=f"{place}.shared_expert_gate", shape=(1, hidden), kind="router")
