"""The form of a record that may be public: kept at once while it is not, else proposed to a second person."""

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from agglo.figures.vocabulary import Review
from projects.forms.typed import differences
from projects.models import Publication
from projects.models.publication import Target
from projects.proposing import MEANWHILE, form_of, fresh, open_of, propose, replayed, state_of, taking_up
from projects.publishable import kind_of
from projects.views.writing import form_page

PROPOSED = (
    "Modification proposée\u00a0: un valideur, autre que vous, décidera. D’ici là, rien ne change pour le"
    " public."
)


def change_page(
    request: HttpRequest, record: Target, *, title: str, trail: list[tuple[str, str]], done: str, then: str
) -> HttpResponse:
    if not record.published:
        form = form_of(record, request.POST or None)
        return form_page(request, form, title=title, trail=trail, done=done, then=then)
    kind, row = kind_of(record), open_of(record)
    state = state_of(record, row)
    seen = request.POST.get("seen", "") if request.method == "POST" else state
    form, more = _form(request, record, row if seen == state else None), {}
    if seen != state and form.is_valid():
        form.add_error(None, MEANWHILE)
        more = _beside(record, row, form)
        seen = state
    if row and (seen == state or more):
        more["notice"] = _notice(row, request.user, here=not more)
    return form_page(
        request,
        form,
        title=title,
        trail=trail,
        done=PROPOSED,
        then=kind.request_page(record),
        act="Proposer cette modification",
        lede=f"Le public lit cette {kind.noun}\u00a0: ce que vous changez attend qu’un autre l’ait relu.",
        keep=lambda: propose(record, form, request.user, seen=seen),
        hidden=[("seen", seen)],
        **more,
    )


def _form(request: HttpRequest, record: Target, row: Publication | None) -> ModelForm:
    """Filled with the change that is gone on with; the names that it held are known again when it is sent."""
    form = taking_up(fresh(record), row) if row else form_of(fresh(record))
    return form_of(form.instance, request.POST) if request.method == "POST" else form


def _beside(record: Target, row: Publication | None, form: ModelForm) -> dict[str, object]:
    """What was written beside the record as it is now, and beside what somebody proposed meanwhile."""
    found = {"differences": differences(form_of(fresh(record)), form)}
    if row:
        then = replayed(fresh(record), row)
        found["theirs"] = differences(form_of(fresh(record)), then, row.changes)
    return found


def _notice(row: Publication, user, *, here: bool) -> str:
    """`here`: the form holds it."""
    who, taken = row.asked_by, "\u00a0: le formulaire la reprend" if here else ""
    if row.review == Review.SENT_BACK:
        return f"La modification de {who} a été renvoyée, «\u202f{row.note}\u202f»{taken}."
    if row.asked_by_id == user.pk:
        return f"Votre modification attend d’être lue{taken}."
    return (
        f"Une modification de {who} attend d’être lue{taken}. Proposer la vôtre la remplace\u202f; la sienne"
        " reste dans l’historique."
    )
