"""The rules over a whole stack file; one function each."""

from __future__ import annotations

from collections.abc import Iterable

from planning.catalog import Catalog
from planning.checks import (
    access,
    canary,
    cluster,
    honoured,
    model,
    names,
    pools,
    quantization,
    repository,
    target,
    traffic,
    tuning,
)
from planning.checks.facts import Facts, Rule
from planning.problems import Problem
from planning.settings.settings import Stated

RULES: tuple[Rule, ...] = (
    target.target_is_named,
    model.model_is_named_once,
    model.one_model_at_a_time,
    model.source_is_reached,
    model.package_is_pinned_by_hash,
    model.hash_is_the_known_one,
    model.hub_revision_is_the_hash,
    model.context_fits_model,
    target.engine_runs_there,
    target.replicas_are_fixed,
    target.zones_lie_in_the_region,
    honoured.sections_belong_to_the_target,
    honoured.keys_belong_to_the_target,
    honoured.engine_keys_belong_to_the_engine,
    honoured.rows_of_the_cache_are_few,
    names.names_are_in_the_catalog,
    quantization.engine_stores_weights_so,
    quantization.cache_has_one_size,
    tuning.tuning_is_of_the_engine,
    pools.one_pool_on_a_cluster_that_is_there,
    pools.the_first_pool_serves,
    pools.names_of_pools_differ,
    pools.gpu_is_named_once,
    pools.nodes_are_described,
    pools.gpus_are_enough,
    cluster.node_port_needs_its_service,
    cluster.route_names_its_parent,
    cluster.nobody_is_let_in_from_outside_the_cluster,
    cluster.autoscaler_has_a_range,
    cluster.weights_have_one_place,
    canary.canary_differs,
    canary.canary_hash_has_its_source,
    canary.canary_could_stand_alone,
    access.nobody_is_let_in_from_outside,
    access.keys_need_auth,
    access.key_names_differ,
    access.key_sources_are_reachable,
    access.certificate_has_one_origin,
    repository.names_of_models_differ,
    repository.keys_belong_to_the_backend,
    repository.batches_fit,
    repository.steps_join,
    traffic.tokens_fit_context,
    traffic.peak_has_room,
)


def stated_problems(
    stated: Stated, written: Iterable[str], refused: Iterable[str], catalog: Catalog
) -> list[Problem]:
    """What the rules find, but nothing about keys that are `refused` already."""
    paths = frozenset(refused)
    facts = Facts(stated=stated, written=frozenset(written), refused=paths, catalog=catalog)
    found = [problem for rule in RULES for problem in rule(facts)]
    return [problem for problem in found if not any(_within(path, problem.path) for path in paths)]


def _within(path: str, around: str) -> bool:
    """Whether a key is the other one or inside it: then one message about it is enough."""
    return path == around or path.startswith((f"{around}.", f"{around}["))
