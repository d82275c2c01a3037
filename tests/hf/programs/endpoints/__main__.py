"""Endpoints as the test's configuration describes them."""

from __future__ import annotations

import pulumi

from components.hf_endpoint import HfEndpoint
from tests.support.hf_stack import spec_of

config = pulumi.Config("hf")
for name, wanted in config.require_object("endpoints").items():
    options = dict(wanted)
    imported = options.pop("import", None)
    values = {
        variable: config.require_secret(reference.removeprefix("config:"))
        for variable, reference in options.get("secrets", {}).items()
        if reference.startswith("config:")
    }
    endpoint = HfEndpoint(
        name,
        spec_of(name, options),
        secret_values=values,
        opts=pulumi.ResourceOptions(import_=imported),
    )
    pulumi.export(name, {"url": endpoint.url, "name": endpoint.endpoint_name})
