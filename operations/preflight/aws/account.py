"""The account that boto3's own rules find, and why it gave no answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from operations.preflight.asking import NoAnswerError, Patience, ask

if TYPE_CHECKING:
    from boto3 import Ec2, ServiceQuotas, Session
    from botocore.config import Config

Answer = TypeVar("Answer")

# As in botocore.retries.standard (1.44.8), which keeps its list to itself.
_THROTTLED = {
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}
_NOT_VALID = {
    "AuthFailure",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}


class AwsAccount:
    """Clients for any region. boto3 is imported, and credentials are looked for, at first use."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._lock = threading.Lock()  # sessions are not safe to share, clients are

    def ec2(self, region: str) -> Ec2:
        with self._lock:
            return self._find(lambda: self._session.client("ec2", region, config=self._config))

    def quotas(self, region: str) -> ServiceQuotas:
        with self._lock:
            return self._find(
                lambda: self._session.client("service-quotas", region, config=self._config)
            )

    def eks(self, region: str) -> Any:
        with self._lock:
            session: Any = self._find(lambda: self._session)
            return self._find(lambda: session.client("eks", region, config=self._config))

    def pricing(self) -> Any:
        """The price list of all regions; AWS answers for it in three of them."""
        with self._lock:
            session: Any = self._find(lambda: self._session)
            return self._find(lambda: session.client("pricing", "us-east-1", config=self._config))

    def ask(self, call: Callable[[], Answer], action: str) -> Answer:
        """The answer to a call that needs the IAM `action`; raises NoAnswerError."""
        return ask(call, partial(_explain, action=action), self._patience)

    def _find(self, make: Callable[[], Answer]) -> Answer:
        try:
            return make()
        except ImportError:
            raise NoAnswerError(
                "not-installed", "boto3 is not installed: run `uv sync --group online`"
            ) from None
        except NoAnswerError:
            raise
        except Exception as error:
            raise NoAnswerError(
                "no-credentials", f"AWS settings cannot be used ({type(error).__name__})"
            ) from None

    @cached_property
    def _session(self) -> Session:
        from boto3 import Session

        session = Session()
        if session.get_credentials() is None:
            raise NoAnswerError("no-credentials", "no AWS credentials were found")
        return session

    @cached_property
    def _config(self) -> Config:
        from botocore.config import Config

        return Config(
            connect_timeout=self._patience.request,
            read_timeout=self._patience.request,
            retries={"total_max_attempts": 1},  # repetitions are ours, with one rule for all
        )


def _explain(error: Exception, *, action: str) -> NoAnswerError:
    """Why there is no answer."""
    from botocore import exceptions as known
    from botocore.parsers import ResponseParserError

    name = type(error).__name__
    match error:
        case known.ClientError():
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            return _refusal(code, status, action)
        case known.ConnectTimeoutError() | known.ReadTimeoutError():
            return NoAnswerError("timeout", "AWS did not answer in time")
        case (
            known.NoCredentialsError()
            | known.PartialCredentialsError()
            | known.CredentialRetrievalError()
            | known.MetadataRetrievalError()
            | known.NoAuthTokenError()
            | known.TokenRetrievalError()
            | known.SSOError()
            | known.LoginError()
            | known.ProfileNotFound()
        ):
            return NoAnswerError("no-credentials", f"AWS credentials cannot be used ({name})")
        case known.HTTPClientError() | known.ConnectionError() | known.IncompleteReadError():
            return NoAnswerError("network", f"AWS cannot be reached ({name})")
        case (
            ResponseParserError() | ValueError() | TypeError() | KeyError() | AttributeError()
        ):  # botocore's own parser stumbles over some of them
            return NoAnswerError("malformed", "AWS answered something that is no answer to this")
        case _:
            return NoAnswerError("unexpected", f"{name} while asking AWS")


def _refusal(code: str, status: int, action: str) -> NoAnswerError:
    if code in _THROTTLED or status == 429:
        return NoAnswerError("throttled", "AWS takes no more requests from this account right now")
    if code in _NOT_VALID:
        return NoAnswerError("denied", "AWS does not accept the credentials (expired or not valid)")
    if status in (401, 403) or "Unauthorized" in code or "AccessDenied" in code:
        return NoAnswerError("denied", f"the credentials may not {action}")
    if status >= 500:
        return NoAnswerError("server-error", f"AWS failed (status {status})")
    return NoAnswerError("unexpected", f"AWS refused the request (status {status})")
