"""What the fields of a class mean, by the docstrings below them."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise


def meanings(kind: type) -> dict[str, str]:
    """Field to docstring, own fields only, in the order of the class.

    Reads the source, which takes longer than most plans: for pages and schemas only.
    """
    (body,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for field, text in pairwise(body.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = inspect.cleandoc(words)
            case _:
                pass
    return found
