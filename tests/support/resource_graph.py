"""Every resource that a Pulumi program registers, without an engine: what, and after what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import empty_pb2, json_format
from pulumi import Output
from pulumi.runtime import mocks, settings
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"
Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Registered:
    """One registration; `inputs` with secrets masked and resources' ids as mocks give them."""

    type: str
    name: str
    parent: str
    """Logical name; empty for the stack's own."""
    custom: bool
    inputs: Mapping[str, Any]
    after: tuple[str, ...]
    """Logical names of what it waits for, by inputs or by word, sorted."""
    protect: bool
    provider: str
    options: Mapping[str, Any]
    """Those that are set, beside the ones above."""


@dataclass
class Graph:
    resources: list[Registered] = field(default_factory=list[Registered])
    outputs: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Names of the outputs of each component that has said that it is complete, by logical name."""

    def of_type(self, kind: str) -> list[Registered]:
        return [found for found in self.resources if found.type == kind]

    def named(self, name: str) -> Registered:
        (found,) = [found for found in self.resources if found.name == name]
        return found

    def children(self, name: str) -> list[Registered]:
        return [found for found in self.resources if found.parent == name]

    def waits(self, later: str, earlier: str) -> bool:
        """Whether `later` is made after `earlier`, and so destroyed before it."""
        by_name = {found.name: found for found in self.resources}
        seen, ahead = {later}, [later]
        while ahead:
            for name in by_name[ahead.pop()].after:
                if name == earlier:
                    return True
                if name not in seen and name in by_name:
                    seen.add(name)
                    ahead.append(name)
        return False

    def as_text(self, *, brief: str | None = None) -> str:
        """Stable between runs: sorted, numbers as they were written; children of `brief` without
        inputs."""
        rows = [
            {**vars(one), "inputs": "…"} if brief and one.parent == brief else vars(one)
            for one in sorted(self.resources, key=lambda one: one.name)
        ]
        return json.dumps(rows, indent=1, sort_keys=True) + "\n"


def graph(
    program: Callable[[], None],
    *,
    answers: Mapping[str, Answer] | None = None,
    preview: bool = False,
) -> Graph:
    """Run `program` against a cloud that agrees to all; `answers` are functions', by token."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    monitor = _Recorder(_Cloud(answers or {}, preview))
    try:
        mocks.set_mocks(
            monitor.mocks, project="slipway", stack="test", preview=preview, monitor=monitor
        )
        mocks.test(program)()
    finally:
        settings.reset_options()
        loop.close()
        asyncio.set_event_loop(None)
    return monitor.graph


class _Cloud(Mocks):
    def __init__(self, answers: Mapping[str, Answer], preview: bool) -> None:
        self._answers, self._preview = answers, preview

    def call(self, args: MockCallArgs) -> Any:
        return dict(self._answers[args.token](args.args))

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if not args.custom or self._preview:
            return (None if args.custom else ""), args.inputs
        made = _MADE.get(args.typ, lambda _: {})(args)
        arn = f"arn:aws:mock:us-east-1:123456789012:{args.name}"
        return f"{args.name}-id", {"name": args.name, "arn": arn, **args.inputs, **made}


def _cluster(args: MockResourceArgs) -> dict[str, Any]:
    return {
        "createdAt": "2026-12-01T00:00:00Z",
        "endpoint": "https://ABC.gr7.us-east-1.eks.amazonaws.com",
        "certificateAuthority": {"data": "Q0E="},
        "vpcConfig": {**args.inputs["vpcConfig"], "clusterSecurityGroupId": "sg-cluster"},
        "kubernetesNetworkConfig": {
            **args.inputs.get("kubernetesNetworkConfig", {}),
            "serviceIpv4Cidr": "172.20.0.0/16",
        },
    }


def _certificate(args: MockResourceArgs) -> dict[str, Any]:
    proof = {
        "resourceRecordName": f"_proof.{args.inputs['domainName']}",
        "resourceRecordType": "CNAME",
        "resourceRecordValue": "_proof.acm-validations.aws.",
    }
    return {"domainValidationOptions": [proof]}


_MADE: Mapping[str, Callable[[MockResourceArgs], dict[str, Any]]] = {
    "aws:eks/cluster:Cluster": _cluster,
    "aws:acm/certificate:Certificate": _certificate,
    "aws:s3/bucket:Bucket": lambda args: {"bucket": f"{args.name}-bucket"},
    "aws:sqs/queue:Queue": lambda args: {"url": f"https://sqs/{args.name}"},
    "aws:route53/record:Record": lambda args: {"fqdn": args.inputs["name"]},
    "kubernetes:core/v1:Service": lambda args: {
        "status": {"loadBalancer": {"ingress": [{"hostname": f"{args.name}.elb.amazonaws.com"}]}}
    },
    "local:index:ApiKey": lambda _: {"value": Output.secret("sk-never-in-clear")},
    "aws:ecr/repository:Repository": lambda args: {
        "repositoryUrl": f"123456789012.dkr.ecr.us-east-1.amazonaws.com/{args.inputs['name']}"
    },
    "aws:ec2/launchTemplate:LaunchTemplate": lambda _: {"latestVersion": 1},
}


class _Recorder(MockMonitor):
    def __init__(self, cloud: _Cloud) -> None:
        super().__init__(cloud)
        self.graph = Graph()
        self._names = {"": ""}

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - a method of the protocol
        answer = super().RegisterResource(request)
        if request.type == "pulumi:pulumi:Stack":
            self._names[answer.urn] = ""
            return answer
        self._names[answer.urn] = request.name
        self.graph.resources.append(self._registered(request))
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 - a method of the protocol
        self.graph.outputs[self._names.get(request.urn, "")] = list(request.outputs.fields)
        return super().RegisterResourceOutputs(request)

    def RegisterResourceHook(self, _: Any) -> Any:  # noqa: N802 - a method of the protocol
        return empty_pb2.Empty()

    def _registered(self, request: Any) -> Registered:
        options: dict[str, Any] = {
            name: value
            for name, value in {
                "ignoreChanges": list(request.ignoreChanges),
                "replaceOnChanges": list(request.replaceOnChanges),
                "additionalSecretOutputs": list(request.additionalSecretOutputs),
                "deleteBeforeReplace": request.deleteBeforeReplace,
                "retainOnDelete": request.retainOnDelete,
                "timeouts": json_format.MessageToDict(request.customTimeouts),
                "hooks": json_format.MessageToDict(request.hooks),
            }.items()
            if value
        }
        return Registered(
            type=request.type,
            name=request.name,
            parent=self._names[request.parent],
            custom=request.custom,
            inputs=_masked(json_format.MessageToDict(request.object)),
            after=tuple(sorted({self._names[urn] for urn in request.dependencies} - {""})),
            protect=request.protect,
            provider=self._names.get(request.provider.rpartition("::")[0], request.provider),
            options=options,
        )


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == _SECRET:
            return "<secret>"
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
