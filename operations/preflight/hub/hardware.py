"""Whether an endpoint's hardware is listed, can be had, and is within the namespace's quota."""

from __future__ import annotations

from operations.preflight.asking import NoAnswerError
from operations.preflight.hub.client import Hub
from operations.preflight.hub.replies import EndpointReply, Hardware
from operations.preflight.needs import EndpointNeeds
from operations.preflight.report import Finding
from planning.problems import Problem

HARDWARE = "endpoint-hardware"
QUOTA = "endpoint-quota"
_NOT_TO_PLAN_ON = ("not_available", "reserved", "deprecated")


def hardware(hub: Hub, need: EndpointNeeds) -> tuple[Finding, ...]:
    """Findings `endpoint-hardware` and `endpoint-quota`."""
    if hub.token is None:
        raise NoAnswerError("no-credentials", "the endpoint API needs a token: set HF_TOKEN")
    rows = hub.ask(lambda: _rows(hub, need), "list of hardware")
    fitting = [
        row for row in rows if row.name == need.hardware and need.region in (None, row.region)
    ]
    subject = subject_of(need)
    if not fitting:
        return (
            _not_listed(need, rows, subject),
            Finding(check=QUOTA, subject=subject, said="no such hardware", skipped=True),
        )
    row = max(fitting, key=_promise)
    subject = f"{need.hardware} in {row.region}"
    return _status(need, row, subject), _quota(hub, need, row, subject)


def subject_of(need: EndpointNeeds) -> str:
    return f"{need.hardware} in {need.region or 'any region'}"


def _promise(row: Hardware) -> tuple[bool, bool, int]:
    """How good a region is for it: status first, then what is free."""
    free = row.max_accelerators - row.used_accelerators
    return row.status == "available", row.status not in _NOT_TO_PLAN_ON, free


def _rows(hub: Hub, need: EndpointNeeds) -> list[Hardware]:
    listed = hub.api.list_inference_endpoints_hardware(namespace=need.namespace)
    rows = [Hardware.model_validate(row) for row in listed]
    if not rows:
        raise ValueError("an empty list is no list of hardware")
    return rows


def _not_listed(need: EndpointNeeds, rows: list[Hardware], subject: str) -> Finding:
    regions = sorted({row.region for row in rows if row.name == need.hardware})
    others = sorted({row.name for row in rows if need.region in (None, row.region)})
    place = need.region or "all regions"
    listed = f"it in {', '.join(regions)}" if regions else f"in {place}: {', '.join(others)}"
    problem = Problem(
        path=need.path,
        code="hardware-not-listed",
        got=f"{subject}, which is not listed",
        allowed=f"hardware that is listed: {listed}",
        fixes=("choose another region" if regions else "choose other hardware",),
    )
    return Finding(check=HARDWARE, subject=subject, said="not listed", problems=(problem,))


def _status(need: EndpointNeeds, row: Hardware, subject: str) -> Finding:
    if row.status == "available":
        return Finding(check=HARDWARE, subject=subject, said="available")
    if row.status not in (*_NOT_TO_PLAN_ON, "low_availability"):
        said = "listed with a status that is not known here"
        return Finding(check=HARDWARE, subject=subject, said=said, reason="not-known-here")
    scarce = row.status == "low_availability"
    problem = Problem(
        path=need.path,
        code="hardware-scarce" if scarce else "hardware-unavailable",
        got=f"{subject}, whose status is {row.status}",
        allowed="hardware that is available",
        fixes=("choose other hardware or another region",),
        severity="warning" if scarce else "error",
    )
    return Finding(check=HARDWARE, subject=subject, said=row.status, problems=(problem,))


def _quota(hub: Hub, need: EndpointNeeds, row: Hardware, subject: str) -> Finding:
    needed = need.replicas_max * row.num_accelerators
    free = row.max_accelerators - row.used_accelerators
    said = (
        f"quota {row.max_accelerators}, {row.used_accelerators} in use, {needed} needed "
        f"({need.replicas_max} × {row.num_accelerators})"
    )
    if free >= needed:
        return Finding(check=QUOTA, subject=subject, said=said)
    own = _own(hub, need, row)
    if free + own >= needed:
        # The API does not say whether it counts replicas that run or that may run.
        said += f"; endpoint {need.endpoint} holds up to {own} of them, how many is not told"
        return Finding(check=QUOTA, subject=subject, said=said, reason="not-known-here")
    problem = Problem(
        path=need.path,
        code="quota-too-low",
        got=f"{subject}: {said}",
        allowed=f"at most {max(free + own, 0)} accelerators, or a higher quota",
        fixes=(
            "ask for more at https://endpoints.huggingface.co (Quotas)",
            "lower the highest number of replicas, or delete paused endpoints: they count too",
        ),
    )
    return Finding(check=QUOTA, subject=subject, said=said, problems=(problem,))


def _own(hub: Hub, need: EndpointNeeds, row: Hardware) -> int:
    """Accelerators of this kind that the stack's own endpoint may hold already."""
    name = need.endpoint
    found = hub.ask(lambda: _endpoint(hub, name, need.namespace), "endpoint") if name else None
    if found is None:
        return 0
    compute, place = found.compute, found.provider
    kind = f"{place.vendor}/{compute.instance_type}/{compute.instance_size}"
    same = (kind, place.region) == (row.name, row.region)
    return compute.scaling.max_replica * row.num_accelerators if same else 0


def _endpoint(hub: Hub, name: str, namespace: str | None) -> EndpointReply | None:
    from huggingface_hub.errors import HfHubHTTPError

    try:
        found = hub.api.get_inference_endpoint(name, namespace=namespace)
    except HfHubHTTPError as error:
        if error.response.status_code == 404:
            return None
        raise
    return EndpointReply.model_validate(found.raw)  # pyright: ignore[reportUnknownMemberType]
