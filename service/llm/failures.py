"""A provider's exception becomes one of ours: a reader learns what is wrong and what would be right.

Works from the name and the attributes that the clients share (`status_code`, `response`, `body`),
so that no provider's package has to be imported to be understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from service.errors import (
    ContextTooLong,
    ModelError,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelOverloaded,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
)

KEY = re.compile(r"\b(?:sk|pk|key|gsk|xai)-[\w*-]{8,}")  # some servers say back the key that they got
CONTEXT = (
    "context_length",
    "context length",
    "context window",
    "context size",
    "prompt is too long",
    "too many tokens",
    "input tokens exceed",
)
REFUSED = ("content_filter", "content management policy", "content_policy", "safety system")


def status_of(error: BaseException) -> int | None:
    """Return the HTTP status that `error` carries, where it does."""
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    return status if isinstance(status, int) else None


def message_of(error: BaseException) -> str:
    """Return what the provider said, without the client's wrapping."""
    body: Any = getattr(error, "body", None)
    if isinstance(body, Mapping):
        inner = body.get("error", body)
        said = inner.get("message") if isinstance(inner, Mapping) else inner
        if isinstance(said, str) and said:
            return said[:400]
    return str(error)[:400] or type(error).__name__


def code_of(error: BaseException) -> str:
    """Return the provider's error code, or ""."""
    body: Any = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, Mapping) else None
    code = inner.get("code") if isinstance(inner, Mapping) else getattr(error, "code", None)
    return code if isinstance(code, str) else ""


def retry_after(error: BaseException) -> float | None:
    """Return the seconds that a `Retry-After` header asks for (a number or a date)."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def as_model_error(error: BaseException, *, model: str, timeout: float) -> ModelError:
    """Return the ModelError that says what `error` means."""
    if isinstance(error, ModelError):
        return error
    said, status = KEY.sub("(a key)", message_of(error)), status_of(error)
    names = {c.__name__ for c in type(error).__mro__}
    if _is_cut_off(error):
        return _unreachable(error, model)
    if "JSONDecodeError" in names:  # a page of something in between, whatever its status
        return ModelUnavailable(
            f"What came instead of an answer of {model} is no JSON: {said}",
            model=model,
            remedy="Try again, or check OPENAI_BASE_URL.",
        )
    if isinstance(error, TimeoutError) or "APITimeoutError" in names or status == 408:
        return ModelTimeout(
            f"The model {model} did not answer within {timeout:g} s.",
            model=model,
            remedy="Try again, or set a longer FINECUT_MODEL_TIMEOUT.",
        )
    if status is None:
        return _without_status(error, said, names, model)
    return _with_status(error, said, status, model)


def _with_status(error: BaseException, said: str, status: int, model: str) -> ModelError:
    low = f"{said} {code_of(error)}".lower()
    if status == 429:
        return _overloaded(error, said, low, model)
    if status >= 500:
        said = f"The provider of {model} failed ({status}): {said}"
        return ModelOverloaded(said, model=model, remedy="Try again later.", retry_after=retry_after(error))
    return _refused(said, low, status, model)


def _refused(said: str, low: str, status: int, model: str) -> ModelError:
    if status in (400, 413, 422) and any(c in low for c in CONTEXT):
        said = f"The prompt is too long for {model}: {said}"
        return ContextTooLong(said, model=model, remedy="Give fewer or shorter notes.")
    if status == 400 and any(c in low for c in REFUSED):
        return ModelRefused(f"The provider of {model} declined: {said}", model=model)
    problem, remedy = {
        401: ("does not accept the key", "Check the API key."),
        403: ("does not let this key use it", "Check what the API key may do, and from where."),
        404: (f"does not know {model}", "Check FINECUT_MODEL and OPENAI_BASE_URL."),
    }.get(status, (f"refused the request ({status})", ""))
    return ModelMisconfigured(f"The provider of {model} {problem}: {said}", model=model, remedy=remedy)


def _overloaded(error: BaseException, said: str, low: str, model: str) -> ModelOverloaded:
    spent = "insufficient_quota" in low or "exceeded your current quota" in low
    return ModelOverloaded(
        f"The account for {model} has no quota left: {said}"
        if spent
        else f"{model} takes no more calls now: {said}",
        model=model,
        remedy="Check the plan and billing of the account." if spent else "Try again later.",
        retry_after=retry_after(error),
    )


def _without_status(error: BaseException, said: str, names: set[str], model: str) -> ModelError:
    if names & {"APIConnectionError", "ConnectError", "ConnectionError", "OSError"}:
        return _unreachable(error, model)
    return ModelOutputInvalid(
        f"The answer of {model} could not be read: {said}",
        model=model,
        remedy="Check that OPENAI_BASE_URL is the address of an API, such as http://127.0.0.1:8080/v1.",
    )


def _unreachable(error: BaseException, model: str) -> ModelUnavailable:
    first = _causes(error)[-1]
    return ModelUnavailable(
        f"Nobody answers at the address of {model}: {str(first) or type(first).__name__}",
        model=model,
        remedy="Check OPENAI_BASE_URL and the network.",
    )


def _causes(error: BaseException) -> list[BaseException]:
    """Return the exception and those behind it, the first cause last."""
    chain = [error]
    while chain[-1].__cause__ is not None:
        chain.append(chain[-1].__cause__)
    return chain


def _is_cut_off(error: BaseException) -> bool:
    """Tell whether a connection was refused or lost: aiohttp's adapter calls that a timeout."""
    names = [{c.__name__ for c in type(e).__mro__} for e in _causes(error)]
    return any("ClientConnectionError" in n and "TimeoutError" not in n for n in names)
