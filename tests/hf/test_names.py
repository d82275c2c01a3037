"""Names and tags: always valid, never somebody else's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.huggingface.names import (
    LONGEST,
    NAME,
    Tags,
    generation_of,
    owner_tag,
    physical_name,
    run_tag,
    stack_prefix,
)

NAMES = st.from_regex(NAME, fullmatch=True)
DIGESTS = st.from_regex("[0-9a-f]{8}", fullmatch=True)
URN = "urn:pulumi:dev::shop::slipway:hf:Target$huggingface:index:InferenceEndpoint::chat"


@given(NAMES, DIGESTS)
def test_a_replacements_name_is_valid_and_not_the_taken_one(name: str, generation: str) -> None:
    found = physical_name(name, generation, {name})
    assert NAME.fullmatch(found) and len(found) <= LONGEST
    assert found != name
    assert physical_name(name, generation, set()) == name


@given(NAMES, DIGESTS, DIGESTS)
def test_two_generations_of_one_name_differ(name: str, one: str, other: str) -> None:
    names = {physical_name(name, generation, {name}) for generation in (one, other)}
    assert (len(names) == 1) == (one[:6] == other[:6])


@given(st.lists(st.text(min_size=1).filter(lambda tag: not tag.startswith("slipway-"))))
def test_our_tags_are_read_back_beside_the_users(user: list[str]) -> None:
    owner, run = owner_tag(URN), run_tag("0" * 8, "f" * 8)
    tags = Tags([*user, run, owner])
    assert list(tags.user) == user
    assert (tags.owner, tags.generation, tags.instance) == (owner, "0" * 8, "f" * 8)


def test_an_owner_tag_tells_the_stack_and_the_resource() -> None:
    assert owner_tag(URN).startswith(stack_prefix("shop", "dev"))
    assert not owner_tag(URN).startswith(stack_prefix("shop", "prod"))
    assert owner_tag(URN) != owner_tag(URN.replace("::chat", "::other"))
    assert generation_of({"a": 1, "b": 2}) == generation_of({"b": 2, "a": 1})
