"""`articles`: any text, measured without a model."""

from __future__ import annotations

from typing import Any

from service.detectors import Analysis, Finding, Subject, analyse, detect, score
from service.document import Document, Format, parse
from service.errors import InputError
from service.evaluation.item import Task
from service.evaluation.literature import compression_ratio, distinct, lix, mtld, seq_rep, windowed
from service.evaluation.measures import REPEATS
from service.evaluation.sameness import NAME, hashes, numbered, packed, units
from service.facts import Claim, Verdict, check
from service.films import JSON, Film, film_from_json, film_to_json
from service.gates.protected import LEAST, MOST, density
from service.writing import scoring, shapes

Measures = dict[str, float | None]
FAULT = "fault"  # of a task: why there is no text to measure


def task(
    id: str, source: str, *, group: str, format: Format, film: Film | None = None, keyphrase: str = ""
) -> Task:
    """Return the task of measuring a text."""
    given: dict[str, JSON] = {
        "source": source,
        "format": format.value,
        "film": None if film is None else film_to_json(film),
        "keyphrase": keyphrase,
    }
    return Task(id, group, given)


def work(one: Task) -> dict[str, Any]:
    """Return a text's measures, its findings and claims, and what the set's sameness is made of."""
    given = one.given
    if given.get(FAULT):
        raise InputError(str(given[FAULT]))
    film = film_from_json(given["film"]) if given["film"] else None
    return measure(str(given["source"]), Format(str(given["format"])), film, str(given["keyphrase"]))


def measure(source: str, format: Format, film: Film | None = None, keyphrase: str = "") -> dict[str, Any]:
    """Return what `work` does of a text that is at hand. Raises InputError for one without words: nothing is
    wrong with it, and it is no article.
    """
    document = parse(source, format, titles=film.titles if film else ())
    if not document.words:
        raise InputError("The text has no words.")
    subject = Subject(film=film, keyphrase=keyphrase)
    analysis = analyse(document, subject)
    findings = detect(document, subject, analysis=analysis)
    scored = score(document, subject, findings, analysis=analysis)
    claims = check(document, film).claims if film else ()
    sentences = units(analysis)
    words = int(str(scored.measures["words"]))
    return {
        "measures": {
            "score": scored.score,
            "percentile": scored.percentile,
            **_counted(findings, words),
            "cliches": _number(scored.measures["different_cliches"]),
            "findings_per_1000": _number(scored.measures["findings_per_1000"]),
            "machine_likeness": _number(scored.measures["machine_likeness"]),
            **_shape(analysis, document, keyphrase),
            **(_claims(claims, words) if film else {}),
            **_literature(analysis, sentences),
            **{f"part_{p.name}": p.points for p in scored.parts},
        },
        "source": source,
        "findings": [scoring.finding_json(f, source) for f in findings],
        "claims": [shapes.claim_json(c) for c in claims],
        "runs": packed(hashes(sentences)),
        "tokens": packed(numbered(w.fold for w in analysis.words)),
        "tokens_masked": packed(numbered(w for s in sentences for w in s)),
    }


def _number(value: JSON) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _counted(findings: tuple[Finding, ...], words: int) -> Measures:
    def count(*kinds: str) -> int:
        return sum(f.kind in kinds for f in findings)

    repeats = count(*REPEATS)
    return {
        "repeats": repeats,
        "repeats_per_1000": 1000 * repeats / words if words else None,
        "name_variants": count("name_variant"),
        "leaked_instructions": count("leaked_instruction"),
        "keyword_stuffing": count("keyword_stuffing"),
    }


def _shape(analysis: Analysis, document: Document, keyphrase: str) -> Measures:
    sentences = sum(1 for s in analysis.sentences if not s.heading)
    words = [w.fold for w in analysis.words]
    out: Measures = {
        "words": document.words,
        "sentence_words": document.words / sentences if sentences else None,
        "lix": lix(words, sentences),
    }
    if keyphrase:
        share = density(document, keyphrase)
        out["keyphrase_share"] = 100 * share
        out["keyphrase_within"] = float(LEAST <= share <= MOST)
    return out


def _claims(claims: tuple[Claim, ...], words: int) -> Measures:
    verdicts = [c.verdict for c in claims]
    supported = verdicts.count(Verdict.SUPPORTED)
    return {
        "claims": len(verdicts),
        "supported": supported,
        "contradicted": verdicts.count(Verdict.CONTRADICTED),
        "unchecked": verdicts.count(Verdict.NOT_IN_METADATA),
        "facts_per_100": 100 * supported / words if words else None,
    }


def _literature(analysis: Analysis, sentences: list[list[str]]) -> Measures:
    plain = [w.fold for w in analysis.words]
    masked = [w for s in sentences for w in s]
    return {
        "distinct_1": windowed(lambda w: distinct(w, 1), plain),
        "distinct_2": windowed(lambda w: distinct(w, 2), plain),
        "distinct_2_masked": windowed(lambda w: distinct(w, 2), masked),
        "seq_rep_4": windowed(lambda w: seq_rep(w, 4), plain),
        "seq_rep_4_masked": windowed(lambda w: seq_rep(w, 4), masked),
        "compression": windowed(compression_ratio, plain),
        "compression_masked": windowed(compression_ratio, masked),
        "mtld": mtld(plain),
        # A name as a word of its own would be that word again at each mention, and fall with their share.
        "mtld_masked": mtld([w for w in masked if w != NAME]),
    }
