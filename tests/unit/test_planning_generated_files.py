"""Thousands of generated stack files: valid ones load, refused ones name the key, none crashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from planning.plan import make_plan
from planning.problems import Problem, SettingsError
from planning.stackfile import load_stack_file
from tests.support.stackfile_text import all_fields, fields_of, write_stack_file
from tests.support.stackfiles import valid_sections
from tests.support.stackfiles_cluster_faults import INVALID as CLUSTER_INVALID
from tests.support.stackfiles_cluster_faults import cluster_fault
from tests.support.stackfiles_clusters import cluster_sections
from tests.support.stackfiles_faults import INVALID, other_fault, wrong_value

VALID_FILES, CLUSTER_FILES, FILES_PER_FIELD, OTHER_FAULTS, GARBAGE = 800, 1000, 12, 200, 100
# An encrypted value belongs to a key; spoiling the keys leaves it without an owner.
FOLLOWING = {"secret-unused"}
_garbage = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_generated_stack_files_load_or_are_refused_by_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: Counter[str] = Counter()
    valid: Counter[str] = Counter()
    invalid: Counter[str] = Counter()
    file = tmp_path / "Pulumi.generated.yaml"

    def load(sections: dict[str, Any], as_json: bool) -> tuple[Problem, ...]:
        write_stack_file(file, sections, as_json=as_json)
        problems = _load(file)
        tried["refused" if problems else "valid"] += 1
        return problems

    def valid_file(data: st.DataObject) -> None:
        sections = data.draw(valid_sections())
        assert load(sections, data.draw(st.booleans())) == ()
        valid.update(fields_of(sections))

    def cluster_file(data: st.DataObject) -> None:
        sections = data.draw(cluster_sections())
        assert load(sections, data.draw(st.booleans())) == ()
        valid.update(fields_of(sections))

    def bad_cluster_value(field: str) -> Callable[[st.DataObject], None]:
        def check(data: st.DataObject) -> None:
            sections, blamed = data.draw(cluster_fault(field))
            _assert_names_the_key(load(sections, data.draw(st.booleans())), blamed)
            invalid[field] += 1

        return check

    def bad_value(field: str) -> Callable[[st.DataObject], None]:
        def check(data: st.DataObject) -> None:
            sections = data.draw(valid_sections(shorthand=True))
            blamed = data.draw(wrong_value(sections, field))
            _assert_names_the_key(load(sections, data.draw(st.booleans())), blamed)
            invalid[field] += 1

        return check

    def bad_file(data: st.DataObject) -> None:
        sections = data.draw(valid_sections(shorthand=True))
        blamed = data.draw(other_fault(sections))
        _assert_names_the_key(load(sections, data.draw(st.booleans())), blamed)

    def garbage(data: st.DataObject) -> None:
        sections = data.draw(valid_sections())
        sections[data.draw(st.sampled_from(["model", "engine", "access"]))] = data.draw(_garbage)
        load(sections, data.draw(st.booleans()))

    _many(VALID_FILES, valid_file)
    for field in INVALID:
        _many(FILES_PER_FIELD, bad_value(field))
    _many(CLUSTER_FILES, cluster_file)
    for field in CLUSTER_INVALID:
        _many(FILES_PER_FIELD, bad_cluster_value(field))
    _many(OTHER_FAULTS, bad_file)
    _many(GARBAGE, garbage)

    fields = all_fields()
    with capsys.disabled():
        print(
            f"\n{tried.total()} stack files: {dict(tried)}; {len(fields)} fields, hit by valid ",
            end="",
        )
        print(f"values: {len(fields & set(valid))}, by invalid ones: {len(fields & set(invalid))}")
    assert tried.total() >= 2000
    assert tried["valid"] >= 0.3 * tried.total()
    assert not (missed := sorted(fields - set(valid))), f"no valid value was tried for {missed}"
    assert not (missed := sorted(fields - set(invalid))), f"no invalid value was tried: {missed}"


def _many(count: int, check: Callable[[st.DataObject], None]) -> None:
    with_data = given(st.data())(check)
    hypothesis_settings(
        max_examples=count,
        deadline=None,
        database=None,
        # The same files every time: that every field is hit must not be a matter of luck.
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )(with_data)()


def _load(file: Path) -> tuple[Problem, ...]:
    try:
        settings = load_stack_file(file)
    except SettingsError as error:
        return error.problems
    if settings.target == "local":  # plans of others are made in test_planning_placed.py
        plan = make_plan(settings, stack="generated")
        assert not plan.errors
        assert plan.local is not None
    return ()


def _assert_names_the_key(problems: tuple[Problem, ...], blamed: str) -> None:
    paths = [problem.path for problem in problems]
    assert any(path.startswith(blamed) for path in paths), f"{paths} do not name {blamed}"
    for problem in problems:
        around = problem.path.startswith(blamed) or blamed.startswith(problem.path)
        assert around or problem.code in FOLLOWING, f"{problem} is not about {blamed}"
        assert "abcdef0123456789" not in repr(problem)
