"""A fake of the Inference Endpoints API over a socket; the real huggingface_hub talks to it.

Routes and fields are those of huggingface_hub's own source: tests/hf/test_fake_api.py ties them.
"""

from tests.support.hf_api.faults import Fault
from tests.support.hf_api.model import Call, FakeApi
from tests.support.hf_api.server import running

__all__ = ["Call", "FakeApi", "Fault", "running"]
