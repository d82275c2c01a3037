"""An upstream elsewhere in place of replicas: one address over TLS, with a credential of its own.

The credential goes into requests behind the router, when nothing of this gateway looks at them any
more; it lies in `credential.json`, which Envoy reads again when it is replaced.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from components.gateway.site import Remote, Site
from components.gateway.xds import Json, discovery, extension, seconds, typed, watched_file

CREDENTIAL_FILE = "credential.json"

_CREDENTIAL = "credential"
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,4096}")
_CONNECT_SECONDS = 5
# Shorter than load balancers of clouds keep a silent connection.
_IDLE_SECONDS = 30
_HTTP = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"


def remote_of(url: str, *, authorities: str, credential: bool) -> Remote:
    """Raises ValueError where requests would not be encrypted, or the address is none."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"{url} is no https address: a token is sent over TLS only")
    return Remote(
        host=parts.hostname,
        port=parts.port or 443,
        path=parts.path.rstrip("/"),
        authorities=authorities,
        credential=credential,
    )


def remote_transport(remote: Remote, site: Site) -> Json:
    """What differs in the engine's cluster; there is no health check, which would wake an endpoint
    that sleeps, and none of its replicas is known, so none is ejected."""
    address = {"address": remote.host, "port_value": remote.port}
    endpoint: Json = {"address": {"socket_address": address}, "hostname": remote.host}
    return {
        "type": "LOGICAL_DNS",
        "dns_lookup_family": "V4_PREFERRED",
        "load_assignment": {
            "cluster_name": "engine",
            "endpoints": [{"lb_endpoints": [{"endpoint": endpoint}]}],
        },
        "connect_timeout": seconds(_CONNECT_SECONDS),
        "transport_socket": _tls(remote),
        "typed_extension_protocol_options": {_HTTP: typed(_HTTP, _http(remote, site))},
    }


def rewritten(remote: Remote | None, path: str) -> Json:
    """Part of a route's action: the upstream's own name and base path."""
    if remote is None:
        return {}
    return {"host_rewrite_literal": remote.host, "prefix_rewrite": f"{remote.path}{path}"}


def credential_file(token: str) -> str:
    """Content of `credential.json`. It holds a secret: write it with mode 0600.

    Raises ValueError where it could not be sent in a header; the message does not show it.
    """
    if not _TOKEN.fullmatch(token):
        raise ValueError("the token for the upstream has characters that no bearer token has")
    secret: Json = {"name": _CREDENTIAL, "generic_secret": {"secret": {"inline_string": token}}}
    # No version from the content: Envoy shows versions in its metrics.
    kind = "envoy.extensions.transport_sockets.tls.v3.Secret"
    return discovery(kind, [secret], version="")


def _tls(remote: Remote) -> Json:
    name = {"san_type": "DNS", "matcher": {"exact": remote.host}}
    return extension(
        "envoy.transport_sockets.tls",
        "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        {
            "sni": remote.host,
            "common_tls_context": {
                "tls_params": {"tls_minimum_protocol_version": "TLSv1_2"},
                "alpn_protocols": ["http/1.1"],
                "validation_context": {
                    "trusted_ca": {"filename": remote.authorities},
                    "match_typed_subject_alt_names": [name],
                },
            },
        },
    )


def _http(remote: Remote, site: Site) -> Json:
    options: Json = {
        "common_http_protocol_options": {"idle_timeout": seconds(_IDLE_SECONDS)},
        "explicit_http_config": {"http_protocol_options": {}},
    }
    if remote.credential:
        last = extension(
            "envoy.filters.http.upstream_codec",
            "envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec",
        )
        options["http_filters"] = [_injector(site), last]
    return options


def _injector(site: Site) -> Json:
    source = extension(
        "envoy.http.injected_credentials.generic",
        "envoy.extensions.http.injected_credentials.generic.v3.Generic",
        {
            "credential": {
                "name": _CREDENTIAL,
                "sds_config": watched_file(site, CREDENTIAL_FILE),
            },
            "header": "authorization",
            "header_value_prefix": "Bearer ",
        },
    )
    return extension(
        "envoy.filters.http.credential_injector",
        "envoy.extensions.filters.http.credential_injector.v3.CredentialInjector",
        # Without the credential a request is refused here, not sent bare.
        {"overwrite": True, "allow_request_without_credential": False, "credential": source},
    )
