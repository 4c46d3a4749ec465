"""Rounds of edits as one set of edits of the text that was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.document import Edit, Operation, Span, apply

WEIGHT = (
    Operation.PUT_VALUE,
    Operation.REWRITE,
    Operation.MERGE,
    Operation.CUT_SENTENCE,
    Operation.CUT_PHRASE,
    Operation.RESPELL,
)


@dataclass(slots=True)
class _Cluster:
    start: int
    end: int
    old: list[tuple[Edit, int]]  # earlier edits with where their text begins now
    new: list[Edit]


def compose(source: str, earlier: Sequence[Edit], later: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits of `source` that do what `earlier` and then `later` do.

    `later` are edits of `apply(source, earlier)`. Edits that meet become one, with
    both reasons; its id names all it is made of, joined by `+`.
    """
    earlier = sorted(earlier, key=lambda e: e.span)
    now = apply(source, earlier)
    out: list[Edit] = []
    shift = 0
    clusters = _clusters(earlier, sorted(later, key=lambda e: e.span))
    for cluster in clusters:
        grown = sum(len(e.after) - len(e.before) for e, _ in cluster.old)
        start, end = cluster.start - shift, cluster.end - shift - grown
        shift += grown
        if not cluster.new:
            out.append(cluster.old[0][0])
            continue
        local = [
            replace(e, span=Span(e.span.start - cluster.start, e.span.end - cluster.start))
            for e in cluster.new
        ]
        after = apply(now[cluster.start : cluster.end], local)
        out += _joined(source, Span(start, end), after, [e for e, _ in cluster.old] + cluster.new)
    return tuple(out)


def _clusters(earlier: Sequence[Edit], later: Sequence[Edit]) -> list[_Cluster]:
    """Return the groups of edits that overlap or touch in the text between the two."""
    spans: list[tuple[int, int, int, Edit]] = []
    shift = 0
    for e in earlier:
        start = e.span.start + shift
        shift += len(e.after) - len(e.before)
        spans.append((start, start + len(e.after), 0, e))
    spans += [(e.span.start, e.span.end, 1, e) for e in later]
    found: list[_Cluster] = []
    for start, end, kind, edit in sorted(spans, key=lambda s: (s[0], s[1], s[2])):
        if found and start <= found[-1].end and (start < found[-1].end or kind != _last(found[-1])):
            cluster = found[-1]
            cluster.end = max(cluster.end, end)
        else:
            cluster = _Cluster(start, end, [], [])
            found.append(cluster)
        if kind == 0:
            cluster.old.append((edit, start))
        else:
            cluster.new.append(edit)
    return found


def _last(cluster: _Cluster) -> int:
    """Return the kind of the only side that a cluster holds; -1 where it holds both."""
    return -1 if cluster.old and cluster.new else int(bool(cluster.new))


def _joined(source: str, span: Span, after: str, parts: Sequence[Edit]) -> list[Edit]:
    """Return the parts as one edit; none where nothing changes any more."""
    before = span.of(source)
    if before == after:
        return []
    first = min(parts, key=lambda e: WEIGHT.index(e.operation))
    reasons = list(dict.fromkeys(e.reason for e in parts))
    answers = tuple(dict.fromkeys(a for e in parts for a in e.answers))
    origins = list(dict.fromkeys(e.origin for e in parts))
    made_of = "+".join(dict.fromkeys(e.id for e in parts))
    return [
        Edit(made_of, span, before, after, first.operation, "+".join(origins), " ".join(reasons), answers)
    ]
