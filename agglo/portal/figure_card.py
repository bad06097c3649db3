"""The card of one figure: everything that lets it be traced, dated, contested and rebuilt."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures import display
from agglo.figures.known_on import known_on
from agglo.figures.models import Break, Contest, Contradiction, Observation
from agglo.figures.picking import pick
from agglo.figures.reading import Figure, find_series, history, moment_of, points, read_figure
from agglo.opendata.duties import Entered, entered
from agglo.opendata.formulas import measures_behind, official_behind
from agglo.opendata.formulas.tracing import Traced, trace
from agglo.opendata.freshness import Freshness, freshness_of
from agglo.opendata.tallies.tracing import TracedTally, trace_tally

from .export import RELATED, csv_answer, row_of
from .reasons import why


@public
@require_safe
def figure(request: HttpRequest, figure_id: int) -> HttpResponse:
    when = known_on(request)
    day = when.day
    asked, shown, past = _shown(figure_id, day)
    page = {
        "asked": asked,
        "figure": shown,
        "known_on": day,
        "date_problem": when.error,
        "history": [(row, why(row.series.dataset, row.reason)) for row in reversed(past)],
        "downloads": [(f"/chiffres/{figure_id}.{kind}{_at(day)}", kind.upper()) for kind in ("csv", "json")],
    }
    if shown is not None:
        page |= _details(shown, past, day)
    return render(request, "portal/figure.html", page)


@public
@require_safe
def figure_csv(request: HttpRequest, figure_id: int) -> HttpResponse:
    shown = _only(request, figure_id)[0]
    fresh = " ".join(f"{feed.title}\u00a0: {feed.sentence}" for feed in _feeds(shown))
    return csv_answer([row_of(_observation(shown.id)) | {"fraicheur": fresh}], f"chiffre-{figure_id}")


@public
@require_safe
def figure_json(request: HttpRequest, figure_id: int) -> HttpResponse:
    shown, past, day = _only(request, figure_id)
    rows = Observation.objects.filter(pk__in=[row.id for row in past]).select_related(*RELATED)
    answer = {
        "chiffre": row_of(_observation(shown.id)),
        "tel_que_connu_le": day,
        "ce_que_l_on_peut_dire": _sentence(shown),
        "calcul": _calculation(trace(shown)),
        "fiches_comptees": _records(trace_tally(shown)),
        "contestations": [
            {"recue_le": one.received_at.date(), "repondue_le": one.answered_at.date(), "reponse": one.answer}
            for one in Contest.objects.published().filter(observation__in=[row.id for row in past])
        ],
        "fraicheur": [feed.written() for feed in _feeds(shown)],
        "historique": [row_of(row) for row in rows.order_by("known_from")],
        "contradictions": [
            {
                "question": question["question"].question,
                "retenu": question["retained"].observation_id if question["retained"] else None,
                "raison": question["retained"].reason if question["retained"] else "",
                "reponses": [
                    {"identifiant": answer.id, "valeur": display.value_words(answer)}
                    for answer in question["answers"]
                ],
            }
            for question in contradictions_of([row.id for row in past], day)
        ],
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _at(day: date | None) -> str:
    return f"?connu_le={day}" if day else ""


def _shown(figure_id: int, day: date | None) -> tuple[Figure, Figure | None, list[Figure]]:
    """The figure asked for, the one to show (None: nothing was known that day), all that was ever held."""
    asked = read_figure(figure_id)
    if asked is None:
        raise Http404("Ce chiffre n’existe pas, ou n’est pas public.")
    past = history(asked)
    if day is None:
        return asked, asked, past
    moment = moment_of(day)
    past = [row for row in past if row.known_from <= moment]
    held = [row for row in past if row.known_to is None or row.known_to > moment]
    return asked, held[-1] if held else None, past


def _only(request: HttpRequest, figure_id: int) -> tuple[Figure, list[Figure], date | None]:
    when = known_on(request)
    if when.error:
        raise Http404(when.error)
    day = when.day
    _, shown, past = _shown(figure_id, day)
    if shown is None:
        raise Http404("Rien n’était connu de ce chiffre à cette date.")
    return shown, past, day


def _observation(figure_id: int) -> Observation:
    return Observation.objects.select_related(*RELATED).get(pk=figure_id)


def _sentence(shown: Figure) -> str:
    quotation = _observation(shown.id).quotation
    return display.sayable(shown, quotation.perimeter if quotation else "")


def _feeds(shown: Figure) -> list[Freshness | Entered]:
    """How fresh the datasets behind a figure are, and what staff owe about its subject; none for what
    nobody brings up to date.
    """
    codes, info = official_behind(shown.series.dataset), shown.series
    owed = entered(measures_behind([info.measure]), [(info.scheme, info.code)])
    return [*(freshness_of(codes) if codes else []), *owed]


def _calculation(traced: Traced | None) -> dict[str, object] | None:
    if traced is None:
        return None
    return {
        "formule": traced.formula.words,
        "version": traced.formula.version,
        "entrees": [
            {
                "nom": label,
                "chiffres": [{"identifiant": f.id, "valeur": display.value_words(f)} for f in figures],
            }
            for label, figures in traced.inputs
        ],
    }


def _records(traced: TracedTally | None) -> list[dict[str, str]] | None:
    if traced is None or traced.entries is None:
        return None
    return [{"fiche": e.words, "valeur": e.value, "adresse": e.path} for e in traced.entries]


def _details(shown: Figure, past: list[Figure], day: date | None) -> dict[str, object]:
    row = _observation(shown.id)
    later = [other for other in past if shown.known_to and other.known_from >= shown.known_to]
    # On a past day nobody knew yet what would replace it.
    superseded = shown.known_to is not None and (day is None or shown.known_to <= moment_of(day))
    return {
        "observation": row,
        "version": row.series.measure_version,
        "quotation": row.quotation,
        "value_words": display.value_words(shown),
        "denominator": display.denominator_words(shown),
        "dating": display.dating_words(shown),
        "sentence": display.sayable(shown, row.quotation.perimeter if row.quotation else ""),
        "superseded": superseded,
        "successor": later[0] if later else None,
        "breaks": Break.objects.filter(measure=row.series.measure_version.measure),
        "contradictions": contradictions_of([other.id for other in past], day),
        "contests": Contest.objects.published().filter(observation__in=[other.id for other in past]),
        "others": _other_accounts(shown, day),
        "traced": trace(shown),
        "records": trace_tally(shown),
        "feeds": _feeds(shown),
    }


def contradictions_of(ids: list[int], day: date | None) -> list[dict[str, object]]:
    """Questions these figures answer, each with all its answers and the choice in force on that day."""
    moment = moment_of(day)
    questions = Contradiction.objects.filter(observations__in=ids).distinct()
    questions = questions.prefetch_related("observations", "choices")
    figures = pick({row.pk for question in questions for row in question.observations.all()})
    result = []
    for question in questions:
        answers = [figures[row.pk] for row in question.observations.all() if row.pk in figures]
        if moment:
            answers = [answer for answer in answers if answer.known_from <= moment]
        choices = [c for c in question.choices.all() if moment is None or c.chosen_at <= moment]
        current = [
            c for c in choices if not c.superseded_at or (moment is not None and c.superseded_at > moment)
        ]
        result.append(
            {
                "question": question,
                "answers": sorted(answers, key=lambda answer: (answer.start or date.max, answer.id)),
                "retained": current[0] if current else None,
                "former": [c for c in choices if c not in current],
            }
        )
    return result


def _other_accounts(shown: Figure, day: date | None) -> list[Figure]:
    """What other sources say of the same measure about the same subject, last eight points of each."""
    info = shown.series
    accounts = find_series([info.measure], [(info.scheme, info.code)], [info.breakdown], every_account=True)
    accounts = [account for account in accounts if account.id != info.id]
    found = points(accounts, last=8, known_on=day)
    return [other for rows in found.values() for other in rows]
