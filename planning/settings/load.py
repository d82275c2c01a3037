"""A raw mapping to valid settings, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping

from planning.catalog import Catalog, load_catalog
from planning.checks import stated_problems
from planning.problems import SettingsError, errors_of
from planning.settings.draft import read_stated
from planning.settings.secrets import check_secrets
from planning.settings.settings import Settings, Stated


def load_settings(
    raw: Mapping[str, object], *, origin: str, catalog: Catalog | None = None
) -> Settings:
    """Validate the `slipway:` keys of a stack.

    `raw` has the keys without the namespace (`target`, `model`, …) and plain YAML values; a secret
    is given as `{"secure": …}`, whatever stands in it. `origin` names the file in messages.
    Raises SettingsError with all problems.
    """
    keys, problems = check_secrets(raw)
    stated, more = read_stated(keys)
    catalog = catalog or load_catalog()
    problems += more
    refused = {problem.path for problem in problems}
    problems += [
        problem
        for problem in stated_problems(stated, keys, catalog)
        if not any(path.startswith(problem.path) for path in refused)
    ]
    if errors_of(tuple(problems)):
        raise SettingsError(tuple(problems), origin=origin)
    return _settings(stated, origin)


def _settings(stated: Stated, origin: str) -> Settings:
    models = stated.models if stated.model is None else (stated.model,)
    if stated.target is None or not models:
        raise AssertionError("the rules let a stack without target or model pass")
    return Settings(
        target=stated.target,
        models=models,
        engine=stated.engine,
        scaling=stated.scaling,
        access=stated.access,
        traffic=stated.traffic,
        budget=stated.budget,
        origin=origin,
    )
