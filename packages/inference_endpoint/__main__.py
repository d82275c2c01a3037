"""Entry point of the package; the engine starts it by this folder's path."""

import sys
from pathlib import Path

# As in providers/*: the checkout in place of this folder, whose names would shadow others.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from pulumi.provider.experimental import component_provider_host  # noqa: E402

from components.huggingface.version import VERSION  # noqa: E402
from packages.inference_endpoint.component import InferenceEndpoint  # noqa: E402

if __name__ == "__main__":
    component_provider_host(
        name="slipway-endpoint", components=[InferenceEndpoint], version=VERSION
    )
