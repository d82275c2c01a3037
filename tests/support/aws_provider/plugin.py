"""Pulumi's side: the provider `aws`, as the engine speaks to it."""

# ruff: noqa: N802 - the protocol's names

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from tests.support.aws_provider import invokes, resources, settings
from tests.support.aws_provider.errors import PartlyDoneError
from tests.support.aws_provider.resources import RefusedError
from tests.support.aws_provider.settings import Settings
from tests.support.aws_provider.store import Store
from tests.support.aws_provider.values import message, plain

_Diff: Any = provider_pb2.DiffResponse
_Kind: Any = provider_pb2.PropertyDiff
# Programs ask for the version of their SDK.
VERSION = "7.51.1"


@dataclass
class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """Each provider resource of a program has a connection and so settings of its own."""

    store: Store
    configured: dict[str, Settings] = field(default_factory=dict[str, Settings])

    def Handshake(self, request: Any, context: Any) -> Any:
        return provider_pb2.ProviderHandshakeResponse()

    def Attach(self, request: Any, context: Any) -> Any:
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: Any) -> Any:
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        return plugin_pb2.PluginInfo(version=VERSION)

    def GetSchema(self, request: Any, context: Any) -> Any:
        return provider_pb2.GetSchemaResponse(schema=json.dumps({"name": "aws"}))

    def CheckConfig(self, request: Any, context: Any) -> Any:
        found = [
            provider_pb2.CheckFailure(reason=reason)
            for reason in settings.problems(plain(request.news))
        ]
        return provider_pb2.CheckResponse(inputs=request.news, failures=found)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        old, new = Settings.of(plain(request.olds)), Settings.of(plain(request.news))
        moved = ["region"] if old.region != new.region else []
        changed = _Diff.DIFF_NONE if old == new else _Diff.DIFF_SOME
        return _Diff(changes=changed, replaces=moved)

    def Configure(self, request: Any, context: Any) -> Any:
        self.configured[context.peer()] = Settings.of(plain(request.args))
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Check(self, request: Any, context: Any) -> Any:
        with _errors(context):
            inputs, found = resources.checked(
                request.urn, plain(request.olds), plain(request.news), request.randomSeed
            )
        failures = [provider_pb2.CheckFailure(property=name, reason=why) for name, why in found]
        return provider_pb2.CheckResponse(inputs=message(inputs), failures=failures)

    def Diff(self, request: Any, context: Any) -> Any:
        with _errors(context):
            found, kinds = resources.compared(
                resources.token_of(request.urn),
                self._settings(context),
                old=plain(request.old_inputs),
                state=plain(request.olds),
                new=plain(request.news),
                ignored=list(request.ignoreChanges),
            )
        return _Diff(
            changes=_Diff.DIFF_SOME if kinds else _Diff.DIFF_NONE,
            replaces=sorted(found.replacing),
            deleteBeforeReplace=found.delete_first,
            diffs=sorted(kinds),
            hasDetailedDiff=True,
            detailedDiff={
                name: _Kind(kind=getattr(_Kind, kind), inputDiff=name != "tagsAll")
                for name, kind in kinds.items()
            },
        )

    def Create(self, request: Any, context: Any) -> Any:
        with _errors(context):
            identifier, state = self._work(request, context).create(
                plain(request.properties), preview=request.preview
            )
        return provider_pb2.CreateResponse(id=identifier, properties=message(state))

    def Update(self, request: Any, context: Any) -> Any:
        with _errors(context):
            state = self._work(request, context).update(
                request.id, plain(request.olds), plain(request.news), preview=request.preview
            )
        return provider_pb2.UpdateResponse(properties=message(state))

    def Read(self, request: Any, context: Any) -> Any:
        with _errors(context):
            identifier, state, inputs = self._work(request, context).read(
                request.id, plain(request.inputs)
            )
        return provider_pb2.ReadResponse(
            id=identifier, properties=message(state), inputs=message(inputs)
        )

    def Delete(self, request: Any, context: Any) -> Any:
        with _errors(context):
            self._work(request, context).delete(request.id)
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:
        with _errors(context):
            region = self._settings(context).region
            found = invokes.invoked(self.store, region, request.tok, plain(request.args))
        return provider_pb2.InvokeResponse(**{"return": message(found)})

    def _work(self, request: Any, context: Any) -> resources.Work:
        return resources.Work(
            store=self.store,
            settings=self._settings(context),
            token=resources.token_of(request.urn),
            name=resources.name_of(request.urn),
            on_reply=context.add_callback,
        )

    def _settings(self, context: Any) -> Settings:
        return self.configured[context.peer()]


@contextmanager
def _errors(context: Any) -> Iterator[None]:
    """What AWS refuses becomes the engine's error message; any other exception stays a bug."""
    try:
        yield
    except PartlyDoneError as error:
        detail = provider_pb2.ErrorResourceInitFailed(
            id=error.identifier, reasons=[str(error)], properties=message(error.state)
        )
        status: Any = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(error))
        status.details.add().Pack(detail)
        context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
        context.abort(grpc.StatusCode.UNKNOWN, str(error))
    except (RefusedError, LookupError) as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error.args[0]))
