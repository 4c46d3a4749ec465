"""Every exception that Finecut raises on purpose, drawn as one tree.

    FinecutError
    ├── InputError                what was given cannot be used
    │   ├── InputTooLarge         over a stated limit
    │   ├── InvalidFilmRecord     a film record that does not read
    │   ├── InvalidEdit           an edit that does not fit its document
    │   └── UnsupportedFormat     a format that Finecut does not read
    ├── NotFound                  nothing is stored under that id
    │   ├── FilmNotFound          no film of that id or title
    │   ├── ReviewNotFound
    │   ├── EditNotFound
    │   ├── EvalNotFound
    │   └── JobNotFound
    ├── FilmAmbiguous             several films answer to that title; carries them
    ├── Conflict                  the request contradicts what is stored
    ├── BudgetExceeded            the money, tokens or time granted are spent
    ├── SourceError               a service of film metadata gave no usable answer
    │   ├── SourceUnavailable     nobody answers at its address, or it is busy; may say when to return
    │   │   └── SourceTimeout
    │   ├── SourceMisconfigured   no key, or one that the service does not take
    │   └── SourceAnswerInvalid   the answer does not have the form that the service documents
    └── ModelError                the language model gave no usable answer
        ├── ModelUnavailable      nobody answers at its address, or too late
        │   ├── ModelTimeout
        │   └── ModelOverloaded   429 or 5xx after all retries; may say when to return
        ├── ModelMisconfigured    no key, a wrong key, an unknown model name
        ├── ModelRefused          the provider or the model declined
        ├── ContextTooLong        the prompt does not fit the model
        └── ModelOutputInvalid    the answer does not have the form asked for

An expected refusal by a gate is a value (`service.gates.Decision`), never an exception.
HTTP statuses for these are in `service/web/errors.py` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence


class FinecutError(Exception):
    """Something a caller can read: `message` says what is wrong, `remedy` what would be right."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class InputError(FinecutError):
    """What was given cannot be used as it is; `field` names the part, where there is one."""

    def __init__(self, message: str, *, field: str = "", remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.field = field


class InputTooLarge(InputError):
    """The input is over a stated limit."""


class InvalidFilmRecord(InputError):
    """A film record does not read; the message names file and line where they are known."""


class InvalidEdit(InputError):
    """An edit does not fit the document it is applied to."""


class UnsupportedFormat(InputError):
    """The format named is none that Finecut reads."""


class NotFound(FinecutError):
    """Nothing is stored under that id."""


class FilmNotFound(NotFound):
    """No stored film has that id, or that title and year."""


class ReviewNotFound(NotFound):
    """No stored review has that id."""


class EditNotFound(NotFound):
    """No stored edit has that id."""


class EvalNotFound(NotFound):
    """No stored evaluation has that id."""


class JobNotFound(NotFound):
    """No run has that id."""


class FilmAmbiguous(FinecutError):
    """Several films answer to the title; `candidates` holds (id, title, year) of each."""

    def __init__(
        self,
        message: str,
        *,
        candidates: Sequence[tuple[str, str, int | None]],
        remedy: str = "Name the film by its id, or give its year.",
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.candidates = tuple(candidates)


class Conflict(FinecutError):
    """The request contradicts what is stored, such as an id that is taken."""


class BudgetExceeded(FinecutError):
    """The tokens, money or time granted to a request are spent."""


class SourceError(FinecutError):
    """A service of film metadata gave no usable answer; `source` names it."""

    def __init__(self, message: str, *, source: str = "", remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.source = source


class SourceUnavailable(SourceError):
    """Nobody answers, or the service is busy; `transient` tells whether another try may help now.

    `retry_after` is in seconds, where the service says it.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str = "",
        remedy: str = "",
        retry_after: float | None = None,
        transient: bool = True,
    ) -> None:
        super().__init__(message, source=source, remedy=remedy)
        self.retry_after = retry_after
        self.transient = transient


class SourceTimeout(SourceUnavailable):
    """The service did not answer within the time allowed."""


class SourceMisconfigured(SourceError):
    """No key is set for the service, or one that it does not take."""


class SourceAnswerInvalid(SourceError):
    """The answer does not have the form that the service documents."""


class ModelError(FinecutError):
    """The language model gave no usable answer; `model` names it."""

    def __init__(self, message: str, *, model: str = "", remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.model = model


class ModelUnavailable(ModelError):
    """Nobody answers at the model's address, or not in time."""


class ModelTimeout(ModelUnavailable):
    """The model did not answer within the time allowed."""


class ModelOverloaded(ModelUnavailable):
    """The provider said 429 or 5xx until the retries ran out; `retry_after` is in seconds."""

    def __init__(
        self, message: str, *, model: str = "", remedy: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message, model=model, remedy=remedy)
        self.retry_after = retry_after


class ModelMisconfigured(ModelError):
    """No key, a wrong key, or a model name that the provider does not know."""


class ModelRefused(ModelError):
    """The model or its provider declined to answer."""


class ContextTooLong(ModelError):
    """The prompt is longer than the model can read."""


class ModelOutputInvalid(ModelError):
    """The answer does not have the form that was asked for, also after one repair."""
