"""Rules: a GPU is divided as it can be, and never one that a replica is planned with."""

from __future__ import annotations

from collections.abc import Iterator

from planning.checks.eks.facts import EksFacts
from planning.checks.eks.pools import pools
from planning.problems import Problem

_ANY = ("all-balanced",)
"""Profiles that NVIDIA's manager has for every GPU with MIG."""


def gpus_are_shared_beside_the_model_only(facts: EksFacts) -> Iterator[Problem]:
    for path, pool in pools(facts):
        key = "migProfile" if pool.mig_profile else "timeSlices"
        if (pool.mig_profile or pool.time_slices) and pool.use == "serving":
            yield Problem(
                path=f"{path}.{key}",
                code="gpu-shared",
                got="GPUs that several pods share, while replicas are planned with whole ones",
                allowed="in a pool with use: other",
                fixes=("write use: other", f"or remove {key}"),
            )


def gpus_are_shared_in_one_way(facts: EksFacts) -> Iterator[Problem]:
    """MIG is the GPU operator's, time slices are the device plugin's; one cluster has one."""
    divided = next((pool.mig_profile for pool in facts.settings.pools if pool.mig_profile), None)
    for path, pool in pools(facts):
        if divided is not None and pool.time_slices is not None:
            yield Problem(
                path=f"{path}.timeSlices",
                code="gpu-shared-twice",
                got=f"{pool.time_slices} time slices, and MIG {divided}",
                allowed="one of the two in a stack",
                fixes=("remove timeSlices", "or remove migProfile"),
            )


def gpus_can_be_divided(facts: EksFacts) -> Iterator[Problem]:
    for path, pool in pools(facts):
        profile, name = pool.mig_profile, pool.instance_type or facts.chosen.instance or ""
        if profile is None:
            continue
        gpu = facts.catalog.instances[name].value.gpu
        known = facts.catalog.gpus[gpu].value.mig_profiles if gpu else ()
        if not known or profile not in (*known, *_ANY):
            listed = ", ".join((*known, *_ANY)) if known else "an instance type whose GPUs have MIG"
            yield Problem(
                path=f"{path}.migProfile",
                code="mig-missing",
                got=f"{profile} on {name} ({gpu or 'no GPU'})",
                allowed=listed,
                fixes=("remove migProfile", "or write timeSlices, which every GPU can"),
            )


def images_leave_gpus_to_the_operator(facts: EksFacts) -> Iterator[Problem]:
    """Bottlerocket has a device plugin of its own, which no chart reaches."""
    for path, pool in pools(facts):
        shared = pool.mig_profile is not None or pool.time_slices is not None
        if shared and pool.ami is not None and pool.ami.startswith("bottlerocket"):
            yield Problem(
                path=f"{path}.ami",
                code="gpu-shared-by-image",
                got=f"{pool.ami}, whose device plugin is its own",
                allowed="an image of al2023, where GPUs are shared",
                fixes=("leave ami out", "or share no GPUs"),
            )
