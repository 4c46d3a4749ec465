"""Checks with a judge: what the rules say of a text or of claims, and of the rest what a model says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from service.document import Format, Sentence, parse
from service.facts import Claim, ClaimReport, Verdict, check, undecided
from service.facts.kind import evidence
from service.films import JSON, Film
from service.films.names import People
from service.writing import scoring, shapes
from service.writing.judging import Judged, JudgeState, Opinion, Question, judge
from service.writing.measuring import check_claim, claims_answer, text_answer
from service.writing.ports import Model, PromptLibrary

JUDGED = "judged"  # the kind of a claim that no rule read
SAID = {
    JudgeState.ANSWERED: "{} was asked about what the rules leave undecided; its verdicts bear its name.",
    JudgeState.PARTLY_FAILED: "{} was asked about what the rules leave undecided, and failed on some of it.",
    JudgeState.FAILED: "{} was asked about what the rules leave undecided, and failed on all of it.",
    JudgeState.NOTHING_TO_ASK: "{} was not asked: the rules left nothing undecided.",
    JudgeState.UNFIT: "{} was not asked: a model whose reach is not `article` is too weak to judge.",
}


class Judge:
    """Checks with a model asked about what the rules leave undecided.

    `models` gives the model of a name, or the service's own, within the budget of one request; `charged`
    gives it back with its calls charged to an API key.
    """

    def __init__(
        self,
        models: Callable[[str | None], Model],
        prompts: PromptLibrary,
        charged: Callable[[Model, str], Model] | None = None,
    ) -> None:
        self._models = models
        self._prompts = prompts
        self._charged = charged

    def paid_by(self, key_id: str | None) -> Judge:
        """Return a judge that asks at the expense of an API key, or this one where there is none."""
        charged = self._charged
        if charged is None or key_id is None:
            return self
        return Judge(lambda name: charged(self._models(name), key_id), self._prompts)

    async def text(
        self, source: str, format: Format, film: Film, *, model: str | None = None
    ) -> dict[str, JSON]:
        """Return what `check_text` does, the judge's claims among the others, and how the judge fared.

        Raises ModelMisconfigured for a model that cannot be built.
        """
        document = parse(source, format, titles=film.titles)
        report = check(document, film)
        rest = list(undecided(document, report))
        questions = [Question(u.sentence.text, u.before) for u in rest]
        judged = await judge(questions, film, model=self._models(model), prompts=self._prompts)
        found = [_claim(o, rest[o.question].sentence, film, judged.model) for o in judged.opinions]
        every = sorted((*report.claims, *found), key=lambda c: (c.span, c.kind))
        numbered = tuple(replace(c, id=f"c{i}") for c, i in zip(every, count(1), strict=False))
        failed: list[JSON] = [
            {"sentence": scoring.span_json(rest[n].sentence.span), "reason": why}
            for n, why in sorted(judged.failures.items())
        ]
        whole = ClaimReport(numbered, report.coverage)
        return {**text_answer(whole, film), "judge": _fared(judged, failed)}

    async def claims(
        self, claims: Sequence[str], film: Film, *, model: str | None = None, people: People | None = None
    ) -> dict[str, JSON]:
        """Return what `check_claims` does, with the judge's verdict where the rules have none.

        A claim that the judge splits is contradicted if any part is, supported only if all are.
        Raises ModelMisconfigured for a model that cannot be built.
        """
        verdicts: list[dict[str, JSON]] = [{"claim": c, **check_claim(c, film, people)} for c in claims]
        rest = [i for i, v in enumerate(verdicts) if v["verdict"] == Verdict.NOT_IN_METADATA.value]
        questions = [Question(claims[i]) for i in rest]
        judged = await judge(questions, film, model=self._models(model), prompts=self._prompts)
        for n, i in enumerate(rest):
            own = [o for o in judged.opinions if o.question == n]
            verdicts[i].update(_whole(own, film, judged.model))
            if n in judged.failures:
                verdicts[i]["judge_failed"] = judged.failures[n]
        failed: list[JSON] = [
            {"claim": claims[rest[n]], "reason": why} for n, why in sorted(judged.failures.items())
        ]
        return {**claims_answer(verdicts, film), "judge": _fared(judged, failed)}


def _fared(judged: Judged, failed: list[JSON]) -> dict[str, JSON]:
    """Return how the judge fared; its verdicts stand with the claims."""
    return {
        "model": judged.model,
        "state": judged.state.value,
        "said": SAID[judged.state].format(judged.model),
        "asked": judged.asked,
        "decided": sum(o.verdict is not Verdict.NOT_IN_METADATA for o in judged.opinions),
        "failed": failed,
        "usage": shapes.usage_json(judged.usage),
    }


def _claim(opinion: Opinion, sentence: Sentence, film: Film, model: str) -> Claim:
    words = sentence.text[slice(*opinion.at)]
    return Claim(
        kind=JUDGED,
        span=sentence.source_span(*opinion.at),
        sentence=sentence.span,
        text=words,
        asserted=words,
        verdict=opinion.verdict,
        reason=opinion.reason,
        evidence=(evidence(film, opinion.field),) if opinion.field else (),
        decided_by=model,
    )


def _whole(opinions: Sequence[Opinion], film: Film, model: str) -> Mapping[str, JSON]:
    """Return the verdict that the judge's opinions on one claim add up to; nothing where they decide none."""
    verdicts = {o.verdict for o in opinions}
    if Verdict.CONTRADICTED in verdicts:
        verdict = Verdict.CONTRADICTED
    elif verdicts == {Verdict.SUPPORTED}:
        verdict = Verdict.SUPPORTED
    else:
        return {}
    cited = [o for o in opinions if o.verdict is verdict]
    return {
        "verdict": verdict.value,
        "decided_by": model,
        "reason": " ".join(o.reason for o in cited),
        "evidence": [shapes.evidence_json(evidence(film, o.field)) for o in cited],
    }
