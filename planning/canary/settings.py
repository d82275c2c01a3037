"""The settings that a canary is planned by."""

from __future__ import annotations

from dataclasses import replace

from planning.canary.alone import own_engine, own_model
from planning.choice import Candidate
from planning.settings import Settings
from planning.settings.canary import Canary
from planning.settings.engine import Engine
from planning.settings.pool import Pool
from planning.settings.scaling import Replicas, Scaling


def canary_settings(
    settings: Settings, canary: Canary, beside: Candidate, served_name: str
) -> Settings:
    """On nodes like those of `beside`, the first revision; traffic and budget are the stack's."""
    model = own_model(settings.models[0], canary).model_copy(update={"name": served_name})
    count = canary.replicas or max(1, beside.replicas[0])
    images = settings.images
    if canary.image is not None:
        own = images.overrides.model_copy(update={beside.engine.replace("-", "_"): canary.image})
        images = images.model_copy(update={"overrides": own})
    return replace(
        settings,
        models=(model,),
        engine=_engine(own_engine(settings.engine, canary), beside),
        scaling=Scaling.model_construct(
            replicas=Replicas(count, count),
            full_context_requests=settings.scaling.full_context_requests,
        ),
        pools=(_pool(settings.pool or Pool(), beside),),
        images=images,
        canary=None,
        traffic=None,
        budget=None,
    )


def _engine(engine: Engine, beside: Candidate) -> Engine:
    version = engine.version or beside.engine_version
    return engine.model_copy(update={"kind": beside.engine, "version": version})


def _pool(pool: Pool, beside: Candidate) -> Pool:
    if pool.instance_type or pool.gpu:
        return pool
    if beside.instance:
        return pool.model_copy(update={"instance_type": beside.instance})
    return pool.model_copy(
        update={"gpu": beside.gpu, "gpus_per_node": beside.gpus_per_node or None}
    )
