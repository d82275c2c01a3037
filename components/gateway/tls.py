"""The listener's certificate, read again when its files are replaced."""

from __future__ import annotations

from components.gateway.site import Site
from components.gateway.xds import Json, extension, watched_file, watched_folder
from components.specs import TlsSpec

_RESOURCE = "certificate"


def tls_socket(site: Site) -> Json:
    """The listener's transport socket."""
    return extension(
        "envoy.transport_sockets.tls",
        "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        {
            "common_tls_context": {
                "tls_params": {"tls_minimum_protocol_version": "TLSv1_2"},
                "alpn_protocols": ["h2", "http/1.1"],
                "tls_certificate_sds_secret_configs": [
                    {"name": _RESOURCE, "sds_config": watched_file(site, "certificate.json")}
                ],
            }
        },
    )


def certificate_secret(tls: TlsSpec, site: Site) -> Json:
    """The user's certificate, or the one generated as `tls.crt` and `tls.key`."""
    certificate = tls.certificate or f"{site.files}/tls.crt"
    private_key = tls.private_key or f"{site.files}/tls.key"
    return {
        "name": _RESOURCE,
        "tls_certificate": {
            "certificate_chain": {"filename": certificate},
            "private_key": {"filename": private_key},
            **watched_folder(site),
        },
    }
