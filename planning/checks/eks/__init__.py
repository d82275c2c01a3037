"""The rules over a plan for EKS; one function each."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.eks import (
    cluster,
    edge,
    network,
    operators,
    pools,
    reach,
    shape,
    sharing,
    storage,
)
from planning.checks.eks.facts import EksFacts, Rule
from planning.problems import Problem

LAYOUT: tuple[Rule, ...] = (network.cidr_is_a_vpc,)
"""Without these there is no network to say more about."""
RULES: tuple[Rule, ...] = (
    network.zones_are_two,
    network.network_that_is_there_is_complete,
    network.subnets_lie_in_the_region,
    network.pools_lie_in_the_network,
    reach.images_are_reached_without_nat,
    reach.weights_are_reached_without_nat,
    cluster.api_server_is_reached,
    cluster.api_server_is_not_open,
    cluster.addons_are_resolved,
    cluster.name_has_room_for_parts,
    operators.needed_operators_are_installed,
    pools.node_modes_are_made,
    pools.auto_mode_has_what_the_pool_wants,
    pools.capacity_is_bought,
    pools.nodes_are_enough,
    pools.a_managed_pool_does_not_grow,
    shape.instances_have_one_shape,
    shape.efa_is_there,
    shape.image_speaks_over_adapters,
    shape.snapshot_and_lever_belong_together,
    shape.spot_leaves_the_gateway_alone,
    sharing.gpus_are_shared_beside_the_model_only,
    sharing.gpus_are_shared_in_one_way,
    sharing.gpus_can_be_divided,
    sharing.images_leave_gpus_to_the_operator,
    storage.claims_have_a_class,
    storage.token_of_the_hub_has_one_origin,
    edge.keys_of_the_edge_are_used,
    edge.source_ranges_are_networks,
    edge.the_internet_is_served_over_tls,
    edge.nobody_is_let_in_by_the_edge,
    edge.answers_outlive_no_load_balancer,
    edge.drain_ends_before_the_load_balancer,
)


def layout_problems(facts: EksFacts) -> Iterator[Problem]:
    for rule in LAYOUT:
        yield from rule(facts)


def eks_problems(facts: EksFacts) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(facts)
