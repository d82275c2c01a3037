"""A raw mapping to valid settings, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping

from planning.catalog import Catalog, load_catalog
from planning.checks import stated_problems
from planning.problems import SettingsError
from planning.settings.aws import Aws
from planning.settings.checks import Checks
from planning.settings.draft import read_stated
from planning.settings.gateway import Gateway
from planning.settings.hugging_face import HuggingFace
from planning.settings.images import Images
from planning.settings.kubernetes import Kubernetes
from planning.settings.observability import Observability
from planning.settings.settings import Settings, Stated
from planning.stackfile.keys import respell
from planning.stackfile.secrets import check_secrets
from planning.tuning import tuned


def load_settings(
    raw: Mapping[str, object], *, origin: str, catalog: Catalog | None = None
) -> Settings:
    """Validate the `slipway:` keys of a stack.

    `raw` has the keys without the namespace (`target`, `model`, …) and plain YAML values; a secret
    is given as `{"secure": …}`, whatever stands in it. `origin` names the file in messages.
    Raises SettingsError with all problems.
    """
    catalog = catalog or load_catalog()
    plain, problems = check_secrets(raw)
    keys, unknown = respell(plain)
    stated, refused = read_stated(keys)
    problems += unknown + refused
    blamed = {problem.path for problem in problems}
    problems += stated_problems(stated, keys, blamed, catalog)
    if problems:
        in_order = sorted(problems, key=lambda problem: (problem.path, problem.code))
        raise SettingsError(tuple(in_order), origin=origin)
    return _settings(stated, origin, catalog)


def _settings(stated: Stated, origin: str, catalog: Catalog) -> Settings:
    models = stated.models if stated.model is None else (stated.model,)
    if stated.target is None or not models:
        raise AssertionError("the rules let a stack without target or model pass")
    # `model_construct`: the defaults alone need no validator.
    return Settings(
        target=stated.target,
        models=models,
        engine=tuned(stated.engine, catalog),
        scaling=stated.scaling,
        canary=stated.canary,
        start=stated.start,
        stop=stated.stop,
        access=stated.access,
        pools=stated.pools or (),
        aws=stated.aws or Aws.model_construct(),
        kubernetes=stated.kubernetes or Kubernetes.model_construct(),
        images=stated.images or Images.model_construct(),
        gateway=stated.gateway or Gateway.model_construct(),
        observability=stated.observability or Observability.model_construct(),
        hugging_face=stated.hugging_face or HuggingFace.model_construct(),
        checks=stated.checks or Checks.model_construct(),
        traffic=stated.traffic,
        budget=stated.budget,
        origin=origin,
    )
