"""A judged combination with its replicas, prices and margins."""

from __future__ import annotations

from decimal import Decimal

from planning.architecture import Architecture
from planning.catalog import Catalog
from planning.choice.candidate import Candidate
from planning.choice.demand import sized
from planning.choice.judge import Judged
from planning.choice.price import price_of
from planning.choice.slo import demand_problems, margins, standing
from planning.choice.wanted import Wanted
from planning.problems import gravest_first


def assemble(
    model: Architecture, wanted: Wanted, judged: Judged, catalog: Catalog
) -> tuple[Candidate, Decimal | None]:
    """The candidate, and a month of it at list prices, which orders what has no own price."""
    point, demand = judged.point, wanted.demand
    load = sized(model, wanted, judged, catalog)
    found = margins(demand, load) if demand else ()
    price = price_of(judged, load, demand)
    candidate = Candidate(
        target=wanted.target,
        engine=point.engine.value.engine,
        engine_version=point.engine.id,
        quantization=point.quantization,
        kv_bits=point.kv_bits,
        gpu=point.site.gpu,
        instance=point.site.instance,
        hf_hardware=point.site.hf_hardware,
        capacity=wanted.capacity,
        nodes_per_replica=point.nodes,
        gpus_per_node=point.site.gpus,
        gpus_per_replica=judged.gpus_per_replica,
        replicas_per_node=judged.replicas_per_node,
        replicas=load.replicas,
        needed=load.needed,
        carries=load.carries,
        serving=judged.serving,
        fit=judged.fit,
        memory=judged.memory,
        host=judged.host,
        deployment=judged.deployment,
        performance=load.performance,
        concurrency_per_replica=load.concurrency,
        usd_per_hour=price.usd_per_hour,
        monthly_usd=price.monthly_usd,
        unpriced=point.site.unpriced,
        usd_per_million_output_tokens=price.per_million,
        usd_per_million_reason=price.per_million_reason,
        slo=found,
        standing=standing(demand, load, found),
        problems=gravest_first(
            (*judged.problems, *(demand_problems(demand, load) if demand else ()))
        ),
    )
    return candidate, price.list_monthly_usd
