"""The dashboard of a stack, in a ConfigMap that Grafana's sidecar finds."""

from __future__ import annotations

import json

from components.kubernetes import names
from components.kubernetes.manifest import Manifest, manifest
from components.kubernetes.monitoring import queries
from components.kubernetes.monitoring.panel import Panel, panels
from components.kubernetes.monitoring.records import HELD, READY, RUNNING
from components.specs.cluster import KubernetesSpec
from components.specs.engine import Meaning

SIDECAR_LABEL = {"grafana_dashboard": "1"}
_RATE = "$__rate_interval"


def dashboards(spec: KubernetesSpec) -> Manifest:
    text = json.dumps(dashboard(spec), indent=1, ensure_ascii=False) + "\n"
    made = manifest(
        spec,
        "v1",
        "ConfigMap",
        names.named(spec, "dashboard"),
        "monitoring",
        data={f"{spec.name}.json": text},
    )
    made["metadata"]["labels"] |= SIDECAR_LABEL
    return made


def dashboard(spec: KubernetesSpec) -> Manifest:
    """In Grafana's words; what the engine does not report has no panel."""
    wanted = (
        _requests(spec),
        _replicas(spec),
        _load(spec),
        _times(spec, "Time to first token", "ttft"),
        _times(spec, "Time to next token", "itl"),
        _times(spec, "Time of a request", "e2e"),
        _tokens(spec),
        _share(spec),
        _gpus(spec),
    )
    return {
        "uid": names.digest([spec.namespace, spec.name]),
        "title": f"{spec.name}: serving",
        "tags": ["slipway"],
        "schemaVersion": 39,
        "editable": False,
        "time": {"from": "now-3h", "to": "now"},
        "refresh": "30s",
        "templating": {
            "list": [{"name": "datasource", "type": "datasource", "query": "prometheus"}]
        },
        "panels": panels([panel for panel in wanted if panel and panel.lines]),
    }


def _requests(spec: KubernetesSpec) -> Panel:
    by_class = f"sum by (envoy_response_code_class) (rate({queries.requests(spec)}[{_RATE}]))"
    lines = [("{{envoy_response_code_class}}xx", by_class)]
    if refused := queries.engine(spec, "refused"):
        lines.append(("refused by the engine", f"sum(rate({refused}[{_RATE}]))"))
    return Panel(title="Requests", unit="reqps", lines=tuple(lines))


def _replicas(spec: KubernetesSpec) -> Panel:
    lines = (
        ("ready", queries.recorded(spec, READY)),
        ("running", queries.recorded(spec, RUNNING)),
    )
    return Panel(title="Replicas", unit="short", lines=lines)


def _load(spec: KubernetesSpec) -> Panel:
    lines: list[tuple[str, str]] = []
    meanings: dict[str, Meaning] = {"in the batch": "running", "queued": "queued"}
    for legend, meaning in meanings.items():
        if reported := queries.engine(spec, meaning):
            lines.append((legend, f"sum({reported})"))
    if spec.gateway.gateway.hold:
        lines.append(("held at the gateway", queries.recorded(spec, HELD)))
    return Panel(title="Requests in flight", unit="short", lines=tuple(lines))


def _times(spec: KubernetesSpec, title: str, meaning: Meaning) -> Panel | None:
    buckets = queries.engine(spec, meaning, "_bucket")
    if buckets is None:
        return None
    rates = f"sum by (le) (rate({buckets}[{_RATE}]))"
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    lines = [(name, f"histogram_quantile({share}, {rates})") for name, share in shares.items()]
    return Panel(title=title, unit="s", lines=tuple(lines))


def _tokens(spec: KubernetesSpec) -> Panel:
    meanings: dict[str, Meaning] = {"read": "prompt_tokens", "made": "generation_tokens"}
    lines = [
        (legend, f"sum(rate({reported}[{_RATE}]))")
        for legend, meaning in meanings.items()
        if (reported := queries.engine(spec, meaning))
    ]
    return Panel(title="Tokens per second", unit="short", lines=tuple(lines))


def _share(spec: KubernetesSpec) -> Panel | None:
    usage = queries.engine(spec, "kv_usage")
    if usage is None:
        return None
    return Panel(title="KV cache in use", unit="percentunit", lines=(("{{pod}}", usage),))


def _gpus(spec: KubernetesSpec) -> Panel | None:
    if not spec.workload.placement.gpus:
        return None
    lines = tuple(
        ("{{Hostname}} {{gpu}}", f'DCGM_FI_DEV_GPU_UTIL{{{label}="{spec.namespace}"}} / 100')
        for label in ("namespace", "exported_namespace")
    )
    return Panel(title="GPU in use", unit="percentunit", lines=lines)
