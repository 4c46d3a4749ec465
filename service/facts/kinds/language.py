"""In what language the film is: "an English-language film", "released in French", "its language is Hindi"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.document import fold
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.reading import Reading
from service.facts.words import word_set
from service.films import Film

LANGUAGES = word_set("languages.txt")
NAMES = "|".join(sorted(LANGUAGES))
SPOKEN = re.compile(
    rf"\b(?:languages?(?: (?:of|used in|for|in) ⟦f\d+⟧)?(?: (?:is|was|are|were))?:? "
    rf"|(?:released|made|filmed|shot|recorded|spoken|produced|originally|(?<=⟧ )is|(?<=⟧ )was|primarily"
    rf"|entirely)"
    rf"(?: only| originally| entirely| mostly)? in (?:the )?"
    rf"|in the )(?P<name>{NAMES})\b(?! (?:cinema|theat|film|market|countr|version))"
    rf"|\b(?P<name2>{NAMES})[- ]language\b|⟦f\d+⟧ (?:is|was) an? (?P<name3>english|hindi"
    rf"|tamil|telugu|cantonese|mandarin) (?:film|movie)\b"
)
ALIKE = {
    "mandarin": {"chinese", "standard chinese"},
    "chinese": {"mandarin", "cantonese"},
    "cantonese": {"chinese"},
}
RECORD = Film(id="e26", title="The Long Harbour", languages=("Swedish",), complete=frozenset({"languages"}))


@dataclass(frozen=True, slots=True)
class Language:
    """Languages spoken in the film."""

    name: str = "language"
    examples: Sequence[Example] = (
        Example("The Long Harbour is a Swedish-language film.", RECORD, Verdict.SUPPORTED),
        Example("Its language is English.", RECORD, Verdict.CONTRADICTED),
        Example("The film was released in French.", RECORD, Verdict.CONTRADICTED),
        Example("She teaches English in Paris.", RECORD, None),
        Example("The film is about a man who teaches English.", RECORD, None),
        Example("The film has subtitles in English.", RECORD, None),
        Example("Its title is in Italian.", RECORD, None),
        Example("The film was dubbed in German.", RECORD, None),
        Example("It opens with a song in French.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each language named."""
        s = reading.skeleton
        if not reading.has_any(LANGUAGES) or "⟦f" not in s or "⟦o" in s:
            return ()
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        stored = {fold(x) for x in film.languages}
        for m in SPOKEN.finditer(reading.skeleton):
            group = next(g for g in ("name", "name2", "name3") if m.group(g))
            said = m.group(group)
            right: bool | None = bool(stored & ({said} | ALIKE.get(said, set()))) if stored else None
            if right is False and ("languages" not in film.complete or reading.hedged(m.start())):
                right = None
            negated = reading.negated(*m.span())
            verdict = verdict_on(right=right, negated=negated)
            yield Finder(self.name, reading).assertion(
                m.span(group),
                said,
                verdict,
                f"The record gives {one_of(film.languages)}{cited(film, 'languages')}."
                if stored
                else "The record gives no language.",
                fields=("languages",) if stored else (),
                covers=(m.span(),),
            )


LANGUAGE = Language()
