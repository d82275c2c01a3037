from collections.abc import Generator
from typing import Any

class NotFoundError(Exception): ...

class ServerError(Exception):
    status: str | None
    response: Any

class ConnectionClosedError(Exception): ...
class APITimeoutError(Exception): ...

class Api:
    namespace: str
    def get(
        self,
        kind: str,
        *names: str,
        namespace: str | None = None,
        label_selector: str | dict[str, str] | None = None,
        field_selector: str | dict[str, str] | None = None,
    ) -> Generator[Any]: ...
    def version(self) -> dict[str, Any]: ...
    def api_resources(self) -> list[dict[str, Any]]: ...

def api(
    url: str | None = None,
    kubeconfig: str | None = None,
    serviceaccount: str | None = None,
    namespace: str | None = None,
    context: str | None = None,
) -> Api: ...
