"""The gateway's own certificate, where the user gave none: self-signed, for this host alone."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

from components.specs import TlsSpec
from providers.local.files import write_atomically

if TYPE_CHECKING:
    from cryptography import x509

_VALID = datetime.timedelta(days=397)
_RENEW_BEFORE = datetime.timedelta(days=30)


def ensure(folder: Path, tls: TlsSpec, host: str) -> None:
    """Make `tls.crt` and `tls.key` where they are missing, for another host or soon to expire."""
    if stale(folder, tls, host):
        certificate, key = _generate(host)
        write_atomically(folder / "tls.key", key)
        write_atomically(folder / "tls.crt", certificate)


def stale(folder: Path, tls: TlsSpec, host: str) -> bool:
    """Whether the generated certificate has to be made again; never for the user's own."""
    if tls.certificate is not None:
        return False
    from cryptography import x509  # half the plugin's start-up time, needed with TLS alone

    try:
        found = x509.load_pem_x509_certificate((folder / "tls.crt").read_bytes())
        (folder / "tls.key").stat()
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return True
    now = datetime.datetime.now(datetime.UTC)
    return found.not_valid_after_utc - now < _RENEW_BEFORE or list(names) != _names(host)


def _generate(host: str) -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "slipway local gateway")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName(_names(host)), critical=False)
        # Its own root, so that a client can trust exactly this certificate.
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def _names(host: str) -> list[x509.GeneralName]:
    from cryptography import x509

    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    for address in dict.fromkeys(("127.0.0.1", "::1", host)):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(address)))
        except ValueError:
            names.append(x509.DNSName(address))
    return names
