"""Rules: who may reach the endpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic.alias_generators import to_camel

from planning.checks.facts import Facts
from planning.problems import Problem
from planning.settings.keysource import STORES


def nobody_is_let_in_from_outside(facts: Facts) -> Iterator[Problem]:
    access = facts.stated.access
    if access.auth == "none" and not access.host.loopback:
        yield Problem(
            path="slipway:access.auth",
            code="open-to-others",
            got=f"none, while {access.host} is reached by other machines",
            allowed="api-key, or none on a loopback address",
            fixes=("write auth: api-key", "or write host: 127.0.0.1"),
        )


def keys_need_auth(facts: Facts) -> Iterator[Problem]:
    access = facts.stated.access
    if access.auth == "none" and access.keys is not None:
        yield Problem(
            path="slipway:access.keys",
            code="keys-unused",
            got=f"{len(access.keys)} keys, while auth is none",
            allowed="no keys without authentication",
            fixes=("write auth: api-key", "or remove keys"),
        )


def key_names_differ(facts: Facts) -> Iterator[Problem]:
    counts = Counter(key.name for key in facts.stated.access.keys or ())
    for index, key in enumerate(facts.stated.access.keys or ()):
        if counts[key.name] > 1:
            counts[key.name] = 0  # report a name once
            yield Problem(
                path=f"slipway:access.keys[{index}].name",
                code="name-twice",
                got="a name that another key has too",
                allowed="names that differ",
                fixes=("give each key a name of its own",),
            )


def key_sources_are_reachable(facts: Facts) -> Iterator[Problem]:
    unread = facts.stated.target in ("local", "kubernetes") or facts.fronted
    for index, key in enumerate(facts.stated.access.keys or ()):
        if unread and key.source.scheme in STORES:
            yield Problem(
                path=f"slipway:access.keys[{index}].from",
                code="store-unsupported",
                got=f"{key.source.scheme}, which {facts.stated.target} cannot read",
                allowed="generated, config:<name of a secret> or env:<variable>",
                fixes=("write from: generated, or from: config:<name>",),
            )


def certificate_has_one_origin(facts: Facts) -> Iterator[Problem]:
    tls = facts.stated.access.tls
    if tls is None:
        return
    files = [path is not None for path in (tls.certificate, tls.private_key)]
    origins = [any(files), tls.self_signed is not None, tls.secret is not None]
    whole = all(files) or tls.self_signed or tls.secret
    if sum(origins) != 1 or not whole:
        yield Problem(
            path="slipway:access.tls",
            code="tls-unclear",
            got=", ".join(sorted(map(to_camel, tls.model_fields_set))) or "no keys",
            allowed=_ORIGINS[facts.stated.target in ("kubernetes", "eks")],
            fixes=("write one of the two forms, or remove tls for plain HTTP",)
            if facts.stated.target not in ("kubernetes", "eks")
            else ("write secret: its name, or remove tls for plain HTTP",),
        )


_ORIGINS = {
    False: "either certificate and privateKey, or selfSigned: true",
    True: "secret: the name of a Secret of the namespace",
}
