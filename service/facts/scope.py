"""How far negations and hedges reach: clauses of a skeleton and what stands before a word in them."""

from __future__ import annotations

import re

CLAUSE = re.compile(
    r"(?<=[.;!?:]) (?=\S)| - |,? (?=(?:but|while|whereas|although|though|because|since|until|unless)\b)"
    r"|, (?=(?:which|who|whom|whose|where|when)\b)|,? (?=and (?:⟦f\d+⟧|the film|it|he|she|they|also)\b)"
)
NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|neither|nor|without|hardly|cannot|\w+n't|rather than"
    r"|(?:do|does|did|is|was|are|were|has|have|had|ca|wo|could|would|should)nt"
    r"|instead of|failed to|fails to"
    r"|except|excluding|nothing)\b"
)
NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely|simply|solely)\b"
    r"|\bno (?:longer|doubt|less than|wonder|surprise|stranger|more,)"
    r"|\bno\. ?\d|^no, |\bwithout (?:a |any )?(?:doubt|question)\b|\bneedless\b"
)
OF_THE_FILM = re.compile(
    r" ?(?:(?:even|ever|also|just|be|been|being|have|has|get|got|a|an|the|[a-z]+ly) )*$"
    r"| (?:[a-z]+ly )?(?:star|feature|includ|cast|direct|writ|wrote|produc|releas|open|premier|came?|run|last"
    r"|cost|gross|earn|made?|mak|take|took|win|won|lose|lost|receiv|nominat|bas|shot|shoot|film|set)[a-z]*\b"
    r"(?! (?:it|to|me|my|us|this|that|⟦f))"
)
SAID_AND_DONE = re.compile(r" (?:by|with|among|from|in|at|for) [^,]+ (?:and|but) $")  # "not liked by X and …"
# "Didn't star X": no subject. The film can be it, and then what is denied follows at once; or the writer
# ("Didn't love the film with X") or the reader is ("Don't miss X"), and nothing is denied of the film.
BARE = re.compile(
    r"^(?:please )?(?:(?:do|does|did|is|was|are|were|has|have|had|ca|can|wo|could|would|should|must)"
    r"(?:n't|nt| ?not)) "
)
REACH = 7  # words that a negation bears on; further on, something else is said
HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|apparently|possibly|perhaps|maybe|probably|likely"
    r"|presumably|rumou?red"
    r"|(?<!\bin )(?<!\bof )(?<!\bon )may(?! \d|,)|might|could|said to"
    r"|believed to|thought to|claims? to|claimed to|purportedly"
    r"|originally|initially"
    r"|planned|intended|scheduled|slated|was to|were to|was going to|in talks|considered"
    r"|approached|uncredited"
    r"|(?:some|many|people|fans|critics|they|others|rumou?rs?) (?:say|says|claim|believe|think|insist)"
    r"|(?:legend|rumou?r|word) has it|it is (?:said|believed|thought)"
    r"|according to (?:an? |the |popular )?(?:legend|rumou?rs?|myth|hearsay|some|story)"
    r"|set to|attached to|offered|auditioned|turned down|declined|replaced|replacing|dropped out)\b"
)

EARLIER = re.compile(r"\bhad (?:never|not|hardly|rarely) (?:[\w-]+ ){1,6}?(?:before|until|previously)\b")
HAD = frozenset({"had"})  # no match of `EARLIER` is without it


def clause_bounds(skeleton: str) -> tuple[int, ...]:
    """Return where the clauses of `skeleton` begin, the first at 0."""
    return (0, *(m.end() for m in CLAUSE.finditer(skeleton)))


def is_negated(skeleton: str, clause: tuple[int, int], start: int, end: int, *, reach: int = REACH) -> bool:
    """Tell whether a negation in `clause` bears on `[start, end)`: it stands in it, or at most `reach` words
    before it. "Not only" is none.
    """
    text = NOT_ONLY.sub(lambda m: " " * len(m.group()), skeleton[clause[0] : max(end, start)])
    ends = [m.end() for m in NEGATION.finditer(text)]
    if not ends:
        return False
    between = text[ends[-1] : max(start - clause[0], ends[-1])]
    if (m := BARE.match(text)) is not None and m.end() == ends[-1] + 1 and not OF_THE_FILM.match(between):
        return False
    return len(between.split()) <= reach and SAID_AND_DONE.search(between) is None


def is_earlier(skeleton: str, clause: tuple[int, int]) -> bool:
    """Tell whether the clause says what somebody had not done before, as `had never acted before`."""
    return EARLIER.search(skeleton, *clause) is not None


def is_hedged(skeleton: str, clause: tuple[int, int]) -> bool:
    """Tell whether the clause reports, plans or supposes instead of stating."""
    return HEDGE.search(skeleton, *clause) is not None
