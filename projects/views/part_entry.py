"""The form of what hangs under a record: kept at once while the record is not public, else proposed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agglo.figures.vocabulary import Review
from projects.models import Publication
from projects.models.publication import Target
from projects.part_proposing import propose_part, texts
from projects.parts import PARTS, Part
from projects.publishable import kind_of
from projects.views.writing import form_page

PROPOSED = "Proposé\u00a0: un valideur, autre que vous, décidera. D’ici là, rien ne change pour le public."


def part_page(
    request: HttpRequest,
    record: Target,
    code: str,
    pk: int | None = None,
    *,
    trail: list[tuple[str, str]],
    done: str,
    then: str,
    initial: dict[str, object] | None = None,
    lede: str = "",
    act: str = "Enregistrer",
    **more,
) -> HttpResponse:
    """`pk` is of the thing that is acted upon. `?reprise=` goes on with a request that waits or came back."""
    part, kind = PARTS[code], kind_of(record)
    thing = get_object_or_404(part.things(record), pk=pk) if part.things else None
    taken = _taken(request, record, code, pk)
    data = texts(taken) if taken and request.method != "POST" else request.POST or None
    form = part.make(data, record, thing, request.user)
    if initial and not form.is_bound:
        form.initial |= initial
    shown = {"title": part.title(thing), "trail": trail, **more}
    if not record.published:
        return form_page(request, form, done=done, then=then, act=act, lede=lede, **shown)
    return form_page(
        request,
        form,
        done=PROPOSED,
        then=lambda row, form: kind.request_page(record, row.pk),
        act="Proposer",
        lede=f"{lede} Le public lit cette {kind.noun}\u00a0: un autre relit avant que cela se voie.".strip(),
        keep=lambda: propose_part(record, part, thing, form, request.user, taken=taken),
        notice=_notice(taken, request.user) if taken else _already(record, part, pk),
        **shown,
    )


def _already(record: Target, part: Part, pk: int | None) -> str:
    """Two milestones may be added at once; a second answer to one question hears of the first."""
    if not (part.things or part.sole):
        return ""
    same = Publication.objects.of(record).of_parts().filter(part=part.code, part_pk=pk)
    row = same.filter(review=Review.SUBMITTED).with_target().first()
    if row is None:
        return ""
    return (
        f"Une proposition de {row.asked_by} attend déjà d’être lue, sur le même point\u00a0: elle est sur la"
        f" page de publication de cette {kind_of(record).noun}. Complétez-la plutôt, si la vôtre dit la même"
        " chose."
    )


def _taken(request: HttpRequest, record: Target, code: str, pk: int | None) -> Publication | None:
    asked = request.GET.get("reprise", "")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(
        Publication.objects.of(record).of_parts().with_target(), pk=asked, part=code, part_pk=pk
    )


def _notice(row: Publication, user) -> str:
    if row.review == Review.SENT_BACK:
        return f"Renvoyé, «\u202f{row.note}\u202f»\u00a0: le formulaire le reprend."
    if row.asked_by_id == user.pk:
        return "Votre proposition attend d’être lue\u00a0: le formulaire la reprend."
    return (
        f"Une proposition de {row.asked_by} attend d’être lue\u00a0: le formulaire la reprend. Proposer la"
        " vôtre la remplace\u202f; la sienne reste dans l’historique."
    )
