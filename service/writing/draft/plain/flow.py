"""Order within a section, what is joined to what, and how openings vary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.document import fold
from service.films import Film
from service.reviews import SectionName
from service.writing.draft.plain.frames import FILM, Draft, Frame
from service.writing.draft.plain.lists import is_craft
from service.writing.draft.plain.people import surname
from service.writing.draft.plain.phrases import POINTED
from service.writing.draft.plain.polarity import polarity

LONGEST = 9  # words of a predicate or clause that may be joined to another
_BROKEN = re.compile(r"[,;:–()\"“”?!]|\b(?:and|but|or|because|though|although|while|if|when)\b")


@dataclass(frozen=True, slots=True)
class Item:
    """The sentences made of a note (or of joined notes) with the ids they rest on.

    `rank` and `topic` order a section: items of one rank stay together, and in it those of one topic.
    """

    sources: tuple[str, ...]
    drafts: tuple[Draft, ...]
    section: SectionName
    rank: int = 0
    topic: str = ""

    @property
    def text(self) -> str:
        """Return the item's sentences as text."""
        return " ".join(d.sentence for d in self.drafts)


def placed(item: Item, film: Film) -> Item:
    """Return the item with its rank and topic: story before pace, ideas before craft, verdicts last."""
    text = fold(item.text)
    match item.section:
        case SectionName.PLOT:
            begins = re.match(
                r"(?:the film|it) (?:starts|begins|opens|follows|tells|is set|is told|is about)\b", text
            )
            begins = begins if item.drafts[0].frame is Frame.FILM else None
            told = item.drafts[0].frame in {Frame.FILM, Frame.WRITER} or _on_the_telling(text)
            return replace(item, rank=int(told and not begins), topic="beginning" if begins else "")
        case SectionName.CHARACTERS:
            return replace(item, topic=_person(item.text, film))
        case SectionName.THEMES:
            return replace(item, rank=int(_on_craft(text)))
        case _:
            return replace(item, rank=_verdict(text))


_TELLING = re.compile(
    r"\b(?:pac(?:e|ing)|long|short|minutes|hours?|slow|drags?|rushed|act|half|ending|finale|twists?|structure|"
    r"predictable|episodic|flashbacks?|manipulative|tight|loose|opening|plot|story|subplots?|the end|i|my)\b"
)


def _on_the_telling(text: str) -> bool:
    return _TELLING.search(text) is not None


def _on_craft(text: str) -> bool:
    if text.startswith("the film is about"):
        return False
    return (
        any(is_craft(w) for w in re.findall(r"[\w-]+", text))
        or re.search(r"\b(?:shot|looks?|sounds?|scene)\b", text) is not None
    )


def _verdict(text: str) -> int:
    if re.search(r"\bgets \d|\bgets ★|\d\s*/\s*\d+|\bstars?\b", text):
        return 3
    return 2 if re.search(r"\b(?:i|my|see|watch|skip|recommend|worth|fans?|don't)\b", text) else 0


def _person(text: str, film: Film) -> str:
    spots = [(text.find(surname(m.name)), m.name) for m in film.cast if surname(m.name) in text]
    spots += [(text.find(c), m.name) for m in film.cast for c in m.characters if c and c in text]
    return min(spots)[1] if spots else ""


def ordered(items: Sequence[Item]) -> list[Item]:
    """Return a section's items by rank, those of one topic together, else as the writer had them."""
    by_rank = sorted(items, key=lambda i: (i.rank, _stage(i)))
    out: list[Item] = []
    for item in by_rank:
        at = next((n for n in range(len(out) - 1, -1, -1) if item.topic and _fits(out[n], item)), None)
        out.insert(len(out) if at is None else at + 1, item)
    return out


def _stage(item: Item) -> int:
    """Order what is said of the telling: beginnings first, endings last."""
    if item.section is not SectionName.PLOT:
        return 1
    if not item.rank:
        return 0 if item.topic == "beginning" else 1
    text = fold(item.text)
    if re.search(r"\b(?:starts?|begins?|opens?|opening|first (?:act|half|hour))\b", text):
        return 0
    return 2 if re.search(r"\b(?:ending|finale|climax|ends?|last|final|the end)\b", text) else 1


def _fits(before: Item, item: Item) -> bool:
    return before.topic == item.topic and before.rank == item.rank


def joined(items: Sequence[Item]) -> list[Item]:
    """Return the items with neighbours joined where both are short and grammar and sense allow:
    two things said of the film share their subject; praise and blame are set against each other.
    """
    out: list[Item] = []
    fresh = True
    for item in items:
        pair = _pair(out[-1], item) if out and fresh else None
        if pair is not None:
            out[-1] = pair
            fresh = False
        else:
            out.append(item)
            fresh = True
    return out


def _pair(one: Item, two: Item) -> Item | None:
    a, b = one.drafts[0], two.drafts[0]
    unlike = a.predicate.startswith("is about ") is not b.predicate.startswith("is about ")
    if len(one.drafts) != 1 or len(two.drafts) != 1 or one.rank != two.rank or unlike:
        return None
    if a.end != "." or b.end != "." or _BROKEN.search(a.text) or _BROKEN.search(b.text):
        return None
    if max(len(a.text.split()), len(b.text.split())) > LONGEST + 2:
        return None
    link = link_of(a, b)
    if a.frame is b.frame and a.frame in {Frame.FILM, Frame.WRITER} and a.predicate and b.predicate:
        text = f"{a.text} {link} {_without_repeat(a.predicate, b.predicate)}"
        return _union(one, two, Draft(text, a.frame, f"{a.predicate} {link} {b.predicate}"))
    if link == "but" and b.frame is not Frame.THERE:
        return _union(one, two, Draft(f"{a.text}, but {uncapitalised(b)}", a.frame))
    return None


def _without_repeat(one: str, two: str) -> str:
    """Return the second predicate without the copula that it shares with the first."""
    first, _, rest = two.partition(" ")
    return rest if first == one.split(" ", 1)[0] and first in {"is", "was", "has"} else two


def link_of(a: Draft, b: Draft) -> str:
    """Return `but` where one sentence praises and the other blames, else `and`."""
    return "but" if polarity(a.text) * polarity(b.text) < 0 else "and"


def uncapitalised(draft: Draft) -> str:
    """Return the draft's text as it stands inside a sentence."""
    first = draft.text.split(" ", 1)[0]
    return (
        draft.text[0].lower() + draft.text[1:]
        if first in {"The", "It", "A", "An", "There", "This"}
        else draft.text
    )


def _union(one: Item, two: Item, draft: Draft) -> Item:
    return replace(one, sources=(*one.sources, *two.sources), drafts=(draft,))


_SUBJECT = re.compile(r"^The film\b|\bthe film\b")


def _pronoun(match: re.Match[str]) -> str:
    return "It" if match.group()[0] == "T" else "it"


def varied(paragraph: Iterable[Draft], title: str) -> list[Draft]:
    """Return a paragraph's drafts with `It` for `The film` where the sentence before has the film as
    its subject and does not itself begin with `It`.
    """
    out: list[Draft] = []
    about_film, was_it = False, False
    for draft in paragraph:
        if draft.frame is Frame.FILM and about_film and not was_it:
            out.append(replace(draft, text=_SUBJECT.sub(_pronoun, draft.text, count=1)))
            was_it = draft.text.startswith(FILM)
        else:
            named = draft.frame is Frame.FILM and not about_film and draft.text.startswith("It ")
            pointed = draft.frame is Frame.THERE and POINTED.match(draft.predicate)
            text = title + draft.text.removeprefix("It") if named else draft.text
            if pointed:  # what the reader is taken to know of
                text = f"then {text}" if out else draft.predicate
            out.append(replace(draft, text=text))
            was_it = draft.text.startswith("It ")
        about_film = draft.frame is Frame.FILM
    return out
