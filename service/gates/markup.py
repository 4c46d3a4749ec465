"""`markup`: links, images, headings, shortcodes, quotations, tables and code stay byte for byte;
emphasis survives where its words do; the blocks are the same; nothing outside the edits changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from service.document import Block, BlockKind, Document, Mark, MarkKind, apply
from service.errors import InvalidEdit
from service.gates.gate import Change, Rule
from service.gates.ledger.tokens import split_words

FIXED = frozenset(
    {MarkKind.LINK, MarkKind.IMAGE, MarkKind.SHORTCODE, MarkKind.COMMENT, MarkKind.CODE, MarkKind.FOOTNOTE}
)
STYLED = frozenset({MarkKind.EMPHASIS, MarkKind.STRONG})
FLOWING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def refuses(change: Change) -> str:
    """Return the first piece of markup that the change harms."""
    return _outside(change) or _marks(change) or _emphasis(change) or _blocks(change)


def _outside(change: Change) -> str:
    try:
        same = apply(change.before.source, change.edits) == change.after.source
    except InvalidEdit as wrong:
        return wrong.message
    return "" if same else "characters outside the edits differ"


def _marks(change: Change) -> str:
    for kind in sorted(FIXED):
        old, new = (Counter(_sources(d, kind)) for d in (change.before, change.after))
        if lost := old - new:
            return f"{kind} {min(lost)!r} would be lost or altered"
        if added := new - old:
            return f"{kind} {min(added)!r} would be added"
    tags = (Counter(_sources(d, MarkKind.TAG)) for d in (change.before, change.after))
    old, new = tags
    return f"tag {min(new - old)!r} would be added" if new - old else ""


def _sources(document: Document, kind: MarkKind) -> Iterable[str]:
    return (m.span.of(document.source) for m in document.marks if m.kind is kind)


def _emphasis(change: Change) -> str:
    """Emphasised words may leave, but not lose their emphasis; none may gain it."""
    new = Counter((m.kind, m.span.of(change.after.source)) for m in change.after.marks if m.kind in STYLED)
    old = Counter((m.kind, m.span.of(change.before.source)) for m in change.before.marks if m.kind in STYLED)
    if added := new - old:
        return f"emphasis {min(added)[1]!r} would be added or altered"
    for kind, source in old - new:
        mark = next(
            m for m in change.before.marks if m.kind is kind and m.span.of(change.before.source) == source
        )
        if _words_of(change, mark) <= _words_left(change):
            return f"emphasis {source!r} would be lost while its words stay"
    return ""


def _words_of(change: Change, mark: Mark) -> frozenset[str]:
    content = (mark.content or mark.span).of(change.before.source)
    return frozenset(w.fold for w in split_words(content))


def _words_left(change: Change) -> frozenset[str]:
    return frozenset(w.fold for r in change.regions for s in r.after for w in split_words(s.text))


def _blocks(change: Change) -> str:
    old, new = _skeleton(change.before, change), _skeleton(change.after, change)
    if old != new:
        gone = next(
            (o for o, n in zip(old, [*new, *[("", "")] * len(old)], strict=False) if o != n), ("block", "")
        )
        return f"{gone[0]} {gone[1][:40]!r} would change"
    flowing_old = [b.kind for b in change.before.blocks if b.kind in FLOWING]
    flowing_new = [b.kind for b in change.after.blocks if b.kind in FLOWING]
    if len(flowing_new) > len(flowing_old):
        return "a paragraph would be added"
    bare = _bare_headings(change.after.blocks) - _bare_headings(change.before.blocks)
    return "a heading would be left without text" if bare > 0 else ""


def _skeleton(document: Document, change: Change) -> list[tuple[str, str]]:
    """Return the blocks that must not change, with their bytes; the headings' only where none may."""
    out = []
    for b in document.blocks:
        if b.kind in FLOWING:
            continue
        editable = b.kind is BlockKind.HEADING and change.headings
        out.append((b.kind.value, "" if editable else b.span.of(document.source)))
    return out


def _bare_headings(blocks: tuple[Block, ...]) -> int:
    """Return how many headings no text follows before the next heading of their level or above."""
    bare = 0
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            bare += following is None or (
                following.kind is BlockKind.HEADING and following.level <= block.level
            )
    return bare


GATE = Rule("markup", refuses)
