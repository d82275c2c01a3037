"""The folder that a stack's processes get, relative to the checkout."""


def run_directory(project: str, stack: str) -> str:
    """Deterministic, so that a run whose state was lost is found again."""
    return f".slipway/run/{project}-{stack}"
