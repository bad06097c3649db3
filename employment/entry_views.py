"""Pages of staff for what is entered besides follow-ups: dates, measures, companies, agreements, schools."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.disclosure import Unprotectable
from agglo.figures.vocabulary import Review

from . import drafting
from .agreement_form import AgreementForm
from .approving import CannotApprove
from .entering import approve_entry, keep
from .entry_forms import EntryForm, Section
from .models import Agreement, Entry, Profile, RedundancyPlan, School
from .plan_forms import CompanyForm, DateForm, MeasureForm
from .profile_forms import AgreementProfileForm, PlanProfileForm
from .school_form import SchoolForm
from .school_profile_forms import OfferProfileForm, ProgrammeProfileForm, SchoolProfileForm

to_write = roles("staff")
to_decide = roles("reviewer")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: how it is called, whose it is, its form, and the entry to read beside."""

    code: str
    title: str
    new: str
    form: type[EntryForm]
    parent: Callable[[str], object] | None  # None: it stands alone, and opens a record of its own
    field: str  # of the entry, that leads to the parent
    order: str = "pk"

    @property
    def model(self) -> type[Entry]:
        return self.form.model

    def parent_of(self, row: Entry):
        return getattr(row, self.field)

    def before(self, parent) -> Entry | None:
        if self.order == "pk":
            return None
        return self.model.objects.in_force().filter(**{self.field: parent}).order_by(self.order).last()


def _plan(slug: str) -> RedundancyPlan:
    return get_object_or_404(RedundancyPlan, slug=slug)


def _school(slug: str) -> School:
    return get_object_or_404(School, slug=slug)


KINDS = {
    kind.code: kind
    for kind in (
        Kind("dates", "Date d’un plan", "Ajouter une date ou une réunion", DateForm, _plan, "plan"),
        Kind("mesures", "Mesure d’un plan", "Ajouter une mesure", MeasureForm, _plan, "plan"),
        Kind("entreprises", "Entreprise d’un plan", "Ajouter une entreprise", CompanyForm, _plan, "plan"),
        Kind(
            "conventions",
            "État d’une convention",
            "Saisir l’état des actions",
            AgreementForm,
            lambda slug: get_object_or_404(Agreement.objects.select_related("plan"), plan__slug=slug),
            "agreement",
            "as_of",
        ),
        Kind(
            "ecoles",
            "Relevé d’une école",
            "Saisir un relevé",
            SchoolForm,
            _school,
            "school",
            "as_of",
        ),
        Kind(Profile.Kind.PLAN, "Fiche d’un plan", "Nouveau plan social", PlanProfileForm, None, "parent"),
        Kind(
            Profile.Kind.AGREEMENT,
            "Fiche d’une convention",
            "Nouvelle convention de revitalisation",
            AgreementProfileForm,
            _plan,
            "parent",
        ),
        Kind(Profile.Kind.SCHOOL, "Fiche d’une école", "Nouvelle école", SchoolProfileForm, None, "parent"),
        Kind(
            Profile.Kind.PROGRAMME,
            "Fiche d’une formation",
            "Nouvelle formation",
            ProgrammeProfileForm,
            _school,
            "parent",
        ),
        Kind(
            Profile.Kind.OFFER,
            "Fiche d’une offre annoncée",
            "Nouvelle offre annoncée",
            OfferProfileForm,
            None,
            "parent",
        ),
    )
}


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404("Cette sorte de saisie n’existe pas.")
    return KINDS[code]


def _row(kind: Kind, pk: int) -> Entry:
    return get_object_or_404(kind.form.rows().select_related("author", "reviewer", "corrects"), pk=pk)


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """`slug` is of the plan or school it belongs to; none for what opens a record of its own."""
    kind = _kind(code)
    if (kind.parent is None) != (slug == ""):
        raise Http404("Cette sorte de saisie n’est pas à cette adresse.")
    parent = kind.parent(slug) if kind.parent else kind.title
    before = kind.before(parent)
    start = {"source": before.source} if before else {}
    form = kind.form(request.POST or None, parent=parent, before=before, initial=start)
    return _form(request, kind, form)


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    kind = _kind(code)
    row = _row(kind, pk)
    if row.author_id != request.user.pk or not row.editable:
        raise PermissionDenied("Une saisie ne peut être changée que par son auteur, avant d’être soumise.")
    parent = kind.parent_of(row)
    start = kind.form.read(row) | {"reason": row.reason, "reason_words": row.reason_words}
    form = kind.form(
        request.POST or None, parent=parent, corrects=row.corrects, before=kind.before(parent), initial=start
    )
    return _form(request, kind, form, row)


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    kind = _kind(code)
    row = get_object_or_404(kind.form.rows().in_force(), pk=pk)
    form = kind.form(
        request.POST or None, parent=kind.parent_of(row), corrects=row, initial=kind.form.read(row)
    )
    return _form(request, kind, form)


def _form(request: HttpRequest, kind: Kind, form: EntryForm, row: Entry | None = None) -> HttpResponse:
    """« Vérifier » writes nothing; the other two buttons keep a draft or submit it."""
    act = request.POST.get("act", "check")
    valid = form.is_bound and form.is_valid()
    about = form.about_somebody if form.is_bound else ""
    unread = valid and bool(about) and act == "submit" and not form.cleaned_data["nobody"]
    if valid and act in ("save", "submit") and not unread:
        try:
            row = keep(form, request.user, row, submit=act == "submit")
        except drafting.NotYours as error:
            raise PermissionDenied(str(error)) from error
        messages.success(
            request,
            "Soumis\u00a0: une autre personne doit valider."
            if act == "submit"
            else "Brouillon gardé\u00a0: il n’est pas public.",
        )
        return redirect("employment:entry", kind.code, row.pk)
    shown = {
        "kind": kind,
        "form": form,
        "row": row,
        "checked": valid,
        "odd": form.odd() if valid else [],
        "computed": form.computed(None) if valid else [],
        "about": about,
        "unread": unread,
    }
    return render(request, "employment/entry_form.html", shown)


@to_write
@require_safe
def entry(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    kind = _kind(code)
    row = _row(kind, pk)
    said = kind.form.read(row)
    form = kind.form(parent=kind.parent_of(row), before=None, initial=said)
    sections = [(section.title, _told(form, section, said)) for section in form.sections]
    shown = {
        "kind": kind,
        "row": row,
        "parent": kind.parent_of(row),
        "sections": [one for one in [*sections, ("Calculé", form.computed(row))] if one[1]],
        "waits": row.review == Review.SUBMITTED,
        "mine": row.editable and row.author_id == request.user.pk,
        "decides": request.user.holds("reviewer") and row.author_id != request.user.pk,
    }
    return render(request, "employment/entry.html", shown)


def _told(form: EntryForm, section: Section, said: dict[str, object]) -> list[tuple[str, str]]:
    """Label and value of each field that was filled."""
    filled = [field for field in section.fields if said.get(field.name) not in (None, "")]
    return [(field.label, form.shown(field.name, said[field.name])) for field in filled]


@to_decide
@require_POST
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    kind = _kind(code)
    row = _row(kind, pk)
    try:
        if request.POST.get("act") == "approve":
            approve_entry(row, request.user)
            messages.success(request, "Validé et publié.")
        else:
            drafting.send_back(row, request.user, request.POST.get("note", ""))
            messages.success(request, "Renvoyé à son auteur avec votre remarque.")
    except (CannotApprove, drafting.NotYours) as error:
        messages.error(request, str(error))
    except Unprotectable:
        messages.error(request, "Ces nombres ne peuvent pas être publiés sans risque. Rien n’a été changé.")
    return redirect("employment:entry", code, pk)


@to_write
@require_POST
def abandon(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    try:
        drafting.give_up(_row(_kind(code), pk), request.user)
        messages.success(request, "Brouillon abandonné.")
    except drafting.NotYours as error:
        messages.error(request, str(error))
    return redirect("employment:staff_plans")
