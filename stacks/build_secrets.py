"""What an image's build must know of this machine's way to the package index; never in a layer."""

from __future__ import annotations

import os
from pathlib import Path

_CERTIFICATES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
_OPTIONS = {
    "PIP_INDEX_URL": "index-url",
    "PIP_EXTRA_INDEX_URL": "extra-index-url",
    "PIP_TRUSTED_HOST": "trusted-host",
    "PIP_PROXY": "proxy",
}


def build_secrets() -> dict[str, str]:
    """`ca.pem` and `pip.conf` as this machine's environment says; each is left out without need.

    The first of PIP_CERT, SSL_CERT_FILE and REQUESTS_CA_BUNDLE that names a file counts.
    """
    secrets: dict[str, str] = {}
    bundles = (Path(os.environ[name]) for name in _CERTIFICATES if os.environ.get(name))
    if bundle := next((path for path in bundles if path.is_file()), None):
        secrets["ca.pem"] = bundle.read_text()
    options = {option: os.environ.get(name) for name, option in _OPTIONS.items()}
    lines = [f"{option} = {value}" for option, value in options.items() if value]
    if lines:
        secrets["pip.conf"] = "\n".join(["[global]", *lines, ""])
    return secrets
