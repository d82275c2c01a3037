"""The parts of the hub's answers that are read, by the client's names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from operations.preflight.reply import Reply

Count = Annotated[int, Field(ge=0)]


class Account(Reply):
    """`whoami`."""

    name: str


class File(Reply):
    rfilename: str
    """Path in the repository."""
    size: Count | None


class ModelReply(Reply):
    """`model_info` with the metadata of its files."""

    sha: str
    gated: Literal["auto", "manual", False] | None
    tags: list[str]
    siblings: list[File]

    @property
    def licence(self) -> str | None:
        """As the model's card names it; None where it names none."""
        named = (tag.removeprefix("license:") for tag in self.tags if tag.startswith("license:"))
        return next(named, None)


class Hardware(Reply):
    """One entry of `list_inference_endpoints_hardware`."""

    vendor: str
    region: str
    instance_type: str
    instance_size: str
    num_accelerators: Count
    status: str
    max_accelerators: Count
    used_accelerators: Count

    @property
    def name(self) -> str:
        """As in hf_hardware.yaml."""
        return f"{self.vendor}/{self.instance_type}/{self.instance_size}"


class _Raw(Reply):
    model_config = ConfigDict(alias_generator=to_camel)


class _Scaling(_Raw):
    max_replica: Count


class _Compute(_Raw):
    instance_type: str
    instance_size: str
    scaling: _Scaling


class _Provider(_Raw):
    vendor: str
    region: str


class EndpointReply(_Raw):
    """`raw` of `get_inference_endpoint`: the API's own document."""

    compute: _Compute
    provider: _Provider
