"""What the hub's refusals mean for the user. The token itself never enters a message."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

from images.onnx.model.errors import ModelBuildError


def token() -> str | bool:
    """The token of the environment; False keeps the client from looking for one elsewhere."""
    return os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN") or False


@contextmanager
def explained(repository: str, revision: str) -> Generator[None]:
    """Turn the client's errors into ModelBuildError."""
    import httpx2
    from huggingface_hub import constants, errors

    page = f"{constants.ENDPOINT}/{repository}"
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelBuildError(
            f"{repository} is gated and {_caller()} may not read it",
            f"accept its terms at {page}, then set HF_TOKEN to a token of that account with read "
            "access to gated repositories",
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelBuildError(
            f"{repository} has no commit {revision}",
            f"take the full commit from {page}/commits/main",
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise ModelBuildError(
            f"{repository} does not exist on the hub, or is private and {_caller()} may not see it",
            "check the spelling; for a private repository set HF_TOKEN to a token that may read it",
        ) from error
    except errors.OfflineModeIsEnabled as error:
        raise ModelBuildError(
            f"{repository} is not in the cache and HF_HUB_OFFLINE forbids to fetch it",
            "unset HF_HUB_OFFLINE, or name a folder (file:<path>) or a package (package:...)",
        ) from error
    except (httpx2.TransportError, errors.LocalEntryNotFoundError) as error:
        raise ModelBuildError(
            f"{constants.ENDPOINT} cannot be reached ({type(error).__name__})",
            "check the network and HTTPS_PROXY, or name a folder (file:<path>) or a package "
            "(package:...); the next run keeps the files that are whole",
        ) from error
    except errors.HfHubHTTPError as error:
        raise ModelBuildError(
            f"the hub refused {repository}: HTTP {error.response.status_code}",
            "check HF_TOKEN if it is set; otherwise try again later",
        ) from error


def _caller() -> str:
    return "the account of HF_TOKEN" if token() else "a caller without HF_TOKEN"
