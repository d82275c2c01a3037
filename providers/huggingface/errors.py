"""What can go wrong with the API, by name and with a way out."""

from __future__ import annotations

from dataclasses import dataclass

from providers.plugin.session import OperationError


@dataclass(frozen=True)
class Kind:
    """One named failure."""

    code: str
    means: str
    fix: str
    safe: bool = False
    """Nothing was done, so the same call may be made again."""
    passing: bool = False
    """May go away by itself."""


TOKEN_MISSING = Kind(
    "hf-token-missing",
    "there is no Hugging Face token",
    "export HF_TOKEN=… (a token that may manage Inference Endpoints), or run `hf auth login`",
)
TOKEN_REFUSED = Kind(
    "hf-token-refused",
    "the token is not valid, or has expired",
    "make a new token at huggingface.co/settings/tokens and export it as HF_TOKEN",
    safe=True,
)
PAYMENT = Kind(
    "hf-payment-needed",
    "the namespace cannot pay for endpoints",
    "add a payment method in the namespace's billing settings",
    safe=True,
)
FORBIDDEN = Kind(
    "hf-forbidden",
    "the token may not do this in the namespace",
    "give the token write access to Inference Endpoints of the namespace, or correct `namespace`",
    safe=True,
)
NOT_FOUND = Kind(
    "hf-not-found",
    "the endpoint, the namespace or the model is not there",
    "check `namespace`, `repository` and `revision`; gated models need an accepted licence",
    safe=True,
)
CONFLICT = Kind(
    "hf-conflict",
    "something of that name, or another change, is in the way",
    "choose another `name`, or wait for the other change to end",
    safe=True,
)
INVALID = Kind(
    "hf-invalid",
    "the API refuses the configuration",
    "correct what it names; hardware, region and vendor must be one of `hf endpoints hardware`",
    safe=True,
)
QUOTA = Kind(
    "hf-quota-exceeded",
    "the namespace's accelerator quota is used up",
    "pause an endpoint (a scaled-to-zero one still counts), or ask for more quota in the console",
    safe=True,
)
NO_HARDWARE = Kind(
    "hf-hardware-unavailable",
    "this hardware is not to be had now",
    "choose another instance or region: `hf endpoints hardware` lists what is available",
    safe=True,
)
RATE_LIMITED = Kind(
    "hf-rate-limited",
    "the API takes no more requests for now",
    "run again in some minutes",
    safe=True,
    passing=True,
)
SERVER = Kind(
    "hf-server-error",
    "the API failed by itself",
    "run again; status.huggingface.co tells whether it is a known outage",
    passing=True,
)
TIMEOUT = Kind("hf-timeout", "the API did not answer in time", "run again", passing=True)
UNREACHABLE = Kind(
    "hf-unreachable",
    "the API cannot be reached",
    "check the network and the proxy settings of this machine",
    safe=True,
    passing=True,
)
CUT_OFF = Kind("hf-cut-off", "the API's answer broke off", "run again", passing=True)
MALFORMED = Kind(
    "hf-malformed-reply",
    "the API's answer is not what huggingface_hub understands",
    "run again; if it stays, this version of huggingface_hub is too old or too new",
    passing=True,
)
NAME_TAKEN = Kind(
    "hf-name-taken",
    "an endpoint of that name exists, and this stack did not make it",
    "choose another `name`, or take it over: ResourceOptions(import_='<namespace>/<name>')",
)
FAILED = Kind(
    "hf-endpoint-failed",
    "the endpoint did not start",
    "correct what its log says; the next `pulumi up` tries again",
)
UPDATE_FAILED = Kind(
    "hf-update-failed",
    "the endpoint did not take the change and goes on as before, where it can",
    "correct what its log says; the next `pulumi up` tries again",
)
NOT_READY = Kind(
    "hf-not-ready",
    "the endpoint took longer than `readyTimeoutMinutes`",
    "raise `readyTimeoutMinutes`, or look at the endpoint's log in the console; "
    "the next `pulumi up` goes on waiting",
)
INTERRUPTED = Kind("hf-interrupted", "stopped by hand", "`pulumi up` goes on from here")
SECRET_MISSING = Kind(
    "hf-secret-missing",
    "a secret's value is not to be had",
    "export the variable that the reference names",
)


class EndpointError(OperationError):
    """A named failure; the message is written for the person who ran `pulumi`."""

    def __init__(self, kind: Kind, detail: str = "", *, status: int | None = None) -> None:
        self.kind = kind
        self.detail = detail.strip()
        self.status = status
        number = f" ({status})" if status else ""
        lines = [f"{kind.code}: {kind.means}{number}"]
        if self.detail:
            lines.append(f"  said  {self.detail}")
        lines.append(f"  fix   {kind.fix}")
        super().__init__("\n".join(lines))
