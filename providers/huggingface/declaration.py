"""One resource as a program declares it, and the calls that bring it about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.huggingface.names import generation_of, owner_tag, run_tag
from providers.huggingface.difference import identity_values
from providers.huggingface.payload import WHOLES, create_arguments, update_arguments


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """Inputs of the resource `urn`, checked and complete."""

    urn: str
    inputs: Mapping[str, Any]
    secrets: Mapping[str, str] = field(repr=False)
    """Values by name; used in calls, kept nowhere."""
    instance: str
    """Tells this endpoint from another one of the same resource."""

    @property
    def namespace(self) -> str:
        return str(self.inputs["namespace"])

    @property
    def generation(self) -> str:
        """Equal for all declarations that one and the same endpoint can fulfil."""
        return generation_of(identity_values(self.inputs))

    @property
    def own_tags(self) -> tuple[str, str]:
        """(owner, run): which resource an endpoint belongs to, and which run made it."""
        return owner_tag(self.urn), run_tag(self.generation, self.instance)

    def creation(self, *, with_domain: bool = True) -> dict[str, Any]:
        """Arguments that create it; a domain that another endpoint holds comes later."""
        inputs = self._inputs(with_domain)
        return create_arguments(inputs, self._tags(), self.secrets)

    def change(self, changed: Collection[str], *, with_domain: bool = True) -> dict[str, Any]:
        """Arguments that bring an endpoint to it where only `changed` differs."""
        inputs = self._inputs(with_domain)
        return update_arguments(inputs, changed, self._tags(), self.secrets)

    def everything(self, *, with_domain: bool = True) -> dict[str, Any]:
        """Arguments that bring any endpoint of its generation to it."""
        changed = {*self.inputs, *WHOLES, "secrets"}
        return self.change(changed, with_domain=with_domain)

    def _tags(self) -> list[str]:
        return [*(self.inputs.get("tags") or ()), *self.own_tags]

    def _inputs(self, with_domain: bool) -> dict[str, Any]:
        left_out = () if with_domain else ("domain", "path")
        return {name: value for name, value in self.inputs.items() if name not in left_out}
