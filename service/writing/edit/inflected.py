"""The forms of a verb, for stock phrases that come in any of them."""

from __future__ import annotations

import re

from service.writing.edit.inflection import third_person

IRREGULAR = {
    "take": ("took", "taken"), "leave": ("left", "left"), "go": ("went", "gone"), "draw": ("drew", "drawn"),
    "shed": ("shed", "shed"), "give": ("gave", "given"),
    "stand": ("stood", "stood"), "begin": ("began", "begun"),
    "withstand": ("withstood", "withstood"), "speak": ("spoke", "spoken"), "hold": ("held", "held"),
    "make": ("made", "made"), "weave": ("wove", "woven"), "bring": ("brought", "brought"),
    "show": ("showed", "shown"), "dive": ("dived", "dived"),
}  # fmt: skip
PAST, PARTICIPLE = 2, 3  # places in the row of forms
DOUBLES = frozenset(["begin", "tug", "blur", "grip", "embed"])


def forms(verb: str) -> tuple[str, str, str, str, str]:
    """Return the plain form, third person, past, past participle and -ing form.

    >>> forms("delve"), forms("tug")[2:]
    (('delve', 'delves', 'delved', 'delved', 'delving'), ('tugged', 'tugged', 'tugging'))
    """
    root = verb + verb[-1] if verb in DOUBLES else verb
    ending = re.sub(r"e$", "", root) + "ing"
    past = root + "d" if root.endswith("e") else re.sub(r"([^aeiou])y$", r"\1i", root) + "ed"
    old, participle = IRREGULAR.get(verb, (past, past))
    return verb, third_person(verb), old, participle, ending


def as_form(verb: str, said: str, known: tuple[str, ...], *, participle: bool = False) -> str:
    """Return `verb` in the form in which one of the verbs `known` is `said`; a form that may be past or
    participle is the `participle` where that is asked for.

    >>> as_form("look", "delved", ("delve",))
    'looked'
    >>> as_form("speak", "resonated", ("resonate",), participle=True)
    'spoken'
    """
    for other in known:
        if said.lower() in forms(other):
            at = forms(other).index(said.lower())
            return forms(verb)[PARTICIPLE if participle and at == PAST else at]
    return verb
