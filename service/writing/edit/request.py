"""What an edit is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.detectors.house_style import HouseStyle
from service.document import Format
from service.errors import InputError
from service.films import Film
from service.reviews import Note


class Intensity(StrEnum):
    """How much to mend: `light` only what is wrong (values, spellings) or said twice word for word;
    `normal` also stock phrases where the copy is full of them; `strong` everywhere.
    """

    LIGHT = "light"
    NORMAL = "normal"
    STRONG = "strong"


MAX_CUT = 0.5  # of the words, where the writer sets no bound


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRequest:
    """A copy to edit. `max_cut` is the largest share of its words that may be cut; `seconds` the
    time after which no new round begins, None for as long as it takes; `meta` asks for a title and a
    description for result pages, too.
    """

    content: str
    format: Format = Format.TEXT
    film: Film | None = None
    notes: tuple[Note, ...] = ()
    protect: tuple[str, ...] = ()
    keyphrase: str = ""
    intensity: Intensity = Intensity.NORMAL
    max_cut: float = MAX_CUT
    headings: bool = False
    meta: bool = False
    house: HouseStyle | None = None
    seed: int | None = None
    seconds: float | None = None


def checked(request: EditRequest) -> EditRequest:
    """Return the request. Raises InputError for one that cannot be used."""
    if not request.content.strip():
        raise InputError(
            "The content holds white space only.", field="content", remedy="Send the copy to edit."
        )
    if not 0 <= request.max_cut < 1:
        raise InputError(
            f"max_cut is {request.max_cut:g}.", field="max_cut", remedy="Give a share from 0 to below 1."
        )
    return request
