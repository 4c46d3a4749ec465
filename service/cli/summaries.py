"""What a person reads after a command: short, and every number with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Shown = Mapping[str, Any]

VERDICTS = {"supported": "✓", "contradicted": "✗", "not_in_metadata": "?"}
CUT = 90


def shortened(text: str, length: int = CUT) -> str:
    """Return `text` on one line, cut at a word with an ellipsis where it is longer than `length`."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return f"{line[: length - 1].rsplit(' ', 1)[0]} …"


def review_summary(review: Shown) -> str:
    """Return what stands behind a review: notes, claims, score, model."""
    used, left = review["notes"]["used"], review["notes"]["left_out"]
    lines = [f"\n— {review['model']['said']}"]
    lines.append(f"Notes: {len(used)} of {len(used) + len(left)} used." + (" Left out:" if left else ""))
    lines += [f"  {note['id']}: {note['reason']}" for note in left]
    lines.append(_claims_line(review["claims"]))
    lines.append(_score_line(review["score"]))
    lines += _trail_lines(review["trail"])
    return "\n".join(lines)


def _claims_line(report: Shown) -> str:
    verdicts = [c["verdict"] for c in report["claims"]]
    counted = ", ".join(f"{verdicts.count(v)} {v.replace('_', ' ')}" for v in VERDICTS if v in verdicts)
    coverage = report["coverage"]
    checked = f"{coverage['checked']} of {coverage['claims']} checked against the record"
    return f"Claims: {counted or 'none found'} ({checked})."


def _score_line(score: Shown) -> str:
    lost = ", ".join(f"{p['name'].replace('_', ' ')} −{p['points']:g}" for p in score["parts"] if p["points"])
    rank = score["percentile"]
    placed = "" if rank is None else f", cleaner than {rank:.0f}% of published human reviews of its length"
    return f"Score: {score['score']:g} of 100{placed}." + (f" Lost: {lost}." if lost else "")


def _trail_lines(trail: list[Shown]) -> Iterator[str]:
    """Yield what was decided on the way; sentences that stand as they were given need no line."""
    told = [e for e in trail if e["outcome"] not in UNTOLD or e["proposed"]]
    if told:
        yield "Trail:"
    for entry in told:
        why = "; ".join(r for r in entry["reasons"] if r)
        change = shortened(entry["text"] or entry["proposed"], 100)
        yield f"  {entry['stage']}, {entry['outcome'].replace('_', ' ')}: “{change}”" + (
            f" ({why})" if why else ""
        )


UNTOLD = frozenset({"own_words", "kept", "left_out"})


def _meta_lines(meta: Shown | None) -> Iterator[str]:
    for name, piece in (meta or {}).items():
        told = f"{piece['text']} ({piece['length']} characters)" if piece else "nothing fits its length"
        yield f"{name.capitalize()}: {told}"


def edit_summary(edit: Shown, *, every: bool) -> str:
    """Return what an edit did: scores, claims, and the edits with their reasons."""
    before, after = edit["scores"]["before"], edit["scores"]["after"]
    claims = edit["claims"]
    lines = [
        f"\n— {edit['model']['said']}",
        f"Score: {before['score']:g} → {after['score']:g} of 100.",
        f"Words: {edit['words']['before']} → {edit['words']['after']}.",
        f"Edits: {len(edit['edits'])} made, {len(edit['refused'])} refused by the checks.",
        "Facts and assertions: " + ", ".join(f"{len(claims[k])} {k}" for k in claims) + ".",
    ]
    lines += _meta_lines(edit.get("meta"))
    lines += [f"Without the model: {failure}" for failure in edit.get("failures", ())]
    lines += [f"  {_edit_line(e)}" for e in edit["edits"]] if every else []
    if every and edit["refused"]:
        lines.append("Refused:")
        lines += [f"  {_edit_line(e)} [{_refusal(e)}]" for e in edit["refused"]]
    return "\n".join(lines)


def _edit_line(edit: Shown) -> str:
    before, after = shortened(edit["before"].strip(), 60), shortened(edit["after"].strip(), 60)
    change = f"“{before}” → “{after}”" if after else f"cut “{before}”"
    return f"{edit['id']} {edit['operation'].replace('_', ' ')}: {change}: {shortened(edit['reason'], 140)}"


def _refusal(edit: Shown) -> str:
    refusing = [g for g in edit["gates"] if not g["accepted"]]
    return (
        "; ".join(f"{g['gate'].replace('_', ' ')}: {shortened(g['reason'], 100)}" for g in refusing)
        or "not needed"
    )


def claims_summary(report: Shown, source: str) -> str:
    """Return one line a claim: its verdict, where it stands, what the record says."""
    lines = []
    for claim in report["claims"]:
        line = source.count("\n", 0, claim["span"][0]) + 1
        kind = claim["kind"].replace("_", " ")
        lines.append(f"{VERDICTS[claim['verdict']]} line {line}, {kind}: {shortened(claim['text'])}")
        judge = claim["decided_by"]
        by = "" if judge == "rules" else f" ({judge} says so, not the record's rules)"
        lines.append(f"    {claim['reason']}{by}")
        if (mend := claim["suggestion"]) is not None:
            what = "Spelt" if mend["kind"] == "spelling" else "In its place"
            lines.append(f"    {what}: {mend['replacement']}")
    coverage = report["coverage"]
    lines.append(f"{coverage['checked']} of {coverage['claims']} claims checked.")
    return "\n".join(lines)


def score_summary(name: str, scored: Shown, source: str) -> str:
    """Return a score with its parts and its findings, each with its line."""
    lines = [f"{name}: {_score_line(scored).removeprefix('Score: ')}"]
    for finding in scored["findings"]:
        line = source.count("\n", 0, finding["spans"][0][0]) + 1
        lines.append(
            f"  {finding['level']:6} line {line}: {finding['kind'].replace('_', ' ')}: {finding['message']}"
        )
    return "\n".join(lines)
