from collections.abc import Mapping, Sequence
from typing import Any

class ValidationError(Exception):
    path: Sequence[str | int]
    message: str

class SchemaNotFoundError(Exception): ...

def validate(data: Mapping[str, Any], desired_version: str, strict: bool = ...) -> str: ...
def latest_version() -> str: ...
