"""What a draft is made from, and what of it cannot be used."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from service.detectors.house_style import HouseStyle
from service.errors import InputError, InputTooLarge
from service.films import Film
from service.reviews import Note
from service.writing.requests import MAX_NOTE, MAX_NOTES

MAX_NOTES_TEXT = 200_000  # characters of all notes together
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German"}
WORDS = (50, 5000)
LINE = 300
RATING = re.compile(r"\d{1,3}(\.\d+)?\s*/\s*\d{1,3}")
NOTE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """A film and the writer's notes on it, and how the review is to be.

    `words` is the length to aim at, None for as long as the notes are worth; `language` a two-letter
    code, with a region or without; `rating` the writer's own, such as `4/5`; `seed` goes to the model;
    `house` is how the site writes: told to a model that writes, mended in the second pass.
    """

    film: Film
    notes: tuple[Note, ...] = ()
    words: int | None = None
    tone: str = ""
    language: str = "en"
    spoilers: bool = False
    keyphrase: str = ""
    rating: str = ""
    author: str = ""
    seed: int | None = None
    house: HouseStyle | None = None

    @property
    def language_name(self) -> str:
        """Return the language's English name."""
        return LANGUAGES[self.language[:2]]


def checked(request: DraftRequest) -> DraftRequest:
    """Return `request` with its texts on one line each and without control characters.

    Raises InputError (InputTooLarge for a size) that names the part, what is wrong and what would be right.
    """
    film = request.film
    if not film.title.strip():
        raise InputError("The film has no title.", field="film.title", remedy="Give the film a title.")
    notes = tuple(replace(n, text=one_line(n.text)) for n in request.notes)
    _check_notes(notes)
    if request.words is not None and not WORDS[0] <= request.words <= WORDS[1]:
        raise InputError(
            f"{request.words} words were asked for.",
            field="words",
            remedy=f"Ask for {WORDS[0]} to {WORDS[1]}.",
        )
    if request.language[:2].lower() not in LANGUAGES:
        raise InputError(
            f"Finecut does not write in {request.language!r}.",
            field="language",
            remedy=f"It writes in {', '.join(f'{n} ({c})' for c, n in LANGUAGES.items())}.",
        )
    if request.rating and not RATING.fullmatch(request.rating.strip()):
        raise InputError(f"{request.rating!r} is no rating.", field="rating", remedy="Give one such as 4/5.")
    return replace(
        request,
        notes=notes,
        language=request.language[:2].lower(),
        tone=_line("tone", request.tone),
        keyphrase=_line("keyphrase", request.keyphrase),
        rating=_line("rating", request.rating),
        author=_line("author", request.author),
    )


def _line(name: str, text: str) -> str:
    line = one_line(text)
    if len(line) > LINE:
        raise InputTooLarge(
            f"The {name} has {len(line)} characters.", field=name, remedy=f"Give at most {LINE}."
        )
    return line


def _check_notes(notes: tuple[Note, ...]) -> None:
    if len(notes) > MAX_NOTES:
        raise InputTooLarge(
            f"{len(notes)} notes were given.", field="notes", remedy=f"Give at most {MAX_NOTES}."
        )
    for note in notes:
        if not NOTE_ID.fullmatch(note.id):
            raise InputError(
                f"{note.id!r} is no id for a note.",
                field="notes",
                remedy="Use letters, digits, - and _, at most 40.",
            )
        if len(note.text) > MAX_NOTE:
            raise InputTooLarge(
                f"Note {note.id} has {len(note.text):,} characters.",
                field=f"notes.{note.id}",
                remedy=f"A note is one thought of at most {MAX_NOTE:,} characters: split it.",
            )
    twice = [i for i, count in Counter(n.id for n in notes).items() if count > 1]
    if twice:
        raise InputError(f"Several notes bear the id {twice[0]}.", field="notes", remedy="Give each its own.")
    whole = sum(len(n.text) for n in notes)
    if whole > MAX_NOTES_TEXT:
        raise InputTooLarge(
            f"The notes have {whole:,} characters together.",
            field="notes",
            remedy=f"Give at most {MAX_NOTES_TEXT:,}.",
        )


def one_line(text: str) -> str:
    """Return `text` on one line, its runs of white space made one space, control characters dropped.

    Marks that steer the direction of writing go too: they could show a reader another text than the
    one that was checked.
    """
    kept = (
        ""
        if unicodedata.category(c) in ("Cf", "Cs", "Co") and c != "\u200d"
        else " "
        if unicodedata.category(c) == "Cc"
        else c
        for c in text
    )
    return " ".join("".join(kept).split())
