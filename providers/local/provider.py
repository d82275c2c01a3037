"""Pulumi's provider protocol over the plain resource classes; it decides nothing itself."""

from __future__ import annotations

import asyncio
import threading
from typing import Protocol

from pulumi.provider.experimental import provider as pulumi_provider

from providers.local.api_key import ApiKey
from providers.local.drain import Drain
from providers.local.endpoint_gateway import EndpointGateway
from providers.local.gateway import Gateway
from providers.local.model import Model
from providers.local.replica import Replica
from providers.local.resource import LocalResource
from providers.local.supervisor import Supervisor
from providers.plugin.differences import diff_response
from providers.plugin.properties import plain, wrapped
from providers.plugin.session import OperationError, Reporter, Session

_RESOURCES: dict[str, LocalResource] = {
    "local:index:ApiKey": ApiKey(),
    "local:index:Drain": Drain(),
    "local:index:EndpointGateway": EndpointGateway(),
    "local:index:Gateway": Gateway(),
    "local:index:Model": Model(),
    "local:index:Replica": Replica(),
    "local:index:Supervisor": Supervisor(),
}


class _Request(Protocol):
    urn: str

    @property
    def type(self) -> str: ...


class LocalProvider(pulumi_provider.Provider):
    """Operations run in threads, so that one waiting resource blocks neither others nor Cancel."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self._cancelled = threading.Event()

    async def check(self, request: pulumi_provider.CheckRequest) -> pulumi_provider.CheckResponse:
        resource, given = _resource(request), request.new_inputs
        old = plain(request.old_inputs or {})
        try:
            added = wrapped(resource.checked(request.name, plain(given), old), resource.secrets)
        except OperationError as error:
            return pulumi_provider.CheckResponse(
                given, [pulumi_provider.CheckFailure("", str(error))]
            )
        kept = {name: value for name, value in given.items() if name not in resource.handed_over}
        return pulumi_provider.CheckResponse({**kept, **added})

    async def create(
        self, request: pulumi_provider.CreateRequest
    ) -> pulumi_provider.CreateResponse:
        resource, inputs = _resource(request), plain(request.properties)
        if request.preview:
            state = resource.planned(inputs, None)
        else:
            state = await asyncio.to_thread(
                resource.create, request.name, inputs, self._session(request)
            )
        return pulumi_provider.CreateResponse(request.name, wrapped(state, resource.secrets))

    async def read(self, request: pulumi_provider.ReadRequest) -> pulumi_provider.ReadResponse:
        resource, state = _resource(request), plain(request.properties)
        drift = await asyncio.to_thread(resource.drift, request.name, state)
        if not resource.vital.isdisjoint(drift):
            return pulumi_provider.ReadResponse()  # gone; the next `up` makes it again
        return pulumi_provider.ReadResponse(
            request.resource_id, wrapped(state, resource.secrets), request.inputs
        )

    async def diff(self, request: pulumi_provider.DiffRequest) -> pulumi_provider.DiffResponse:
        resource, state = _resource(request), plain(request.old_state)
        inputs = {
            key: state.get(key) if key in request.ignore_changes else value
            for key, value in plain(request.new_inputs).items()
        }
        found = await asyncio.to_thread(resource.diff, request.name, state, inputs)
        return diff_response(
            found,
            identity=resource.identity,
            inputs=inputs,
            # One stack has one of each; two at once would fight for the same folder and port.
            delete_before_replace=True,
        )

    async def update(
        self, request: pulumi_provider.UpdateRequest
    ) -> pulumi_provider.UpdateResponse:
        resource = _resource(request)
        old, inputs = plain(request.olds), plain(request.news)
        if request.preview:
            state = resource.planned(inputs, old)
        else:
            state = await asyncio.to_thread(
                resource.update, request.name, old, inputs, self._session(request)
            )
        return pulumi_provider.UpdateResponse(wrapped(state, resource.secrets))

    async def delete(self, request: pulumi_provider.DeleteRequest) -> None:
        await asyncio.to_thread(
            _resource(request).delete,
            request.name,
            plain(request.properties),
            self._session(request),
        )

    async def cancel(self) -> None:
        self._cancelled.set()

    def _session(self, request: _Request) -> Session:
        return Session.of(request.urn, self._report, self._cancelled)


def _resource(request: _Request) -> LocalResource:
    # In a URN the types of all parents come first: `slipway:local:Serving$local:index:Model`.
    return _RESOURCES[request.type.rpartition("$")[2]]
