"""The files of one gateway directory.

Envoy reads all of them but `bootstrap.json` again when they are replaced by an atomic rename, so
keys, replicas, routes, limits, certificates and even the port change without a restart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.gateway.auth import credentials
from components.gateway.bootstrap import bootstrap
from components.gateway.canary import canary_clusters
from components.gateway.clusters import admin_cluster, endpoints, engine_cluster
from components.gateway.holding import holding_clusters, waiting_rooms
from components.gateway.inference import inference_clusters
from components.gateway.internal import internal_clusters, internal_listeners
from components.gateway.listener import listener
from components.gateway.picker import picker_clusters
from components.gateway.routes import route_table
from components.gateway.shared_limits import limits_clusters
from components.gateway.site import Site
from components.gateway.tls import certificate_secret
from components.gateway.tracing import tracing_clusters
from components.gateway.xds import as_file, discovery
from components.specs import GatewaySpec


def gateway_files(spec: GatewaySpec, site: Site) -> dict[str, str]:
    """Relative file name -> content, for a gateway at `site`.

    The same spec gives the same bytes. None of these files holds a secret; `endpoints.json` and
    `keys.json` stand beside them and come from `endpoints_file` and `keys_file`.
    """
    listeners = [
        listener(spec, site),
        *waiting_rooms(spec, site),
        *internal_listeners(site.pod),
    ]
    clusters = [
        engine_cluster(spec, site),
        admin_cluster(site),
        *holding_clusters(spec, site),
        *canary_clusters(spec, site),
        *inference_clusters(spec, site),
        *internal_clusters(site.pod),
        *picker_clusters(site),
        *limits_clusters(site.limits),
        *tracing_clusters(site),
    ]
    table = route_table(spec, site)
    files = {
        "bootstrap.json": as_file(bootstrap(site)),
        "listeners.json": discovery("envoy.config.listener.v3.Listener", listeners),
        "routes.json": discovery("envoy.config.route.v3.RouteConfiguration", [table]),
        "clusters.json": discovery("envoy.config.cluster.v3.Cluster", clusters),
    }
    if spec.tls is not None:
        files["certificate.json"] = discovery(
            "envoy.extensions.transport_sockets.tls.v3.Secret",
            [certificate_secret(spec.tls, site)],
        )
    return files


def endpoints_file(sockets: Sequence[str]) -> str:
    """Content of `endpoints.json`: the replicas' unix sockets (absolute paths, any order)."""
    return discovery(
        "envoy.config.endpoint.v3.ClusterLoadAssignment", [endpoints(sorted(set(sockets)))]
    )


def keys_file(keys: Mapping[str, str]) -> str:
    """Content of `keys.json`: key name -> key value. It holds secrets: write it with mode 0600.

    Raises ValueError where a key could not be told apart from another or not be sent as a bearer
    token; the message names the key and never its value.
    """
    # No version from the content: Envoy shows a resource's version in its metrics, and a short
    # key could be guessed from a digest.
    return discovery("envoy.config.core.v3.TypedExtensionConfig", [credentials(keys)], version="")
