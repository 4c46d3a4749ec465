"""What each shape of note lacks, supplied: an article, a copula, a subject, a frame."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.reviews import SectionName
from service.writing.draft.plain.clause import (
    Analysis,
    Shape,
    analyse,
    broken_subject,
    is_plural,
    main_verb,
    small_clause,
)
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.lists import column, is_craft, rows
from service.writing.draft.plain.nouns import head_of
from service.writing.draft.plain.phrases import determined, noun_phrase, with_article
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.subjects import by_writer, of_film
from service.writing.draft.plain.tagging import Word, outside_brackets, tag
from service.writing.draft.plain.tense import inflected

JUDGEMENT = 4  # words of one that stands behind what it is on
_MEASURED = re.compile(r"\d+ (?:minutes|hours)(?: long)?,? (?:but|and|yet) (?:\w+ly )?[a-z]+s\b")
_ASKED_OF = re.compile(
    r"[\w'’-]+(?: of [\w'’ -]+)?, and (?:who|what|how|why|where) .+"
)  # `luck, and who has it`


def plain(text: str, names: frozenset[str], section: SectionName | None, he: str = "") -> Draft | None:  # noqa: C901, PLR0911, PLR0912 - one line a construction of English
    """Return a sentence made of a text that has no header."""
    pieces = split(text)
    spoken = _exclaimed(text, names)
    if spoken is not None:
        return spoken
    if _ASKED_OF.fullmatch(text):
        return Draft.film(f"is about {lowered(text, tag(text, names))}", Shape.NOUN_PHRASE)
    if len(pieces) > 1 and _own_clause(pieces, names):
        first = plain(pieces[0][1], names, section, he)
        rest = "".join(m + s for m, s in pieces[1:])
        return replace(first, text=first.text + rest, predicate="") if first else None
    if len(pieces) == 2 and pieces[1][0] == ", " and _with_part(pieces, names):
        first = plain(pieces[0][1], names, section, he)
        part = tag(pieces[1][1], names)
        rest = (
            f"{first.text} with {determined(lowered(pieces[1][1], part), part, 'existential')}"
            if first
            else ""
        )
        return replace(first, text=rest, predicate="") if first and first.frame is Frame.FILM else None
    if len(pieces) > 1 and (named := _name_first(pieces, names)):
        return Draft(named)
    if len(pieces) > 1 and pieces[-1][0] in {", ", "; "} and _two_told(pieces, names):
        first = plain("".join(m + s for m, s in pieces[:-1]), names, section, he)
        second = tag(pieces[-1][1], names)
        rest = lowered(_clause(pieces[-1][1], second, analyse(second)), second)
        return replace(first, text=f"{first.text}; {rest}", predicate="") if first else None
    if _MEASURED.match(text) or _compares(text, names):
        return Draft.film(f"is {lowered(text, tag(text, names))}", Shape.ADJECTIVE_PHRASE)
    if len(pieces) > 1 and _judged(pieces, names):
        seen = "".join(m + s for m, s in pieces[:-1])
        comma = "," if len(pieces) > 2 else ""
        return Draft(f"{with_article(seen, tag(seen, names))}{comma} is {pieces[-1][1]}")
    if len(pieces) > 1 and pieces[-1][0] == ", " and _remarked(pieces, names):
        first = plain("".join(m + s for m, s in pieces[:-1]), names, section, he)
        if first is None or first.shape is not Shape.NOUN_PHRASE:
            return first and None
        return replace(first, text=f"{first.text}, and {pieces[-1][1]}", predicate="")
    words = outside_brackets(tag(text, names))
    if not words:
        return None
    if len(pieces) > 1 and broken_subject(words):
        first = plain(pieces[0][1], names, section, he)
        if first is not None:
            return replace(first, text=first.text + "".join(m + s for m, s in pieces[1:]), predicate="")
    if (
        section is SectionName.THEMES
        and re.match(r"[\w-]+(?: [\w-]+)? as (?:an? |the |\w+$)", text)
        and (words[1].among("NN") or (words[1].low == "as" and words[0].among("NN", "VVG")))
        and main_verb(words[:2]) is None
    ):
        about = (
            determined(lowered(text, words), words, "subject")
            if words[1].among("NN")
            else lowered(text, words)
        )
        return Draft.film(f"is about {about}", Shape.NOUN_PHRASE)
    analysis = analyse(words)
    if analysis.shape is Shape.CLAUSE and words[analysis.predicate - 1].tag == "CJC":
        told = words[: analysis.predicate - 1]
        at = small_clause(told)  # `Lind finally given everything to do and does it`
        if at is not None:
            return Draft(
                _small(text, names, words, Analysis(Shape.SMALL_CLAUSE, at)), shape=Shape.SMALL_CLAUSE
            )
    if words[0].low == "not" and analysis.shape is Shape.OTHER:
        return Draft.film(f"is {lowered(text, words)}", Shape.NOUN_PHRASE)
    match analysis.shape:
        case Shape.CLAUSE:
            return Draft(_clause(text, words, analysis))
        case Shape.VERB_PHRASE | Shape.IMPERATIVE:
            return _with_subject(text, words, analysis.shape, section, he)
        case Shape.SMALL_CLAUSE:
            return Draft(_small(text, names, words, analysis), shape=Shape.SMALL_CLAUSE)
        case Shape.PARTICIPLE:
            return _passive(text, words, section, he)
        case Shape.ADJECTIVE_PHRASE | Shape.PREPOSITION_PHRASE:
            return _adjective(text, words, analysis.shape)
        case Shape.NOUN_PHRASE:
            return noun_phrase(text, words, section)
        case _:
            return None


def _name_first(pieces: Sequence[tuple[str, str]], names: frozenset[str]) -> str:
    """Return the sentence that begins with a person and how that person is seen: `Lind in three parts, the
    voice convinced me`, `Lind all in black, hardly moves`; empty where it doesn't.
    """
    first = tag(pieces[0][1], names)
    at = next((i for i, w in enumerate(first) if not w.among("NP")), len(first))
    seen = first[at:]
    placed = bool(seen) and (
        seen[0].among("PRP") or (seen[0].among("AV0") and seen[1:2] and seen[1].among("PRP"))
    )
    if not at or not placed or seen[0].low == "as" or main_verb(first) is not None:
        return ""
    rest = [tag(s, names) for _, s in pieces[1:]]
    who, how = pieces[0][1][: first[at - 1].end], pieces[0][1][seen[0].start :]
    later = "".join(m + s for m, s in pieces[1:])
    if all(r and r[0].among("VVZ", "AV0") and analyse(r).shape is Shape.VERB_PHRASE for r in rest):
        last = len(pieces) > 2 and not later.count(" and ")
        told = "".join(m + s for m, s in pieces[1:-1]) + f" and {pieces[-1][1]}" if last else later
        return f"{who}, {how}{told}"
    if (
        len(rest) == 1
        and analyse(rest[0]).shape is Shape.CLAUSE
        and rest[0][0].among("AT0", "NN", "AJ", "DPS", "NP")
    ):
        clause = _clause(pieces[1][1], rest[0], analyse(rest[0]))
        return f"{who} is {how}; {lowered(clause, rest[0])}"
    return ""


def _own_clause(pieces: Sequence[tuple[str, str]], names: frozenset[str]) -> bool:
    """Tell whether the first segment lacks a verb and the second brings a clause of its own:
    `remade in four countries, and it is easy to see why`.
    """
    second = tag(pieces[1][1], names)
    if not second or second[0].low not in {"and", "but", "so", "yet", "though", "although"}:
        return False
    first = tag(pieces[0][1], names)
    return (
        main_verb(first) is None
        and not first[0].among("PRP", "CJS", "AVQ", "VVG")
        and main_verb(second[1:]) is not None
    )


def _compares(text: str, names: frozenset[str]) -> bool:
    """Tell whether a text compares the film: `slower than I remembered`."""
    words = tag(text, names)
    return len(words) > 2 and words[0].low.endswith("er") and words[1].low == "than"


def _judged(pieces: Sequence[tuple[str, str]], names: frozenset[str]) -> bool:
    """Tell whether what is seen stands before a judgement: `the hero falling through ice, terrifying`."""
    *seen, judgement = (tag(s, names) for _, s in pieces)
    if pieces[-1][0] != ", " or not judgement or not all(seen):
        return False
    if len(judgement) > JUDGEMENT and not (len(seen) == 1 and judgement[0].low in {"too", "so"}):
        return False
    if len(seen) == 1 and _pictured(seen[0], judgement):
        return True
    if analyse(judgement).shape is not Shape.ADJECTIVE_PHRASE or any(w.tag == "CJC" for w in judgement):
        return False
    doing = any(w.among("VVG") for i, s in enumerate(seen) for w in s[not i :])
    if not doing and (len(pieces) == 2 or not is_craft(seen[0][0].low)):
        return False
    qualities = {Shape.ADJECTIVE_PHRASE, Shape.PARTICIPLE}
    return all(main_verb(s) is None and analyse(s).shape not in qualities for s in seen)


def _pictured(seen: Sequence[Word], judgement: Sequence[Word]) -> bool:
    """Tell whether something definite stands before a judgement: `the hospital part, too much for me`."""
    definite = seen[0].low in {"the", "this", "that", "my"} or any(w.among("POS") for w in seen)
    if not definite or main_verb(seen) is not None or main_verb(judgement) is not None:
        return False
    return judgement[0].low in {"too", "so"} and analyse(seen).shape is Shape.NOUN_PHRASE


_REMARKS = frozenset(
    {"neither", "both", "each", "nobody", "everyone", "everybody", "none"}
    | {"i", "you", "we", "he", "she", "they"}
)


def _remarked(pieces: Sequence[tuple[str, str]], names: frozenset[str]) -> bool:
    """Tell whether a noun phrase stands before a clause on it: `two assassins, neither knows`."""
    phrase, clause = tag("".join(m + s for m, s in pieces[:-1]), names), tag(pieces[-1][1], names)
    if not phrase or not clause or clause[0].low not in _REMARKS or main_verb(phrase) is not None:
        return False
    common = any(w.among("NN") for w in phrase) and head_of(phrase) is not None
    named = phrase[0].among("NP") and not phrase[-1].among("NN")
    return (
        common and not named and main_verb(clause) is not None and analyse(phrase).shape is Shape.NOUN_PHRASE
    )


def _with_part(pieces: Sequence[tuple[str, str]], names: frozenset[str]) -> bool:
    """Tell whether the film's kind stands before a part of it: `quiet film, huge ending`."""
    whole, part = (tag(p[1], names) for p in pieces)
    if not whole or not part or any(analyse(w).shape is not Shape.NOUN_PHRASE for w in (whole, part)):
        return False
    head, heads = head_of(whole), head_of(part)
    kind = head is not None and head.lemma in column("kinds.tsv")
    return kind and heads is not None and is_craft(heads.lemma) and part[0].among("AJ", "AV0", "NN")


def _two_told(pieces: Sequence[tuple[str, str]], names: frozenset[str]) -> bool:
    """Tell whether a subject with its predicate but no verb stands before a clause of its own:
    `her talent wasted, the ending made no sense`.
    """
    first, second = tag("".join(m + s for m, s in pieces[:-1]), names), tag(pieces[-1][1], names)
    if main_verb(first) is not None:
        return False
    if not second or not second[0].among("AT0", "DPS", "NP", "NN", "PNP", "DT0") or by_writer(second, 0):
        return False
    return analyse(first).shape is Shape.SMALL_CLAUSE and analyse(second).shape is Shape.CLAUSE


def _adjective(text: str, words: Sequence[Word], shape: Shape) -> Draft:
    pieces = split(lowered(text, words))
    if (
        len(pieces) > 2
        and all(m in {"", ", "} for m, _ in pieces)
        and not pieces[-1][1].startswith(("and ", "or ", "but "))
    ):
        return Draft.film("is " + ", ".join(s for _, s in pieces[:-1]) + " and " + pieces[-1][1], shape)
    return Draft.film(f"is {lowered(text, words)}", shape)


def _clause(text: str, words: Sequence[Word], analysis: Analysis) -> str:
    return with_article(text, words[: analysis.predicate]) if analysis.predicate else text


def _with_subject(
    text: str, words: Sequence[Word], shape: Shape, section: SectionName | None, he: str
) -> Draft | None:
    verb_at = main_verb(words) or 0
    low = lowered(text, words)
    if by_writer(words, verb_at):
        low = _with_object(low, words)
        return Draft(f"I {low}", Frame.WRITER, low, shape=Shape.VERB_PHRASE)
    if shape is Shape.IMPERATIVE:
        return Draft(text, shape=shape)
    lemma = next((w.lemma for w in words[verb_at:] if w.among("VV", "VB")), "be")
    if any(w.low == "enough" for w in words[:verb_at]):
        return None
    if not of_film(lemma, words) and section in {SectionName.PLOT, SectionName.CHARACTERS}:
        return Draft(f"{he} {low}") if he else None
    return Draft.film(low, shape)


_OBJECT = frozenset({"recommend", "love", "like", "hate", "enjoy", "adore", "rewatch"})


def _with_object(low: str, words: Sequence[Word]) -> str:
    """Return `would recommend it` for `would recommend`: the verb cannot stand without its object."""
    base = words[0].start
    for i, word in enumerate(words):
        last = i + 1 == len(words) or words[i + 1].among("PUN")
        if word.among("VV") and word.lemma in _OBJECT and last:
            at = word.end - base
            return f"{low[:at]} it{low[at:]}"
    return low


def _passive(text: str, words: Sequence[Word], section: SectionName | None, he: str) -> Draft | None:
    low = lowered(text, words)
    verbs = {row[0]: row[1] for row in rows("participles.tsv")}
    said = next((w.low for w in words[:3] if w.low in verbs), None)
    person = section is SectionName.PLOT and he and said is not None and verbs[said] == "was"
    if said is not None and not person:
        return Draft.film(f"{'is' if words[0].low == 'best' else verbs[said]} {low}", Shape.PARTICIPLE)
    if section is SectionName.PLOT:
        return Draft(f"{he} {'are' if he == 'They' else 'is'} {low}") if he else None
    past = section is SectionName.LEGACY and words[0].low not in {"best", "better"}
    return Draft.film(f"{'was' if past else 'is'} {low}", Shape.PARTICIPLE)


def _small(text: str, names: frozenset[str], words: Sequence[Word], analysis: Analysis) -> str:
    at = analysis.predicate
    subject = words[:at]
    head = with_article(text[: words[at].start].rstrip(), subject)
    copula = "are" if is_plural(subject) else "is"
    rest = rest_of(text[words[at].start :], names)
    if words[at].among("VVG") and words[at - 1].among("NP") and words[at].lemma != words[at].low:
        told = inflected(words[at].lemma, plural=copula == "are")  # `Dora getting on the train`
        return f"{head} {told}{rest.removeprefix(words[at].text)}"
    ranked = words[at].tag == "AJS" and words[at + 1 : at + 2] != () and words[at + 1].among("NN")
    return f"{head} {copula} {'the ' if ranked else ''}{rest}"


def rest_of(text: str, names: frozenset[str]) -> str:
    """Return a small clause's predicate; further small clauses after commas get their verbs too."""
    pieces = split(text)
    out = pieces[0][1]
    for i, (mark, segment) in enumerate(pieces[1:], 1):
        words = tag(segment, names)
        analysis = analyse(words)
        last = i == len(pieces) - 1
        if analysis.shape is Shape.SMALL_CLAUSE and mark.strip() == ",":
            whole = _small(segment, names, words, analysis)
            out += (" and " if last and len(pieces) == 2 else ", and " if last else ", ") + whole
        elif mark == ", " and analysis.shape is Shape.VERB_PHRASE and by_writer(words, main_verb(words) or 0):
            out += f", and I {segment}"
        elif (
            last
            and mark == ", "
            and words[0].low not in {"and", "but", "or", "then"}
            and not any(w.tag == "CJC" for w in words)
            and (_is_adjective(words, analysis) or analysis.shape is Shape.VERB_PHRASE)
        ):
            out += f" and {segment}"
        else:
            out += mark + segment
    return out


def _is_adjective(words: Sequence[Word], analysis: Analysis) -> bool:
    return analysis.shape is Shape.ADJECTIVE_PHRASE and words[0].tag != "VVN"


def _exclaimed(text: str, names: frozenset[str]) -> Draft | None:
    """Return `the octopus scene: I can't unsee it` for a noun phrase with the writer's verb after it."""
    pieces = split(text)
    if len(pieces) != 2 or analyse(tag(pieces[0][1], names)).shape is not Shape.NOUN_PHRASE:
        return None
    after = tag(pieces[1][1], names)
    if main_verb(after) == 0 and by_writer(after, 0):
        return Draft(f"{pieces[0][1]}: I {pieces[1][1]}", Frame.OWN)
    return None
