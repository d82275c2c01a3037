"""What is told of an engine's events, and of the images in a state."""

from __future__ import annotations

from tools.ci.events import steps, violations
from tools.ci.images import built, running
from tools.ci.steps_text import counted, judged, table

_URN = "urn:pulumi:prod::p::kubernetes:apps/v1:Deployment::"
_DIGEST = f"sha256:{'a' * 64}"


def test_a_replacement_counts_once_with_or_without_its_steps() -> None:
    ops = ("create-replacement", "replace", "delete-replaced")
    events = [_step(op, "one") for op in ops] + [_step("same", "two"), _step("update", "three")]
    found = steps(events)
    assert counted(found) == "1 replace, 1 update"
    assert "| ~ replace | `Deployment one` |" in list(table(found))


def test_a_rule_is_told_with_its_resource_and_what_it_says_is_text() -> None:
    event = {
        "policyName": "imdsv2",
        "enforcementLevel": "mandatory",
        "message": "answers <b>anybody</b> @all [x](y)\n",
        "resourceUrn": f"{_URN}one",
    }
    (line, _) = judged(violations([{"policyEvent": event}]))
    assert line == (
        "> **Refused by `imdsv2`**: answers &lt;b>anybody&lt;/b> @\u200ball \\[x\\](y) "
        "(`Deployment one`)"
    )


def test_long_previews_are_cut_with_their_number() -> None:
    found = steps([_step("create", f"n{number}") for number in range(120)])
    assert list(table(found))[-2] == "| | 20 more, see the run |"


def test_images_are_read_from_builds_and_from_pods() -> None:
    ref = f"registry.example.com:5000/llm/slipway-onnx@{_DIGEST}"
    pod = {"containers": [{"image": ref}, {"image": f"docker.io/envoy/envoy:v1@{_DIGEST}"}]}
    state = {
        "deployment": {
            "resources": [
                {
                    "type": "docker-build:index:Image",
                    "inputs": {"context": {"location": "images/onnx"}},
                    "outputs": {"ref": ref},
                },
                {"type": "kubernetes:apps/v1:Deployment", "inputs": {"spec": pod}, "outputs": {}},
                {"type": "pulumi:pulumi:Stack"},
            ]
        }
    }
    assert built(state) == {"onnx": ref}
    assert running(state) == {"slipway-onnx": _DIGEST, "envoy": _DIGEST}


def _step(op: str, name: str) -> dict[str, dict[str, dict[str, str]]]:
    return {"resourcePreEvent": {"metadata": {"op": op, "urn": f"{_URN}{name}"}}}
