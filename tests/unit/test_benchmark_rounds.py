"""Rounds interleave the variants, so that drift of the machine meets all of them alike."""

from __future__ import annotations

from benchmarks.rounds import interleave


def test_variants_alternate_and_turn_round_after_one_uncounted_run_each() -> None:
    order: list[str] = []

    def variant(name: str) -> dict[str, float]:
        order.append(name)
        return {"count": len(order)}

    series = interleave(
        {"a": lambda: variant("a"), "b": lambda: variant("b")}, 3, {"count": ""}, lambda _: None
    )

    assert "".join(order) == "ab" + "ab" + "ba" + "ab"
    assert {one.name: one.values for one in series} == {
        "a count": (3, 6, 7),
        "b count": (4, 5, 8),
    }
