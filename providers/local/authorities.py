"""This machine's bundle of certificate authorities."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

from providers.plugin.session import OperationError

_USUAL = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


def bundle() -> str:
    """The PEM file that OpenSSL's users here take; `SSL_CERT_FILE` names another."""
    named = os.environ.get("SSL_CERT_FILE")
    if named:
        return named
    found = (ssl.get_default_verify_paths().cafile, *_USUAL)
    for path in found:
        if path and Path(path).is_file():
            return path
    raise OperationError(
        "no bundle of certificate authorities here: install ca-certificates, or name one in "
        "SSL_CERT_FILE"
    )
