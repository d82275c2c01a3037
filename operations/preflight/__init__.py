"""What a plan needs, held against what the account and the model hub really have.

Nothing of boto3 or huggingface_hub is imported before something is asked of them.
"""

from operations.preflight.asking import Patience
from operations.preflight.needs import EndpointNeeds, ModelNeeds, Needs, PoolNeeds, needs_of
from operations.preflight.report import Finding, Report
from operations.preflight.run import preflight

__all__ = [
    "EndpointNeeds",
    "Finding",
    "ModelNeeds",
    "Needs",
    "Patience",
    "PoolNeeds",
    "Report",
    "needs_of",
    "preflight",
]
