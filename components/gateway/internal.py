"""What a pod's node asks its gateway: probes, metrics, and to end without cutting a stream.

An image of Envoy has neither a shell nor a client for its admin socket, which takes changes by POST
alone; and a hook of Kubernetes can only GET or wait. So the hook is a GET that Envoy answers once
it has drained, and the few lines between the two are Envoy's own Lua filter.
"""

from __future__ import annotations

from components.gateway.clusters import ADMIN, assignment, socket_address
from components.gateway.filters import http_connections
from components.gateway.site import Address, PodPorts
from components.gateway.xds import Json, extension, seconds, typed

READY, LIVE, METRICS, DRAIN = "/ready", "/live", "/metrics", "/drain"

DRAINER = "drainer"
_PAUSE = "/pause"
_LUA = "envoy.filters.http.lua"
_FAULT = "envoy.filters.http.fault"

# Failing its own health check makes Envoy close each connection with the answer that it gives on
# it. A stream can follow another one on its connection, so one quiet look is not enough.
_SCRIPT = """
local function ask(request, cluster, method, path)
  local headers = {[":method"] = method, [":path"] = path, [":authority"] = cluster}
  local _, body = request:httpCall(cluster, headers, "", 5000)
  return body or ""
end

function envoy_on_request(request)
  ask(request, "%(admin)s", "POST", "/healthcheck/fail")
  local waited, quiet = 0, 0
  while waited < %(withdrawal)d or quiet < 2 do
    ask(request, "%(drainer)s", "GET", "%(pause)s")
    waited = waited + 1
    local running = ask(request, "%(admin)s", "GET", "%(running)s"):match(": (%%d+)")
    quiet = running == "0" and quiet + 1 or 0
  end
  request:respond({[":status"] = "200"}, "drained\\n")
end
"""
_RUNNING = "/stats?filter=^http.gateway.downstream_rq_active$"


def internal_listeners(pod: PodPorts | None) -> list[Json]:
    """Two ports, as the monitoring may reach one of them and nobody but the node the other."""
    if pod is None:
        return []
    probes = [
        # 503 while Envoy starts and once it drains.
        _admin_route(READY, "/ready"),
        # The shortest answer that needs Envoy's main thread.
        _admin_route(LIVE, "/hot_restart_version"),
        _admin_route(METRICS, "/stats/prometheus"),
    ]
    return [
        _listener("probes", pod.probes, probes, []),
        _listener("drain", pod.drain, [_drain_route(pod), _pause_route()], [_lua(), _fault()]),
    ]


def internal_clusters(pod: PodPorts | None) -> list[Json]:
    """The drain port itself, where the hook waits for a second to pass."""
    if pod is None:
        return []
    drainer: Json = {
        "name": DRAINER,
        "type": "STATIC",
        "connect_timeout": seconds(1),
        "load_assignment": assignment(
            DRAINER, [socket_address(Address(host="127.0.0.1", port=pod.drain))]
        ),
    }
    return [drainer]


def _listener(name: str, port: int, routes: list[Json], filters: list[Json]) -> Json:
    manager: Json = {
        "stat_prefix": name,
        "route_config": {"virtual_hosts": [{"name": name, "domains": ["*"], "routes": routes}]},
        "http_filters": [
            *filters,
            extension(
                "envoy.filters.http.router", "envoy.extensions.filters.http.router.v3.Router"
            ),
        ],
        # The hook's answer may take as long as the longest stream.
        "stream_idle_timeout": seconds(0),
    }
    return {
        "name": name,
        "address": socket_address(Address(host="0.0.0.0", port=port)),  # noqa: S104
        "filter_chains": [{"filters": [http_connections(manager)]}],
    }


def _admin_route(path: str, admin_path: str) -> Json:
    action = {"cluster": ADMIN, "prefix_rewrite": admin_path, "timeout": seconds(5)}
    return {"match": {"path": path}, "route": action}


def _drain_route(pod: PodPorts) -> Json:
    script = _SCRIPT % {
        "admin": ADMIN,
        "drainer": DRAINER,
        "pause": _PAUSE,
        "running": _RUNNING,
        "withdrawal": pod.withdrawal_seconds,
    }
    per_route = typed(
        "envoy.extensions.filters.http.lua.v3.LuaPerRoute",
        {"source_code": {"inline_string": script}},
    )
    return {
        "match": {"path": DRAIN},
        "direct_response": {"status": 200},
        "typed_per_filter_config": {_LUA: per_route},
    }


def _pause_route() -> Json:
    second = {
        "delay": {
            "fixed_delay": seconds(1),
            "percentage": {"numerator": 100, "denominator": "HUNDRED"},
        }
    }
    fault = typed("envoy.extensions.filters.http.fault.v3.HTTPFault", second)
    return {
        "match": {"path": _PAUSE},
        "direct_response": {"status": 200},
        "typed_per_filter_config": {_FAULT: fault},
    }


def _lua() -> Json:
    return extension(_LUA, "envoy.extensions.filters.http.lua.v3.Lua")


def _fault() -> Json:
    return extension(_FAULT, "envoy.extensions.filters.http.fault.v3.HTTPFault")
