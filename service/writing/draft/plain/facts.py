"""Sentences from the film's record, each naming its fields; nothing that the record lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from service.document import fold
from service.films import Film, RelatedFilm
from service.reviews import ReviewSentence, SectionName
from service.writing.draft.plain.english import NUMBERS, article, genre, listed, money, nationality
from service.writing.draft.plain.people import mentioned, plain_character, surname


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence from the record: where it belongs, how much it matters (1 first), and the topic
    beside whose notes it stands (`length`, or empty for the section's beginning or end). `lead` says it
    in a phrase before such a note's sentence.
    """

    section: SectionName
    sentence: ReviewSentence
    priority: int
    topic: str = ""
    opens: bool = False
    predicate: str = ""
    lead: str = ""


def facts_for(film: Film, notes_text: str) -> tuple[Fact, ...]:
    """Return the facts worth stating that the notes do not state already, the best first."""
    makers: tuple[Callable[[Film, str], Fact | None], ...] = (
        opening, source_work, runtime, awards, remakes, original, sequels, takings,
    )  # fmt: skip
    found = (maker(film, notes_text) for maker in makers)
    return tuple(sorted((f for f in found if f is not None), key=lambda f: f.priority))


def _fact(
    section: SectionName,
    text: str,
    fields: Sequence[str],
    priority: int,
    *,
    topic: str = "",
    opens: bool = False,
) -> Fact:
    sources = tuple(f"film.{f}" for f in dict.fromkeys(fields))
    return Fact(section, ReviewSentence(text, sources), priority, topic, opens)


def _film(
    section: SectionName, predicate: str, fields: Sequence[str], priority: int, *, topic: str = ""
) -> Fact:
    """Return a fact whose subject is the film: `predicate` follows `The film` or `It`."""
    fact = _fact(section, f"It {predicate}.", fields, priority, topic=topic)
    return replace(fact, predicate=predicate)


def opening(film: Film, _notes: str) -> Fact:
    """Say what the film is: title, year, country, genre, director, leads without a known part."""
    fields = ["title"]
    what = genre(film.genres, film.kind)
    fields += ["genres"] if film.genres else []
    nation = nationality(film.countries)
    fields += ["countries"] if nation else []
    phrase = f"{nation} {what}".strip()
    fields += ["year"] if film.year else []
    fields += ["directors"] if film.directors else []
    directors = listed(film.directors[:3]) if len(film.directors) <= 3 else ""
    stars = [m.name for m in film.cast[:3]] if not any(m.characters for m in film.cast) else []
    fields += ["cast"] if stars else []
    text = _opening_text(film, phrase, directors, stars)
    return _fact(SectionName.PLOT, text, fields, 1, opens=True)


def _opening_text(film: Film, phrase: str, directors: str, stars: list[str]) -> str:
    year = str(film.year) if film.year else ""
    dated = f"{year} {phrase}".strip()
    starring = f" starring {listed(stars)}" if stars else ""
    choice = crc32(film.id.encode()) % 3
    if not directors:
        return f"{film.title} is {article(dated)} {dated}{starring}."
    if choice == 0 and year:
        return f"Directed by {directors}, {film.title} is {article(phrase)} {phrase} from {year}{starring}."
    if choice == 1 and year:
        named = f"{film.title} ({year}) is {article(phrase)} {phrase}"
        return f"{named} directed by {directors}{' and' * bool(stars)}{starring}."
    return (
        f"{film.title} is {article(dated)} {dated} directed by {directors}{' and' * bool(stars)}{starring}."
    )


def cast(film: Film, notes: str, *, told: Collection[str] = ()) -> Fact | None:
    """Say who plays whom: of the first three billed and those whom the notes name, at most four
    of whom no part is told elsewhere (`told` holds the characters that are).
    """
    pairs = [(m.name, plain_character(m.characters[0]), i) for i, m in enumerate(film.cast) if m.characters]
    wanted = [
        (a, c)
        for a, c, i in pairs
        if c and c not in told and (i < 3 or mentioned(a, notes) or _by_surname(a, notes))
    ]
    if not wanted:
        return None
    first, rest = wanted[0], wanted[1:4]
    text = f"{first[0]} plays {_part(first[1])}"
    if rest:
        text += f", with {listed([f'{a} as {_part(c)}' for a, c in rest])}"
    return _fact(SectionName.CHARACTERS, f"{text}.", ["cast"], 2)


def _part(character: str) -> str:
    """Return a character's name; `adult Chiron` and the like take an article."""
    return f"the {character}" if character[0].islower() else character


def _by_surname(name: str, notes: str) -> bool:
    return surname(name) != name and mentioned(surname(name), notes)


def source_work(film: Film, notes: str) -> Fact | None:
    """Say what the film is based on."""
    if not film.based_on or (mentioned(film.based_on[0].work, notes) and film.based_on[0].work != film.title):
        return None
    work = film.based_on[0]
    if "based on" in notes.lower() and any(
        _by_surname(a, notes) or mentioned(a, notes) for a in work.authors
    ):
        return None
    kind = work.kind or ""
    name = "" if _letters(work.work) == _letters(film.title) else work.work
    by = f" by {listed(work.authors)}" if work.authors else ""
    if name and kind:
        what = f"the {kind} {name}{by}"
    elif kind:
        what = (
            f"the {kind} of the same name{by}" if name == "" and work.work else f"{article(kind)} {kind}{by}"
        )
    else:
        what = f"{name}{by}" if name else ""
    if not what:
        return None
    return _film(SectionName.PLOT, f"is based on {what}", ["based_on"], 4)


def _letters(name: str) -> str:
    """Return a name's letters and digits alone: `Old Boy` is `Oldboy`."""
    return "".join(c for c in fold(name) if c.isalnum())


def runtime(film: Film, _notes: str) -> Fact | None:
    """Say how long the film is."""
    if not film.runtime_minutes or film.runtime_minutes < 1 or film.runtime_max:
        return None
    text = f"runs for {film.runtime_minutes} minutes"
    fact = _film(SectionName.PLOT, text, ["runtime_minutes"], 8, topic="length")
    return replace(fact, lead=f"At {film.runtime_minutes} minutes")


def awards(film: Film, notes: str) -> Fact | None:
    """Say up to three awards that the film or its people won, those of one giver together."""
    told = [a for a in film.awards if _counted(a.name, notes)]
    won = [a for a in film.awards if a.won and a not in told and not mentioned(a.category or a.name, notes)]
    if not won and any(a.won for a in film.awards):
        return None
    verb = "won" if won else "was nominated for"
    won = won or [a for a in film.awards if not a.won and not mentioned(a.category or a.name, notes)]
    if not won or (verb != "won" and re.search(r"nominat", notes, re.IGNORECASE)):
        return None
    by_giver: dict[str, list[str]] = {}
    for award in won[:3]:
        by_giver.setdefault(award.name, []).append(award.category)
    phrases = [_prizes(giver, [c for c in categories if c]) for giver, categories in by_giver.items()]
    return _film(SectionName.LEGACY, f"{verb} {listed(phrases)}", ["awards"], 3)


def _counted(giver: str, notes: str) -> bool:
    """Tell whether the notes say how many prizes of one giver there were: `three Oscars`."""
    short = "oscars?|academy awards?" if "Academy Award" in giver else re.escape(giver)
    count = r"(?:\d+|" + "|".join(NUMBERS[1:]) + r"|no|several|many|half a dozen)"
    return re.search(rf"\b{count} (?:\w+ )?(?:{short})", notes, re.IGNORECASE) is not None


def _prizes(giver: str, categories: list[str]) -> str:
    bare = giver.removeprefix("The ").removeprefix("the ")
    if not categories:
        return f"the {bare}"
    if "estival" in giver or any(
        re.match(r"(?:Grand|Golden|Silver|Jury|Palme|Prix|Prize)\b", c) for c in categories
    ):
        return f"the {listed(categories)} at the {bare}"
    single = re.sub(r"\bAwards\b", "Award", bare)
    if len(categories) == 1:
        return f"the {single} for {categories[0]}"
    return f"{re.sub(r'Award(?!s)', 'Awards', single)} for {listed(categories)}"


def _related(film: Film, relation: str) -> list[RelatedFilm]:
    return [r for r in film.related if r.relation == relation]


def remakes(film: Film, notes: str) -> Fact | None:
    """Say where and when the film was remade."""
    found = _related(film, "remake")
    if not found or re.search(r"\bremade|remakes\b", notes, re.IGNORECASE):
        return None
    places = [_the(r.country) + (f" ({r.year})" if r.year else "") for r in found if r.country]
    if len(places) == len(found):
        return _film(SectionName.LEGACY, f"was remade in {listed(places[:6])}", ["related"], 3)
    titles = [f"{r.title} ({r.year})" if r.year else r.title for r in found if not mentioned(r.title, notes)]
    if not titles:
        return None
    return _film(SectionName.LEGACY, f"was remade as {listed(titles[:4])}", ["related"], 3)


def _the(country: str) -> str:
    needs = (
        "Philippines",
        "Netherlands",
        "United ",
        "Czech Republic",
        "Soviet Union",
        "Dominican Republic",
        "USA",
        "UK",
    )
    return f"the {country}" if country.startswith(needs) else country


def original(film: Film, notes: str) -> Fact | None:
    """Say which film this one remakes or follows."""
    for relation, words in (("remake_of", "a remake of"), ("sequel_of", "a sequel to")):
        for other in _related(film, relation):
            if other.title == film.title and other.year:
                nation = nationality([other.country]) if other.country else ""
                dated = f"the {other.year} {nation} film of the same name".replace("  ", " ")
                return _film(SectionName.PLOT, f"is {words} {dated}", ["related"], 5)
            if not mentioned(other.title, notes) and other.title != film.title:
                dated = f"{other.title} ({other.year})" if other.year else other.title
                return _film(SectionName.PLOT, f"is {words} {dated}", ["related"], 5)
    return None


def sequels(film: Film, notes: str) -> Fact | None:
    """Say which sequels followed."""
    found = [r for r in _related(film, "sequel") if not mentioned(r.title, notes)]
    if not found:
        return None
    titles = [
        f"{r.title} ({r.year})" if r.year and not mentioned(film.title, r.title) else r.title
        for r in found[:3]
    ]
    text = f"was followed by {listed(titles)}"
    return _film(SectionName.LEGACY, text, ["related"], 6)


def takings(film: Film, notes: str) -> Fact | None:
    """Say what the film cost and took."""
    if film.box_office is None or "box office" in notes.lower():
        return None
    took = money(film.box_office)
    if (
        film.budget is not None
        and film.budget.currency == film.box_office.currency
        and "budget" not in notes.lower()
    ):
        text = f"Made for {money(film.budget)}, it took {took} at the box office."
        return _fact(SectionName.LEGACY, text, ["budget", "box_office"], 7)
    return _film(SectionName.LEGACY, f"took {took} at the box office", ["box_office"], 7)
