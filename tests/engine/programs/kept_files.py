"""A program of two files, one of which says which image it runs: for the pipelines' commands."""

from __future__ import annotations

from pathlib import Path

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, ResourceProvider
from pulumi.dynamic import UpdateResult as Updated


class _Files(ResourceProvider):
    def create(self, props):
        from pathlib import Path

        Path(props["path"]).write_text(props["image"])
        return CreateResult(props["path"], dict(props))

    def read(self, id_, props):
        from pathlib import Path

        file = Path(id_)
        if not file.exists():
            return ReadResult("", {})
        return ReadResult(id_, {**props, "image": file.read_text()})

    def diff(self, _id, old, new):
        return DiffResult(changes=old["image"] != new["image"])

    def update(self, id_, _old, new):
        from pathlib import Path

        Path(id_).write_text(new["image"])
        return Updated(dict(new))

    def delete(self, id_, _props):
        from pathlib import Path

        Path(id_).unlink(missing_ok=True)


class _File(Resource):
    def __init__(self, name: str, image: str, *, protect: bool = False) -> None:
        path = str(Path.cwd() / "build" / f"{pulumi.get_stack()}-{name}.txt")
        options = pulumi.ResourceOptions(protect=protect)
        super().__init__(_Files(), name, {"path": path, "image": image}, options)


images = pulumi.Config("slipway").get_object("images") or {}
own = f"registry.example.com/llm/slipway-onnx@sha256:{'0' * 64}"
_File("engine", images.get("overrides", {}).get("onnx", own))
_File("data", "kept", protect=(Path.cwd() / "build" / "protected").exists())
