"""Which file says what: a change of the spec touches no more files than it must."""

from __future__ import annotations

import json

import pytest

from components.gateway import endpoints_file, gateway_files, keys_file, local_site
from components.specs import HoldSpec, KeySpec, TlsSpec
from tests.support.live_gateway import KEY, gateway_spec

SITE = local_site("/run/gateway")
TWO_KEYS = tuple(KeySpec(name=name, source="generated") for name in ("default", "next"))

TOUCHED = [
    ({"host": "0.0.0.0"}, {"listeners.json"}),
    ({"port": 8080}, {"listeners.json"}),
    ({"max_connections": 7}, {"listeners.json"}),
    ({"max_request_bytes": 7000}, {"listeners.json"}),
    ({"max_streams": 7}, {"clusters.json"}),
    ({"requests_per_minute": 7}, {"routes.json"}),
    ({"request_timeout_seconds": 7.5}, {"routes.json"}),
    ({"keys": TWO_KEYS, "requests_per_minute": None}, set[str]()),
    ({"keys": ()}, {"listeners.json", "routes.json"}),
    ({"tls": TlsSpec(certificate=None, private_key=None)}, {"listeners.json", "certificate.json"}),
    (
        {"hold": HoldSpec(requests=7, seconds=60)},
        {"listeners.json", "clusters.json", "routes.json"},
    ),
    # Its cluster comes with the address of Triton's own port.
    ({"inference": ("embed",)}, {"routes.json"}),
    # Envoy takes it as an argument.
    ({"drain_seconds": 7.0}, set[str]()),
]


@pytest.mark.parametrize(("change", "touched"), TOUCHED, ids=lambda value: str(sorted(value)))
def test_a_change_touches_only_the_files_that_say_it(
    change: dict[str, object], touched: set[str]
) -> None:
    before = gateway_files(gateway_spec(), SITE)
    after = gateway_files(gateway_spec(**change), SITE)
    assert {name for name in after if after[name] != before.get(name)} == touched


def test_every_field_of_the_spec_is_covered_above() -> None:
    changed = {name for change, _ in TOUCHED for name in change}
    assert changed == set(gateway_spec().__dataclass_fields__)


def test_versions_follow_the_content() -> None:
    files = gateway_files(gateway_spec(), SITE)
    assert files == gateway_files(gateway_spec(), SITE)
    other = gateway_files(gateway_spec(port=8080), SITE)["listeners.json"]
    assert _version(other) != _version(files["listeners.json"])
    assert endpoints_file(["/b", "/a", "/b"]) == endpoints_file(["/a", "/b"])


def test_the_keys_file_has_no_version_from_which_a_key_could_be_guessed() -> None:
    assert _version(keys_file({"default": KEY})) == ""


def _version(content: str) -> str:
    return json.loads(content)["version_info"]
