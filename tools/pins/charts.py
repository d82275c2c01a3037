"""Versions of a chart, by its repository's index or its registry's tags."""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

import yaml

from tools.pins.registry import digest_of
from tools.pins.web import Sites, UnansweredError, ask

_RELEASE = re.compile(r"v?\d+(\.\d+)*")
# libyaml where PyYAML was built with it: an index has thousands of entries.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def confirmed_version(chart: str, repository: str | None, version: str | None, sites: Sites) -> str:
    """`version` itself, which must be there; without one the newest release.

    Raises UnansweredError.
    """
    if repository is None:
        return _of_registry(chart, version, sites)
    there = _versions(chart, repository, sites)
    if version is None:
        return max(there, key=_order)
    if version not in there:
        raise UnansweredError(f"{repository} has no {chart} {version}")
    return version


def _of_registry(chart: str, version: str | None, sites: Sites) -> str:
    """A registry tells whether a tag is there; which is the newest, only a person knows."""
    if version is None:
        raise UnansweredError(f"{chart} has no version to ask for: write one")
    digest_of(f"{chart.removeprefix('oci://')}:{version}", sites)
    return version


def _versions(chart: str, repository: str, sites: Sites) -> list[str]:
    parts = urllib.parse.urlsplit(repository)
    answer = ask(sites.url(parts.netloc, f"{parts.path.rstrip('/')}/index.yaml"))
    if answer.status != 200:
        raise UnansweredError(f"HTTP {answer.status} for {repository}/index.yaml")
    try:
        entries = yaml.load(answer.body, Loader=_LOADER)["entries"][chart]  # noqa: S506 (it is safe)
        found = [str(entry["version"]) for entry in entries]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise UnansweredError(f"{repository}/index.yaml says nothing of {chart}") from error
    releases = [version for version in found if _RELEASE.fullmatch(version)]
    if not releases:
        raise UnansweredError(f"{repository} has no release of {chart}")
    return releases


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.removeprefix("v").split(".")))
