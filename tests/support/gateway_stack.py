"""A stack of the product's own objects on a real cluster, over a paced token source."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import httpx2

from components.kubernetes import names
from components.kubernetes.gateway import manifests as gateway_manifests
from components.kubernetes.gateway import secret_files
from components.kubernetes.gateway.site import HTTP
from components.kubernetes.manifest import COMPONENT, INSTANCE, Component, Manifest
from components.kubernetes.serving import manifests as serving_manifests
from components.specs import KeySpec
from components.specs.cluster import KubernetesSpec, RateLimitSpec
from components.specs.container import FileSpec
from tests.support import paced_pod
from tests.support.kube import Kube, eventually
from tests.support.kubernetes_specs import onnx_spec
from tests.support.manifests import canary_image

Part = Literal["engine", "gateway"]
MIB = 1 << 20
_PROGRAM = "/srv/paced_pod.py"
_ROLLOUT_SECONDS = 110


def paced_spec(
    namespace: str,
    images: Mapping[str, str],
    *,
    keys: tuple[str, ...],
    tokens_per_second: float = 2.0,
    per_minute: int | None = None,
) -> KubernetesSpec:
    """Two gateways before two replicas; `images` are references by name of the stand-in."""
    spec = onnx_spec(
        image=images["python"], cpu_millis=50, memory_bytes=128 * MIB, pre_stop_seconds=5
    )
    program = FileSpec(path=_PROGRAM, text=Path(paced_pod.__file__).read_text())
    container = replace(
        spec.workload.container,
        command=("python3", "-u", _PROGRAM),
        args=("--port", "8000", "--tokens-per-second", str(tokens_per_second)),
        env={},
        files=(program,),
        scratch=(),
    )
    access = replace(
        spec.gateway.gateway,
        keys=tuple(KeySpec(name=name, source="generated") for name in keys),
        requests_per_minute=per_minute,
    )
    limits = (
        None
        if per_minute is None
        else RateLimitSpec(image=images["ratelimit"], redis_image=images["redis"])
    )
    gateway = replace(
        spec.gateway,
        gateway=access,
        image=images["envoy"],
        cpu_millis=100,
        memory_bytes=256 * MIB,
        limits=limits,
        pre_stop_seconds=5,
    )
    return replace(
        spec,
        namespace=namespace,
        create_namespace=False,
        workload=replace(spec.workload, container=container),
        gateway=gateway,
    )


@dataclass(frozen=True, kw_only=True)
class GatewayStack:
    """What tests do to a stack; every change is awaited."""

    kube: Kube
    spec: KubernetesSpec
    keys: Mapping[str, str]

    @property
    def base_url(self) -> str:
        """By the address of the Service, which is reached from here without any tunnel."""
        body = self.get("service", names.gateway(self.spec))["spec"]
        return f"http://{body['clusterIP']}:{body['ports'][0]['port']}/v1"

    def get(self, *arguments: str) -> dict[str, Any]:
        return self.kube.get(*arguments, "--namespace", self.spec.namespace)

    def run(self, *arguments: str, content: object = None) -> str:
        done = self.kube.run(*arguments, "--namespace", self.spec.namespace, content=content)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def apply(self, spec: KubernetesSpec, keys: Mapping[str, str]) -> None:
        """All objects of `spec`, as `pulumi up` would change them."""
        self.kube.apply({"apiVersion": "v1", "kind": "List", "items": objects(spec, keys)})

    def settled(self) -> None:
        """Every workload has the replicas that are wished, all ready, all of its last template."""
        for deployment in self.get("deployments")["items"]:
            self.run(
                "rollout",
                "status",
                f"deployment/{deployment['metadata']['name']}",
                f"--timeout={_ROLLOUT_SECONDS}s",
            )

    def restart(self, part: Part) -> None:
        """A rolling update of every pod."""
        self.run("rollout", "restart", f"deployment/{_workload(self.spec, part)}")
        self.settled()

    def scale(self, part: Part, replicas: int) -> None:
        self.run("scale", f"deployment/{_workload(self.spec, part)}", f"--replicas={replicas}")
        self.settled()

    def pods(self, part: Component) -> dict[str, dict[str, Any]]:
        """By name, those that are not leaving."""
        chosen = f"{INSTANCE}={self.spec.name},{COMPONENT}={part}"
        found = self.get("pods", f"--selector={chosen}")["items"]
        return {
            pod["metadata"]["name"]: pod
            for pod in found
            if "deletionTimestamp" not in pod["metadata"]
        }

    def gone(self, component: Component) -> None:
        """Until it has no pod, not even one that leaves: that still answers for a moment."""
        chosen = f"--selector={INSTANCE}={self.spec.name},{COMPONENT}={component}"
        eventually(lambda: not self.get("pods", chosen)["items"], f"no pod of {component}", 120)

    def look_again(self, component: Component) -> None:
        """Makes kubelet read mounted objects now, which it does once a minute by itself."""
        chosen = f"--selector={INSTANCE}={self.spec.name},{COMPONENT}={component}"
        self.run("annotate", "pods", chosen, f"slipway.dev/looked={uuid4().hex}", "--overwrite")

    def evict(self, pod: str) -> None:
        """Through the Eviction API, as often as its budget refuses."""
        namespace = self.spec.namespace
        eviction = {
            "apiVersion": "policy/v1",
            "kind": "Eviction",
            "metadata": {"name": pod, "namespace": namespace},
        }
        path = f"/api/v1/namespaces/{namespace}/pods/{pod}/eviction"

        def accepted() -> bool:
            done = self.kube.run("create", f"--raw={path}", "--filename=-", content=eviction)
            assert done.returncode == 0 or "disruption budget" in done.stderr, done.stderr
            return done.returncode == 0

        eventually(accepted, f"the eviction of {pod} within its budget")
        self.settled()


@contextmanager
def gateway_stack(
    kube: Kube, spec: KubernetesSpec, keys: Mapping[str, str]
) -> Generator[GatewayStack]:
    """All objects of `spec`, ready, the replicas known to every gateway."""
    stack = GatewayStack(kube=kube, spec=spec, keys=keys)
    stack.apply(spec, keys)
    stack.settled()
    for pod in stack.pods("gateway").values():
        address = f"http://{pod['status']['podIP']}:{HTTP}"
        eventually(partial(_serves, address, keys), "a gateway that knows the replicas")
    yield stack


def _serves(address: str, keys: Mapping[str, str]) -> bool:
    """All objects came at once here, so a gateway may have looked before there was a replica."""
    headers = {"authorization": f"Bearer {list(keys.values())[-1]}"}
    try:
        return httpx2.get(f"{address}/v1/models", headers=headers, timeout=10).status_code == 200
    except httpx2.HTTPError:  # a request that is held
        return False


def objects(spec: KubernetesSpec, keys: Mapping[str, str]) -> list[Manifest]:
    return [
        *serving_manifests(spec, spec.workload.image, canary_image(spec)),
        *gateway_manifests(spec, secret_files(spec, keys)),
    ]


def _workload(spec: KubernetesSpec, part: Part) -> str:
    return {"engine": names.serving, "gateway": names.gateway}[part](spec)
