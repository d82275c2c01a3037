"""What is made on AWS, and what each part of it costs."""

from __future__ import annotations

from planning.page.table import Section, Table, columns
from planning.report.document import PlanDocument
from planning.report.eks_terminal import amounts, eks_rows


def eks_section(document: PlanDocument) -> Section | None:
    part = document.eks
    if part is None:
        return None
    lines = tuple((line.item, *amounts(line), line.how) for line in part.costs)
    return Section(
        slug="aws",
        title="On AWS",
        words=(
            "A dash is a price that is not known, which is not 0. Expected is by traffic, where it "
            "is stated.",
        ),
        tables=(
            Table(columns=columns("what", "made"), rows=tuple(eks_rows(part))),
            Table(
                title="A month of 730 hours",
                columns=columns("item", "min $>", "expected $>", "max $>", "how"),
                rows=lines,
            ),
        ),
    )
