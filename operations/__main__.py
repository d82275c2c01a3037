"""Online commands around a stack: `python -m operations recover`, `… preflight STACKFILE`,
`… hf-hardware`, `… prices`, `… eks-token`, `… eks-addons`, `… orphans`, `… observe`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from operations.observe import arguments as observe
from operations.pulumi_cli import PulumiCli, PulumiCliError
from operations.recover import StillRunningError, recover
from providers.plugin.session import OperationError


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    if chosen.command == "preflight":
        # Imported late: what goes online is not needed to recover.
        from operations.preflight.command import run

        return run(chosen.file, as_json=chosen.json, seconds=chosen.timeout, say=_say)
    if chosen.command == "hf-hardware":
        from operations.endpoint_hardware.command import run as compare

        return compare(namespace=chosen.namespace, write=chosen.write, say=_say)
    if chosen.command == "prices":
        from operations.prices import run as compare_prices

        return compare_prices(write=chosen.write, say=_say)
    if chosen.command == "eks-token":
        return _eks_token(chosen.cluster, chosen.region)
    if chosen.command == "eks-addons":
        from operations.eks.addons import run as compare_addons

        return compare_addons(region=chosen.region, write=chosen.write, say=_say)
    if chosen.command == "observe":
        from operations.observe.command import run as compare_predictions

        return compare_predictions(chosen, _say)
    if chosen.command == "orphans":
        return _orphans(chosen)
    return _recover(chosen)


def _eks_token(cluster: str, region: str) -> int:
    from operations.eks.token import TokenError, exec_credential

    try:
        print(exec_credential(cluster, region))
    except TokenError as error:
        _say(str(error))
        return 1
    return 0


def _orphans(chosen: argparse.Namespace) -> int:
    from operations.orphans.command import Asked, run
    from planning.cluster.names import own_name

    project = chosen.cwd.resolve()
    try:
        pulumi = PulumiCli(project, chosen.stack) if chosen.stack else PulumiCli.selected(project)
        known = set[str]() if chosen.all else pulumi.known_on_aws()
        asked = Asked(
            project=pulumi.project(),
            stack=pulumi.stack,
            cluster=chosen.cluster or own_name(pulumi.stack),
            region=chosen.region,
            path=chosen.role_path,
        )
    except PulumiCliError as error:
        _say(str(error))
        return 2
    return run(asked, known, as_json=chosen.json, say=_say)


def _recover(chosen: argparse.Namespace) -> int:
    project, stack = chosen.cwd.resolve(), chosen.stack
    try:
        pulumi = PulumiCli(project, stack) if stack else PulumiCli.selected(project)
        recover(
            project,
            pulumi,
            _say,
            hf_namespaces=chosen.hf_namespace,
            delete_lost=chosen.delete_lost,
        )
    except (StillRunningError, PulumiCliError, OperationError) as error:
        _say(str(error))
        return 1
    _say(f"done: stack {pulumi.stack} is free; run `pulumi up` (or `pulumi destroy`) now")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m operations", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    command = commands.add_parser(
        "recover", help="clean up after a killed pulumi, so that the next one works"
    )
    command.add_argument("--stack", help="default: the selected stack")
    command.add_argument("--cwd", type=Path, default=Path(), help="the project's folder")
    command.add_argument(
        "--hf-namespace",
        action="append",
        default=[],
        help="look for lost endpoints there too, beside those of the state and the stack file",
    )
    command.add_argument(
        "--delete-lost",
        action="store_true",
        help="delete endpoints that the state does not know; by default `up` takes them over",
    )
    command = commands.add_parser(
        "preflight",
        help="hold a stack file's needs against quotas, offerings and the model hub",
        epilog="Exit codes: 0 good (maybe warnings), 1 problems, 2 wrong usage or no valid stack "
        "file, 3 no problem found but something could not be checked.",
    )
    command.add_argument("file", type=Path, metavar="STACKFILE", help="such as Pulumi.prod.yaml")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument(
        "--timeout", type=_seconds, default=30.0, help="seconds for everything (default: 30)"
    )
    command = commands.add_parser(
        "hf-hardware",
        help="hold the catalog's Inference Endpoint hardware and prices against the API",
        epilog="Exit codes: 0 equal or written, 1 different, 3 the API gave no answer.",
    )
    command.add_argument("--namespace", help="default: the token's own")
    command.add_argument("--write", action="store_true", help="write the rows of the API")
    command = commands.add_parser(
        "prices",
        help="hold the catalog's prices of instances against AWS's price list",
        epilog="Exit codes: 0 equal or written, 1 different, 3 AWS gave no answer.",
    )
    command.add_argument("--write", action="store_true", help="write the prices of AWS")
    command = commands.add_parser(
        "orphans",
        help="tell what a stack has left on AWS, by its tags; changes nothing",
        epilog="Exit codes: 0 nothing is left, 1 something is, 2 no stack, 3 AWS gave no answer.",
    )
    command.add_argument("--region", required=True)
    command.add_argument("--stack", help="default: the selected stack")
    command.add_argument("--cwd", type=Path, default=Path(), help="the project's folder")
    command.add_argument("--cluster", help="default: the name that the stack gives its cluster")
    command.add_argument("--role-path", default="/", help="of the stack's roles (default: /)")
    command.add_argument(
        "--all", action="store_true", help="tell also what the state knows, or there is no state"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command = commands.add_parser(
        "eks-token", help="print a token for the API of an EKS cluster, as kubeconfigs ask for it"
    )
    command.add_argument("cluster")
    command.add_argument("--region", required=True)
    command = commands.add_parser(
        "eks-addons",
        help="hold the catalog's versions of EKS add-ons against AWS",
        epilog="Exit codes: 0 equal or written, 1 different, 3 AWS gave no answer.",
    )
    command.add_argument("--region", default="us-east-1", help="default: us-east-1")
    command.add_argument("--write", action="store_true", help="write the versions of AWS")
    command = commands.add_parser("observe", help=observe.HELP, epilog=observe.EPILOG)
    observe.arguments(command)
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 3600:
        raise ValueError(text)
    return seconds


def _say(line: str) -> None:
    print(f"slipway: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
