"""Registrations made and taken away again by boto3, in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any, cast

import boto3
from botocore.exceptions import ClientError

from tests.support.aws_calls.call import Call, first_call, further_calls, last_calls, made_up, rows

Registration = Mapping[str, Any]
_NAMES = ("id", "arn", "url", "lock")


@dataclass
class Run:
    """Calls of boto3, wherever they go."""

    region: str
    known: dict[str, str] = field(default_factory=dict[str, str])
    """What mocks call an object, and what it is called here; at first, what is there already."""
    lacks: set[str] = field(default_factory=set[str])
    """`service.Operation` of calls that the endpoint does not know."""
    done: list[Call] = field(default_factory=list[Call])
    _clients: dict[str, Any] = field(default_factory=dict[str, Any])
    _made: list[tuple[Registration, dict[str, str]]] = field(
        default_factory=list[tuple[Registration, dict[str, str]]]
    )

    def up(self, registrations: Iterable[Registration]) -> None:
        for one in in_order(registrations):
            if "call" in rows()[one["type"]]:
                self._make(self._here(one))

    def down(self) -> None:
        while self._made:
            one, known = self._made.pop()
            for call in last_calls(one["type"], one["inputs"], known):
                self._ask(call)

    def _make(self, one: Registration) -> None:
        row, name = rows()[one["type"]], one["name"]
        call = first_call(one["type"], name, one["inputs"])
        answer = self._ask(call)
        if answer is None:
            return
        known = {word: _at(answer, row[word]) for word in _NAMES if word in row}
        named = call.arguments.get(row.get("name", ""), one["inputs"].get("name"))
        known["name"] = named or made_up(name)
        self._made.append((one, known))
        self._learn(name, known)
        for more in further_calls(one["type"], one["inputs"], known):
            self._ask(more)

    def _learn(self, name: str, known: Mapping[str, str]) -> None:
        """As tests.support.resource_graph's mocks answer."""
        arn = f"arn:aws:mock:us-east-1:123456789012:{name}"
        self.known |= {f"{name}-id": known.get("id", known["name"]), name: known["name"]}
        self.known |= {f"{name}-bucket": known["name"]}
        for made_for_mocks, word in ((arn, "arn"), (f"https://sqs/{name}", "url")):
            if word in known:
                self.known[made_for_mocks] = known[word]

    def _here(self, one: Registration) -> Registration:
        """With names of this account; an ARN inside a document too."""
        inputs = {key: self._named(value) for key, value in one["inputs"].items() if key != "tags"}
        tags = {"tags": one["inputs"]["tags"]} if "tags" in one["inputs"] else {}
        return {**one, "inputs": {**inputs, **tags}}

    def _named(self, value: Any) -> Any:
        if isinstance(value, dict):
            block = cast(dict[str, Any], value)
            return {key: self._named(inner) for key, inner in block.items()}
        if isinstance(value, list):
            return [self._named(inner) for inner in cast(list[Any], value)]
        if not isinstance(value, str):
            return value
        for old in sorted(self.known, key=len, reverse=True) if ":mock:" in value else ():
            if old.startswith("arn:"):
                value = value.replace(old, self.known[old])
        return self.known.get(value, value)

    def _ask(self, call: Call) -> dict[str, Any] | None:
        client = self._client(call.service)
        method = next(
            name
            for name, operation in client.meta.method_to_api_mapping.items()
            if operation == call.operation
        )
        try:
            answer = getattr(client, method)(**call.arguments)
        except (NotImplementedError, ClientError) as error:
            if isinstance(error, NotImplementedError) or "not yet impl" in str(error).lower():
                self.lacks.add(f"{call.service}.{call.operation}")
                return None
            text = json.dumps(call.arguments)[:600]
            raise AssertionError(f"{call.service}.{call.operation} {text}: {error}") from error
        self.done.append(call)
        return answer

    def _client(self, service: str) -> Any:
        if service not in self._clients:
            client: Any = boto3.Session().client
            self._clients[service] = client(service, region_name=self.region)
        return self._clients[service]


def in_order(registrations: Iterable[Registration]) -> list[Registration]:
    """AWS's own, each after what it waits for."""
    named = {one["name"]: one for one in registrations}
    order = TopologicalSorter({name: one["after"] for name, one in named.items()})
    return [
        named[name]
        for name in order.static_order()
        if name in named and named[name]["type"].startswith("aws:")
    ]


def _at(answer: Any, path: str) -> str:
    for step in path.split("."):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    return str(answer)
