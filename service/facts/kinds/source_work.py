"""Whose work the film is based on: "the 1963 novel of the same name by X", "X's memoir"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.document import fold
from service.facts.claim import Verdict
from service.facts.credits import Person, people_at
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.people import match_of, names_of
from service.facts.reading import FILM, NAME, Reading
from service.films import JSON, Film, SourceWork
from service.films.names import Likeness, nearest

WORK = (
    r"(?:novels?|books?|bestsellers?|best-sellers?|plays?|stage plays?|memoirs?|short stor(?:y|ies)|novellas?"
    r"|autobiography|comics?|comic books?|graphic novels?"
    r"|manga|biography|stage musical|musical|(?:children's )?book series|children's books?|non-fiction book"
    r"|(?:book|novel) series|article|tale)"
)
TITLE = (  # Fathers and Sons, The Lion in Winter
    r"(?:the )?⟦[nof]\d+⟧"
    r"(?:(?:'s|:|,)? (?:(?:of|in|and|the|an?|to|for|on|at|with|from|or) ){0,3}⟦n\d+⟧){0,3}(?:'s)?"
)
BASED = r"(?:based|adapted|adaptation|adapts|inspired|from|of the|version)"
BY = re.compile(
    rf"\b{WORK}(?: of the same (?:name|title)| with the same (?:name|title))?(?:,? (?:titled "
    rf"|entitled |called )?(?:{TITLE}|\"[^\"]+\"))?,?(?: \(?\d{{4}}\)?)?,?"
    r" (?:originally )?(?:written |penned )?by "
)
OWNED = re.compile(rf"(?P<name>{NAME})(?:'s|'(?!\w)) (?:[a-z0-9-]+ ){{0,3}}?{WORK}\b")
SEVERAL = re.compile(rf"\b(?:the|an?) (?:\d{{4}} )?(?:[a-z-]+ )?{WORK}\b")
CONTEXT = re.compile(rf"\b{BASED}\b")
EXISTS = re.compile(
    rf"{FILM} (?:is|was|isn't|wasn't|has been)(?: [a-z]+ly| not| never| in part)*"
    r" (?:based|adapted|made|taken) (?:up)?(?:on|from)(?: the events of)? (?:an?|any|the) (?:\d{4} )?"
    rf"(?:[a-z-]+ ){{0,2}}?(?P<kind>{WORK})(?P<named> (?:of|by|with|under) the same (?:name|title))?"
    r"(?= ?(?:$|[.,;]|that|which|and|but|from|first))"
)
ORIGINAL = re.compile(
    rf"{FILM} (?:is|was|has|had|features|uses)(?: [a-z]+ly| not| made from| written from| based on)*"
    r" an? (?:[a-z]+ly )?original (?:screenplay|script|story|work|idea)"
    r"(?= ?(?:$|[.,;]|and|by|written))"
    r"|\b(?:screenplay|script)(?: (?:of|for) ⟦f\d+⟧)? (?:is|was) (?:an? )?(?:[a-z]+ly )?original\b"
)
ANY = frozenset({"book", "story", "tale"})  # what a work may be called that is known by name alone
NARRATIVE = frozenset({"novel", "book", "novella", "story", "memoir", "biography", "autobiography", "tale"})

RECORD = Film(id="e22", title="The Long Harbour", based_on=(SourceWork("Harbour", ("Ed Ames",), "novel"),))


@dataclass(frozen=True, slots=True)
class SourceWorkKind:
    """The authors of what the film is based on."""

    name: str = "source_work"
    examples: Sequence[Example] = (
        Example("It is based on the novel Harbour by Ed Ames.", RECORD, Verdict.SUPPORTED),
        Example(
            "It is based on the 1963 novel of the same name by Jane Doe.",
            RECORD,
            Verdict.CONTRADICTED,
            "Ed Ames",
        ),
        Example("The film is an adaptation of Jane Doe's memoir.", RECORD, Verdict.CONTRADICTED, "Ed Ames"),
        Example("The film is not based on a book.", RECORD, Verdict.CONTRADICTED),
        Example("The film is based on a stage play.", RECORD, Verdict.CONTRADICTED),
        Example("The film is based on a book of the same name.", RECORD, Verdict.CONTRADICTED),
        Example("The film was made from an original screenplay.", RECORD, Verdict.CONTRADICTED),
        Example("She reads a novel by Jane Doe.", RECORD, None),
        Example("The film has an original story to tell.", RECORD, None),
    )

    def __call__(self, reading: Reading, context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each author named."""
        authors = CONTEXT.search(reading.skeleton) and "⟦n" in reading.skeleton
        found = tuple(self._found(reading, context)) if authors else ()
        return found or tuple(self._exists(reading))

    def _exists(self, reading: Reading) -> Iterator[Assertion]:
        """Yield "based on a novel of the same name", "not based on a book", "an original screenplay"."""
        film, s = reading.film, reading.skeleton
        if not film.based_on and "based_on" not in film.complete:
            return
        for m in EXISTS.finditer(s) if "⟦f" in s else ():
            right = bool(film.based_on) and _is_such(film, m.group("kind"), same_name=bool(m.group("named")))
            yield self._whether(reading, m, {"source": m.group("kind")}, right=right)
        for m in ORIGINAL.finditer(s) if "original" in s else ():
            yield self._whether(reading, m, {"source": None}, right=not film.based_on)

    def _whether(
        self, reading: Reading, m: re.Match[str], asserted: dict[str, JSON], *, right: bool | None
    ) -> Assertion:
        film, negated = reading.film, reading.negated(*m.span())
        works = one_of([f"{w.work} by {one_of(w.authors)}" if w.authors else w.work for w in film.based_on])
        return Finder(self.name, reading).assertion(
            m.span(),
            {**asserted, "negated": negated},
            verdict_on(right=right, negated=negated, hedged=reading.hedged(m.start())),
            f"The record gives {works or 'nothing'} as the source{cited(film, 'based_on')}.",
            fields=("based_on",),
            covers=(m.span(),),
        )

    def _found(self, reading: Reading, context: Context) -> Iterator[Assertion]:
        s = reading.skeleton
        based = CONTEXT.search(s)
        assert based is not None
        works = max(
            len(BY.findall(s)), len(SEVERAL.findall(s[based.start() :]))
        )  # of several works a record may name one
        for m in BY.finditer(s):
            if CONTEXT.search(s, 0, m.start()):
                people, end = people_at(reading, m.end(), cast=False)
                sole = works == 1 and len(people) in {1, len(names_of(reading.film, "based_on"))}
                for p in people:
                    yield self._held(reading, p, context, (m.start(), end), sole=sole)
        for m in OWNED.finditer(s):
            if CONTEXT.search(s, max(0, m.start() - 40), m.start()):
                person = Person(*m.span("name"), reading.mention(m.group("name")).text)
                yield self._held(reading, person, context, m.span(), sole=True)

    def _held(
        self, reading: Reading, p: Person, context: Context, covers: tuple[int, int], *, sole: bool
    ) -> Assertion:
        film = reading.film
        authors = names_of(film, "based_on")
        match = match_of(p, authors, context.people)
        negated = reading.negated(*covers)
        verdict = Verdict.NOT_IN_METADATA
        if match.is_person:
            verdict = Verdict.CONTRADICTED if negated else Verdict.SUPPORTED
        elif authors and match.likeness is not Likeness.UNCLEAR and not negated and sole:
            elsewhere = nearest(p.text, film.writers).is_person
            verdict = Verdict.NOT_IN_METADATA if elsewhere else Verdict.CONTRADICTED
        wrong = verdict is Verdict.CONTRADICTED and not negated and len(authors) == 1
        return Finder(self.name, reading).assertion(
            (p.start, p.end),
            {"author": p.text, "negated": negated},
            verdict,
            f"The record names {one_of(authors)} as author of the source{cited(film, 'based_on')}."
            if authors
            else "The record names no author of a source.",
            fields=("based_on",) if authors else (),
            covers=(covers,),
            put=authors[0] if wrong else None,
            spelling=match.known if match.likeness is Likeness.MISSPELT else None,
        )


def _is_such(film: Film, kind: str, *, same_name: bool) -> bool | None:
    """Tell whether the source is of that kind, and of the film's name; None where the record does not say."""
    if same_name and not any(_plain(w.work) in map(_plain, film.titles) for w in film.based_on):
        return False
    kinds = {w.kind.casefold() for w in film.based_on if w.kind}
    if not kinds:
        return True if kind.removesuffix("s") in ANY else None
    said = kind.removesuffix("s")
    near = any(said in k or k in said for k in kinds)
    told = said.split()[-1] in NARRATIVE and any(k.split()[-1] in NARRATIVE for k in kinds)
    return near or told


def _plain(title: str) -> str:
    return fold(title).removeprefix("the ")


SOURCE_WORK = SourceWorkKind()
