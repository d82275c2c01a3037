"""All rules over a deployment."""

from __future__ import annotations

import datetime

from planning.catalog import Catalog
from planning.compatibility import ami, cluster, driver, gpu, known, purchase, security, storage
from planning.compatibility.deployment import Deployment
from planning.compatibility.subject import Rule, Subject
from planning.problems import Problem, gravest_first

RULES: tuple[Rule, ...] = (
    known.names_are_known,
    known.backend_is_there,
    gpu.engine_has_a_gpu,
    gpu.engine_supports_gpu,
    gpu.cuda_knows_gpu,
    storage.gpu_runs_the_storage,
    driver.gpu_has_its_driver,
    driver.instance_works_with_driver,
    driver.driver_runs_the_image,
    ami.ami_is_supported,
    ami.ami_fits_kubernetes,
    ami.ami_works_on_instance,
    cluster.kubernetes_is_supported,
    cluster.allocation_is_there,
    cluster.operators_fit_kubernetes,
    cluster.operators_are_supported,
    security.confirmed_vulnerabilities,
    security.reported_vulnerabilities,
    security.vulnerabilities_without_known_fix,
    security.advisories_are_fresh,
    purchase.sold_on_demand,
    purchase.price_is_fresh,
    purchase.nodes_have_efa,
    purchase.endpoint_hardware_is_kept,
)


def compatibility_problems(
    deployment: Deployment, catalog: Catalog, today: datetime.date
) -> tuple[Problem, ...]:
    """What does not work together, the gravest first; `today` decides what has ended."""
    subject = Subject(deployment, catalog, today)
    return gravest_first(problem for rule in RULES for problem in rule(subject))
