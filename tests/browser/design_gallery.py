"""Every component once, with figures of every evidence and every state; an address of the tests only."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import django_filters
import django_tables2
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from agglo.accounts.gates import public
from agglo.figures.models import Source
from agglo.figures.reading import Figure, SeriesInfo
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier, State

SERIES = SeriesInfo(
    1, "m", 1, "Projets d’implantation", "projets", "projet", "", 0, "stock", "up", "none", None, 0, 1,
    "SITE", "s", "Site d’essai", "site", "/", "", 1, "d", "Jeu", "Source d’essai", 0,
)  # fmt: skip
PLAIN = Figure(
    1, date(2024, 1, 1), date(2024, 12, 31), Decimal(2549), None, State.VALUE, Evidence.OBSERVED,
    Qualifier.EXACT, Dating.STATED, Origin.ATTESTED, "A", 0, datetime(2025, 1, 1, tzinfo=UTC), None, 1, None,
    SERIES,
)  # fmt: skip


def figures() -> list[Figure]:
    """One per evidence, qualifier, dating, state and class."""
    about = PLAIN._replace(value=Decimal(40), qualifier=Qualifier.ABOUT, evidence=Evidence.POTENTIAL)
    between = PLAIN._replace(
        value=Decimal(10), value_high=Decimal(12), qualifier=Qualifier.BETWEEN, dating=Dating.UNKNOWN
    )
    empty = [PLAIN._replace(value=None, state=state) for state in State if state != State.VALUE]
    return [
        *(PLAIN._replace(evidence=evidence) for evidence in Evidence),
        about,
        between,
        PLAIN._replace(origin=Origin.DEMO, dating=Dating.INFERRED),
        *empty,
    ]


class Rows(django_tables2.Table):
    commune = django_tables2.Column()
    habitants = django_tables2.Column(attrs={"th": {"class": "num"}, "td": {"class": "num"}})
    caption = "Communes et habitants"


class Choice(django_filters.FilterSet):
    nom = django_filters.CharFilter(label="Nom", help_text="Un mot suffit.")
    zone = django_filters.ChoiceFilter(label="Zone d’emploi", choices=[("3205", "Béthune")])


class SignIn(forms.Form):
    email = forms.EmailField(label="Adresse électronique")


TEMPLATE = Path(__file__).with_suffix(".html").read_text()


@public
def gallery(request: HttpRequest) -> HttpResponse:
    rows = [{"commune": f"Commune {n}", "habitants": n * 100} for n in range(60)]
    table = Rows(rows, order_by="habitants")
    django_tables2.RequestConfig(request, paginate={"per_page": 5}).configure(table)
    context = {
        "figures": figures(),
        "trend": [1, 3, 2, 4],
        "trail": [("/indicateurs/", "Indicateurs")],
        "day": date(2025, 3, 15),
        "keep": {"zone": "3205"},
        "levels": ["info", "success", "warning", "error"],
        "table": table,
        "filter": Choice({}, queryset=Source.objects.none()),
        "page_obj": Paginator(range(60), 10).page(2),
        "links": [("/x.csv", "CSV"), ("/x.json", "JSON")],
        "form": SignIn(),
    }
    return HttpResponse(engines["django"].from_string(TEMPLATE).render(context, request))


urlpatterns = [path("galerie/", gallery), path("", include("agglo.urls"))]
