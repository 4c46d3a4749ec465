"""Whether a sentence praises or blames, for the choice between `and` and `but`."""

from __future__ import annotations

import re
from functools import lru_cache

from service.document import fold
from service.writing.draft.plain.lists import rows

_NOT = frozenset(["not", "never", "no", "n't", "without", "hardly", "nor", "neither", "nobody", "nothing"])


@lru_cache(maxsize=1)
def _signs() -> dict[str, int]:
    return {word: 1 if sign == "+" else -1 for word, sign in rows("judgements.tsv")}


def polarity(text: str) -> int:
    """Return +1 for praise, -1 for blame, 0 where nothing is judged or both are.

    >>> [polarity(t) for t in ("The score is superb", "It is too long", "It is never dull", "He goes home")]
    [1, -1, 1, 0]
    """
    words = re.findall(r"n['’]t\b|[\w-]+?(?=n['’]t\b)|[\w-]+", fold(text))
    signs = set()
    for i, word in enumerate(words):
        sign = _signs().get(word, 0)
        if (word == "too" and i + 1 < len(words) and words[i + 1] not in {"and", "but"}) or (
            i and words[i - 1] == "too" and sign
        ):
            sign = -1
        if sign:
            flipped = any(w in _NOT for w in words[max(0, i - 3) : i])
            signs.add(-sign if flipped else sign)
    return signs.pop() if len(signs) == 1 else 0
