"""The only file that needs a restart of Envoy to change; so it holds almost nothing."""

from __future__ import annotations

from components.gateway.site import Site
from components.gateway.xds import Json, watched_file


def bootstrap(site: Site) -> Json:
    """Where the dynamic files are, and the admin interface on a unix socket of the owner alone."""
    return {
        "node": {"id": "gateway", "cluster": "slipway"},
        "admin": {
            "address": {"pipe": {"path": site.admin, "mode": 0o600}},
        },
        "dynamic_resources": {
            "lds_config": watched_file(site, "listeners.json"),
            "cds_config": watched_file(site, "clusters.json"),
        },
    }
