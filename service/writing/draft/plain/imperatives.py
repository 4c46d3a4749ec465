"""Clauses in the imperative: told by their construction, whatever the verb.

A note says how a film is; a clause that begins with a verb's base form and its object tells somebody to do
something. Whom it tells is seen by the verb and the object: viewers are told to watch, wait and bring tissues
(`data/viewers.tsv`); all else, and whatever has the text for its object, is for the writer.
"""

from __future__ import annotations

import re

from service.writing.draft.plain.clause import main_verb
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.tagging import could_be, tag

_DETERMINED = (
    r"(?:the|an?|this|that|these|those|any|every|each|all|your|my|our|his|her|its|their|some|no|only|more|"
    r"less|"
    r"at least|at most|it|me|us|them|him|how|what|why|whatever|everything|everyone|everybody|nothing|people|"
    r"readers|as|\d+)\b"
)
_OBJECT = re.compile(
    rf"(?P<verb>[a-z]+(?:-[a-z]+)?) (?:(?:up|out|off|down|away|back|in|on|over) (?={_DETERMINED}))?"
    rf"(?P<object>{_DETERMINED}.*|[\"“].*|(?:up|down|out) .*|(?:criticisms?|readers|superlatives|praise|"
    rf"blame)\b.*)"
)
_OPINION = re.compile(
    r"(?:ignore|disregard|overlook) (?:the |all the )?(?:reviews|critics|hype|haters|trailers?|title|"
    r"poster|plot|"
    r"sequels?|ending|remakes?|subtitles|dubbing|ratings?)\b"
)  # what viewers are told not to mind
_WEAK = re.compile(r"(?:as|no|more|less|only)\b")  # these stand behind a noun as well: `power as patience`
_RESULT = re.compile(
    r"\band (?:you|it|we)(?: have|'ve| get|'d|'ll| will| is|'s)\b|\bif you (?:must|like|want|will)\b"
)
_OFFERED = re.compile(
    r"(?:it|this|the (?:film|movie)|him|her|them|yourself|yourselves|your (?!review|text|voice|prose|copy|"
    r"readers)|"
    r"a (?:chance|go|try|miss|break|look|seat|moment|minute|hour)|no mistake|me|us|an? \w+ (?:minutes|hours)|"
    r"\w+ (?:minutes|hours|chance)|the (?:first|last|opening|second|third|whole|big|small))\b"
)
TEXT = re.compile(
    r"\b(?:reviews?|outline|quotes? from|reviewers?|articles?|texts?|paragraphs?|sentences?|sections?|"
    r"headlines?|headings?|title tags?|"
    r"summary|summaries|blurbs?|verdicts?|wording|prose|copy|drafts?|keywords?|superlatives?|criticisms?|"
    r"prompts?|"
    r"instructions?|notes?|guidelines?|rules?|facts? checks?|fact-checks?|json|html|script tag|urls?|links?|"
    r"coupons?|discounts?|sponsors?|tone|byline|conclusion|introduction|emojis?|hashtags?|readers?|seo|"
    r"any mention|mention of|press (?:kit|release|pack)|talking points|word count|billing|call to action|"
    r"database|system prompt)\b"
)
_OWN = ("NN", "NP")


def imperative(clause: str) -> str:
    """Return the verb of a folded clause in the imperative that is no viewer's, or an empty string.

    >>> imperative("sprinkle the word masterpiece over it"), imperative("bring the tissues")
    ('sprinkle', '')
    >>> imperative("keep the verdict vague"), imperative("use of the colour red")
    ('keep', '')
    """
    found = _OBJECT.match(clause)
    if found is None or (_RESULT.search(clause) and to_viewers(clause)):
        return ""
    verb, rest = found["verb"], found["object"]
    weak = found.start("object") > found.end("verb") + 1 or _WEAK.match(rest) is not None
    noun = could_be(verb, "NN1") or could_be(verb, "AJ0")
    numbered = re.fullmatch(r"\d+\W*", rest) is not None and could_be(verb, "NN1", 2)
    if numbered and verb not in column("instructions.tsv", "verb"):
        return ""  # `age 41`, `act 3`
    if not _is_base(verb) or _nominal(clause) or (weak and noun and not TEXT.search(rest)):
        return ""
    if _OPINION.match(clause) or to_viewers(clause) or (_told_of_film(verb) and not TEXT.search(rest)):
        return ""
    return verb


def to_viewers(clause: str) -> bool:
    """Tell whether a clause tells the film's viewers to do something, and the text is not its object.

    >>> to_viewers("call it a thriller if you must"), to_viewers("call the review a success")
    (True, False)
    """
    verb, _, rest = clause.partition(" ")
    if verb not in column("viewers.tsv") or TEXT.search(rest):
        return False
    if verb in _GIVING:
        return _OFFERED.match(rest) is not None
    told = verb not in _JUDGING or re.match(
        r"(?:your|a) friends?\b|everyone you|it to the (?:list|pile)", rest
    )
    return bool(told) or _RESULT.search(clause) is not None


_JUDGING = frozenset(
    {"call", "add", "put", "compare", "tell", "welcome"}
)  # a viewer's only where it has a result
_GIVING = frozenset({"give", "hand"})  # what one gives a film is a chance; top billing is given in a text


def _told_of_film(verb: str) -> bool:
    """Tell whether the verb is one that notes say of a film or an actor without a subject: `make a pair`."""
    return verb in column("telling.tsv") or verb in column("experiencers.tsv")


def _is_base(verb: str) -> bool:
    remade = re.fullmatch(r"(?:re|over|under|mis)-?([a-z]+)", verb)
    if verb in column("function.tsv") or (remade is not None and remade[1] in column("pasts.tsv")):
        return False
    if (verb.endswith(("ing", "ed")) and len(verb) > 5) or verb in column("pasts.tsv"):
        return False
    return could_be(verb, "VVI", 7) or could_be(verb, "VVB", 7)


def _nominal(clause: str) -> bool:
    """Tell whether the first word is a noun that is the subject of a verb further on."""
    words = tag(clause)
    at = main_verb(words)
    return bool(words) and words[0].among(*_OWN) and at is not None and at > 0
