"""How programs reach a cluster of EKS."""

from __future__ import annotations

import json

from components.aws.kubeconfig import kubeconfig


def test_a_kubeconfig_asks_for_a_token_and_holds_none() -> None:
    text = kubeconfig(
        name="prod",
        region="eu-west-1",
        endpoint="https://E",
        certificate_authority="Q0E=",
        command=("aws", "eks", "get-token", "--cluster-name", "{cluster}", "--region={region}"),
    )
    config = json.loads(text)
    (user,) = config["users"]
    assert list(user["user"]) == ["exec"]
    assert user["user"]["exec"]["command"] == "aws"
    assert user["user"]["exec"]["args"][-2:] == ["prod", "--region=eu-west-1"]
    assert user["user"]["exec"]["interactiveMode"] == "Never"
    assert config["current-context"] == config["contexts"][0]["name"] == "prod"
