"""What every figure rests on, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from planning.cost.report.document import CostDocument

_IMPORTS = ("import", "import-replacement")


def assumptions(document: CostDocument) -> Iterator[str]:
    counts = ", ".join(f"{number} {name}" for name, number in document.classes.items())
    yield f"Resources: {counts or 'none'}."
    yield "A month has 730 hours; list prices in US dollars, without taxes and discounts."
    yield "Min and max are the fewest and the most that limits allow; spot counts as on demand."
    yield "Expected is by a stack file's traffic; of a preview it is said where nothing scales."
    imported = sum(one.op in _IMPORTS for one in document.resources)
    if imported:
        yield f"Imported, and billed already: {imported}."
    snapshot = document.snapshot
    if snapshot.date is not None:
        yield f"The oldest price used is of {snapshot.date}, {snapshot.days} days ago."
