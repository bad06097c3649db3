"""Every refresh as a table: filtered, sorted, a page at a time, taken away as a file."""

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import roles
from agglo.charts.french import number
from agglo.opendata.declaration import declared
from agglo.opendata.models import Cause, Run, Status
from agglo.opendata.watching import watch

from ..export import csv_answer

# Who reads the console, who asks for something (a reviewer holds what staff holds), and who decides of a
# held answer: named apart, so that a role that loses one of them keeps the others.
to_staff = roles("staff", "reviewer")
to_ask = roles("staff")
to_decide = roles("staff", "reviewer")
LABELLED = {"data-label": lambda bound_column: bound_column.header}
NUMBER = {"th": {"class": "num"}, "td": {"class": "num", **LABELLED}}
SAID = {"td": {"class": "said", **LABELLED}}


def title_of(code: str) -> str:
    found = declared().get(code)
    return found.title if found else code


class RunFilter(django_filters.FilterSet):
    etat = django_filters.ChoiceFilter(
        label="État", field_name="status", choices=Status, empty_label="Tous les états"
    )
    source = django_filters.ChoiceFilter(
        label="Producteur", empty_label="Tous les producteurs", method="of_source", choices=lambda: _sources()
    )
    jeu = django_filters.ChoiceFilter(
        label="Jeu de données", field_name="code", empty_label="Tous les jeux", choices=lambda: _datasets()
    )

    class Meta:
        model = Run
        fields: list[str] = []

    def of_source(self, queryset, name: str, code: str):
        return queryset.filter(code__in=[c for c, d in declared().items() if d.source.code == code])


class RunTable(tables.Table):
    stacks = True  # on a phone, each cell under the name of its column

    id = tables.Column("N°")
    code = tables.Column("Jeu de données")
    status = tables.Column("État")
    queued_at = tables.Column("Demandée le")
    read = tables.Column("Lues", attrs=NUMBER)
    added = tables.Column("Ajoutées", attrs=NUMBER)
    revised = tables.Column("Révisées", attrs=NUMBER)
    refused = tables.Column("Refusées", attrs=NUMBER)
    error = tables.Column("Ce qui s’est passé", attrs=SAID, orderable=False, empty_values=())

    class Meta:
        attrs = {"td": LABELLED}
        order_by = "-id"
        empty_text = "Aucune actualisation ne répond à ces filtres."
        row_attrs = {"class": lambda record: "is-late" if record.status == Status.FAILED else ""}

    def render_id(self, record: Run):
        return format_html('<a href="{}">{}</a>', reverse("portal:run", args=[record.pk]), str(record.pk))

    def render_code(self, value: str):
        return title_of(value)

    def render_status(self, record: Run):
        return record.state_words

    def render_queued_at(self, record: Run):
        who = f", {record.asked_by}" if record.asked_by else ""
        moment = f"{localtime(record.queued_at):%d/%m/%Y %H:%M}"
        return format_html(
            '<span class="day">{}</span><br><span class="soft">{}{}</span>',
            moment,
            record.get_cause_display(),
            who,
        )

    def _count(self, value: int):
        return number(value)

    render_read = render_added = render_revised = render_refused = _count

    def render_error(self, record: Run):
        return record.decision or record.error or "rien à signaler"


@to_staff
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    table = RunTable(chosen.qs)
    total = chosen.qs.count()
    table.caption = f"{number(total)} actualisation{'s' if total > 1 else ''}"
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    context = {
        "table": table,
        "filter": chosen,
        "active": waiting(),
        "watch": watch(),
        "owners": {*settings.OPENDATA_OWNER, *settings.OPENDATA_OWNERS.values()},
        "held": [(run, title_of(run.code)) for run in Run.objects.held().order_by("id")],
        "export": f"{reverse('portal:runs_csv')}?{request.GET.urlencode()}",
        "any": Run.objects.exists(),
    }
    return render(request, "portal/runs.html", context)


@to_staff
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The runs that are filtered, all of them."""
    return csv_answer((_line(run) for run in _chosen(request).qs.order_by("-id")), "actualisations")


def _chosen(request: HttpRequest) -> RunFilter:
    return RunFilter(request.GET, Run.objects.visible_to(request.user).select_related("asked_by"))


def _line(run: Run) -> dict[str, object]:
    return {
        "numero": run.pk,
        "jeu": run.code,
        "etat": run.state_words,
        "cause": Cause(run.cause).label,
        "demandee_par": str(run.asked_by or ""),
        "demandee_le": run.queued_at,
        "commencee_le": run.started_at or "",
        "finie_le": run.finished_at or "",
        **{name: getattr(run, name) for name in ("read", "added", "revised", "unchanged", "withdrawn")},
        "refused": run.refused,
        "ce_qui_s_est_passe": run.error,
        "decision": run.decision,
    }


def waiting() -> list[tuple[Run, str]]:
    """The runs on their way, the first asked for first."""
    return [(run, title_of(run.code)) for run in Run.objects.active().order_by("id")]


def _sources() -> list[tuple[str, str]]:
    return sorted({(d.source.code, d.source.name) for d in declared().values()}, key=lambda pair: pair[1])


def _datasets() -> list[tuple[str, str]]:
    known = set(Run.objects.order_by().values_list("code", flat=True).distinct())
    return sorted(((code, title_of(code)) for code in known | set(declared())), key=lambda pair: pair[1])
