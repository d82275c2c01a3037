"""Section `access`: who may call the endpoint, where it listens and what it takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planning.settings.address import Address
from planning.settings.base import Count, Flag, Section, worded
from planning.settings.keysource import KeySource
from planning.settings.limits import sizes
from planning.settings.units import Memory

Auth = Literal["api-key", "none"]
KeyName = Annotated[
    str,
    worded("^[a-z0-9][a-z0-9-]{0,31}$", "1 to 32 lower-case letters, digits or -", sensitive=True),
]
Path = Annotated[str, worded(r"^[^\x00-\x1f]{1,1024}$", "the path of a PEM file", sensitive=True)]


SecretName = Annotated[
    str,
    worded("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", "the name of a Secret", sensitive=True),
]


class Key(Section):
    """One named API key; the value itself never stands in the stack file."""

    name: KeyName
    """Shown in the access log and in limits, never the key itself."""
    source: KeySource = Field(default=KeySource("generated", ""), alias="from")
    """`generated` (Pulumi keeps it encrypted), `config:<name>` or `env:<variable>`.

    `pulumi config set --secret slipway:<name>` sets the secret that `config:<name>` names.
    """


class Tls(Section):
    """The gateway's certificate: your own (both files), a generated one, or a Secret."""

    certificate: Path | None = None
    """PEM file with the certificate chain (`local`)."""
    private_key: Path | None = None
    """PEM file with the private key (`local`)."""
    self_signed: Flag | None = None
    """`true` makes a certificate; clients must be told to trust it (`local`)."""
    secret: SecretName | None = None
    """A Secret of the namespace with `tls.crt` and `tls.key`, as cert-manager keeps them
    (`kubernetes`, `eks`)."""


class Access(Section):
    """Who may call the endpoint, where it listens and what it takes."""

    auth: Auth = "api-key"
    """`none` lets everybody in and is refused on an address that other machines reach."""
    keys: Annotated[tuple[Key, ...], Field(min_length=1, max_length=64)] | None = None
    """Named keys; two for a while rotate one. Left out: one generated key named `default`."""
    requests_per_minute: Annotated[Count, Field(le=1_000_000)] | None = None
    """Limit of each key (of all together without keys). Left out: no limit."""
    host: Address = Address("127.0.0.1")
    """Address to listen on; the default is reached from this machine only."""
    port: Annotated[Count, Field(le=65535)] = 8080
    """TCP port of the endpoint and of the chat page."""
    tls: Tls | None = None
    """HTTPS. Left out: plain HTTP."""
    max_connections: Annotated[Count, Field(le=100_000)] = 1024
    """Open connections; one more is closed."""
    max_streams: Annotated[Count, Field(le=100_000)] = 1024
    """Requests in flight over all replicas; one more is answered 503."""
    max_request_size: Annotated[Memory, sizes("1Ki", "64Mi")] = Memory(1 << 20)
    """Largest request body; a larger one is answered 413."""
