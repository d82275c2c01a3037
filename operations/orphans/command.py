"""`python -m operations orphans`: exit code 0 for none, 1 for some, 3 for no answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from operations.orphans.found import Found
from operations.orphans.search import orphans
from planning.catalog import load_catalog


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose, and where."""

    project: str
    stack: str
    cluster: str
    region: str
    path: str
    """Of the stack's roles."""


def run(asked: Asked, known: Collection[str], *, as_json: bool, say: Callable[[str], None]) -> int:
    """`known` are ids and ARNs of the stack's state; empty after a destroy."""
    from boto3 import Session
    from botocore.exceptions import BotoCoreError, ClientError

    session = Session()

    @cache
    def client(service: str) -> Any:
        return session.client(service, asked.region)

    try:
        found = orphans(
            client,
            project=asked.project,
            stack=asked.stack,
            cluster=asked.cluster,
            path=asked.path,
            region=asked.region,
            known=known,
            catalog=load_catalog(),
        )
    except (BotoCoreError, ClientError) as error:
        say(f"AWS gave no answer: {type(error).__name__}")
        return 3
    print(json.dumps([_document(one) for one in found], indent=2) if as_json else _lines(found))
    return 1 if found else 0


def _document(one: Found) -> dict[str, Any]:
    return {
        "arn": one.arn,
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "created": one.created.isoformat() if one.created else None,
        "monthlyUsd": float(one.monthly_usd) if one.monthly_usd is not None else None,
    }


def _lines(found: list[Found]) -> str:
    if not found:
        return "nothing of this stack is left that its state does not know"
    priced = sum((one.monthly_usd for one in found if one.monthly_usd is not None), start=0)
    rows = [f"{one.kind:36} {one.id:44} {_age(one):>9} {_price(one):>14}" for one in found]
    return "\n".join([*rows, f"{len(found)} left; those with a known price: ${priced:.2f} a month"])


def _age(one: Found) -> str:
    if one.created is None:
        return "-"
    days = (datetime.now(UTC) - one.created).days
    return f"{days} days" if days else "today"


def _price(one: Found) -> str:
    return "not known" if one.monthly_usd is None else f"${one.monthly_usd:.2f}/month"
