"""How an object tells where it belongs."""

from __future__ import annotations

from components.aws.tags import NAME, tags_of


def test_an_object_has_the_stacks_tags_and_its_own_name_for_programs_and_for_people() -> None:
    tags = tags_of({"slipway.dev/stack": "dev"}, "network-vpc")
    assert tags == {"slipway.dev/stack": "dev", NAME: "network-vpc", "Name": "network-vpc"}


def test_what_a_user_tags_never_hides_the_name_by_which_an_object_is_found() -> None:
    assert tags_of({NAME: "mine"}, "network-vpc")[NAME] == "network-vpc"
