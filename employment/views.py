"""The page of a redundancy plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.charts import french
from agglo.figures.known_on import known_on

from . import bridgestone


@public
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    when = known_on(request)
    said = bridgestone.statements(when.day)
    rates = bridgestone.rates(said)
    base = request.GET.get("base") or bridgestone.DEFAULT_BASE
    chosen = next((rate for rate in rates if rate.base == base), None)
    unknown = bool(rates) and chosen is None
    return render(
        request,
        "employment/plan.html",
        {
            "known_on": when.day,
            "keep": {"base": base} if chosen and base != bridgestone.DEFAULT_BASE else {},
            "date_problem": when.error,
            "said": list(said.values()),
            "chart": bridgestone.strip(said) if said else None,
            "rates": rates,
            "rate": chosen or (rates[0] if rates else None),
            "unknown_base": base[:20] if unknown else "",
            "check": bridgestone.check(said),
            "contradictions": bridgestone.contradictions(when.day),
            **_early(said),
        },
    )


def _early(said: dict[str, bridgestone.Said]) -> dict[str, object]:
    """419 solutions for 827 people, and the 43 projects that nobody may add to them."""
    keys = (bridgestone.SOLUTIONS, bridgestone.CONCERNED, bridgestone.PROJECTS)
    if any(key not in said for key in keys):
        return {}
    solutions, concerned, projects = (said[key].figure for key in keys)
    ratio = french.percent(bridgestone.percentage(solutions, concerned), 1)
    return {"solutions": solutions, "concerned": concerned, "projects": projects, "early_ratio": ratio}
