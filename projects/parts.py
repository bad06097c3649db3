"""What hangs under a record that the public reads (a milestone, a movement, a verdict), and its own form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

from projects.forms.aid import CancelForm, CheckForm, CounterpartForm, MovementForm
from projects.forms.ground import (
    LotForm,
    LotStateForm,
    OccupancyForm,
    OwnershipForm,
    StageForm,
    SurfaceForm,
)
from projects.forms.promise import VerdictForm
from projects.forms.shares import shares_form
from projects.forms.steering import (
    BudgetForm,
    DecisionForm,
    MilestoneForm,
    PartnerForm,
    PassageForm,
    ReachedForm,
    ReplanForm,
    RiskForm,
)
from projects.forms.typed import GONE
from projects.job_parts import job_parts
from projects.models import Movement
from projects.models.publication import Target

Form = BaseForm | BaseFormSet


@dataclass(frozen=True, slots=True)
class Part:
    """`kind` is that of the record; `path` leads from its page of staff to the form. `make` takes what is
    typed, the record, the thing that is acted upon (one of `things`; nothing where one is added) and who
    types. What is typed is laid `over` what the thing says, or stands `whole` in place of what was there.
    `named` is the field whose words tell it from others of its kind; a `sole` one answers a question that
    has one answer at a time.
    """

    code: str
    kind: str
    path: str
    title: Callable[[Model | None], str]
    make: Callable[..., Form]
    things: Callable[[Target], QuerySet] | None = None
    over: bool = False
    whole: bool = False
    named: str = ""
    sole: bool = False

    def thing(self, record: Target, pk: int | None) -> Model | None:
        """Nothing where it went since."""
        return self.things(record).filter(pk=pk).first() if self.things and pk else None


def _said(words: str) -> Callable[[Model | None], str]:
    """`…` stands for the thing; one that went since is called so."""
    return lambda thing: words.replace("…", GONE if thing is None else str(thing))


def _under_project(form: type[BaseForm]) -> Callable[..., Form]:
    return lambda data, record, thing, by: form(data, project=record)


def _of_site(
    code: str,
    path: str,
    form: type[BaseForm],
    noun: str,
    things: Callable[[Target], QuerySet],
    named: str = "",
) -> Iterator[Part]:
    """What is added to a site, and what is corrected or ended of it."""
    yield Part(
        code,
        "sites",
        f"{path}/",
        _said(f"Ajouter {noun}"),
        lambda data, record, thing, by: form(data, site=record),
        named=named,
    )
    yield Part(
        f"{code}-change",
        "sites",
        f"{path}/{{pk}}/",
        _said("Modifier ou clore «\u202f…\u202f»"),
        lambda data, record, thing, by: form(data, site=record, instance=thing),
        things=things,
        over=True,
    )


def _milestones(record: Target) -> QuerySet:
    return record.milestones.prefetch_related("dates")


PARTS: dict[str, Part] = {
    one.code: one
    for one in (
        Part(
            "etape", "projets", "etapes/", _said("Franchir une étape"),
            lambda data, record, thing, by: PassageForm(data, project=record, by=by),
        ),
        Part(
            "partenaire", "projets", "partenaires/", _said("Ajouter un partenaire"),
            _under_project(PartnerForm), named="organisation",
        ),
        Part(
            "jalon", "projets", "jalons/", _said("Ajouter un jalon"), _under_project(MilestoneForm),
            named="name",
        ),
        Part(
            "date", "projets", "jalons/{pk}/date/", _said("Replanifier «\u202f…\u202f»"),
            lambda data, record, thing, by: ReplanForm(data, milestone=thing), things=_milestones,
        ),
        Part(
            "atteint", "projets", "jalons/{pk}/atteint/", _said("«\u202f…\u202f» est atteint"),
            lambda data, record, thing, by: ReachedForm(data, instance=thing), things=_milestones, over=True,
        ),
        Part(
            "budget", "projets", "budget/", _said("Ajouter une ligne de budget"), _under_project(BudgetForm),
            named="label",
        ),
        Part(
            "risque", "projets", "risques/", _said("Ajouter un risque"), _under_project(RiskForm),
            named="words",
        ),
        Part(
            "risque-change", "projets", "risques/{pk}/", _said("Modifier ou clore «\u202f…\u202f»"),
            lambda data, record, thing, by: RiskForm(data, instance=thing),
            things=lambda record: record.risks.all(), over=True,
        ),
        Part(
            "decision", "projets", "decisions/", _said("Ajouter une décision"), _under_project(DecisionForm),
            named="words",
        ),
        Part(
            "mouvement", "aides", "mouvements/", _said("Noter un mouvement"),
            lambda data, record, thing, by: MovementForm(data, line=record, by=by),
        ),
        Part(
            "annulation", "aides", "mouvements/{pk}/annuler/", _said("Annuler «\u202f…\u202f»"),
            lambda data, record, thing, by: CancelForm(data, movement=thing, by=by),
            things=lambda record: record.movements.exclude(kind=Movement.Kind.CANCELLED),
        ),
        Part(
            "beneficiaires", "aides", "parts/", _said("Les bénéficiaires et leur part"),
            lambda data, record, thing, by: shares_form(data, line=record), whole=True, sole=True,
        ),
        Part(
            "contrepartie", "aides", "contreparties/", _said("Ajouter une contrepartie"),
            lambda data, record, thing, by: CounterpartForm(data, line=record), named="words",
        ),
        Part(
            "constat", "aides", "contreparties/{pk}/", _said("Vérifier\u00a0: …"),
            lambda data, record, thing, by: CheckForm(data, counterpart=thing, by=by),
            things=lambda record: record.counterparts.all(),
        ),
        *_of_site("vie", "etapes", StageForm, "une étape", lambda site: site.stages.select_related("lot")),
        *_of_site(
            "occupant", "occupants", OccupancyForm, "un occupant",
            lambda site: site.occupancies.all(), "occupant",
        ),
        *_of_site(
            "proprio", "proprietaires", OwnershipForm, "un propriétaire",
            lambda site: site.ownerships.all(), "owner",
        ),
        *_of_site("surface", "surfaces", SurfaceForm, "une surface", lambda site: site.surfaces.all()),
        Part(
            "lot", "sites", "lots/", _said("Ajouter un lot"),
            lambda data, record, thing, by: LotForm(data, site=record), named="name",
        ),
        Part(
            "etat", "sites", "lots/{pk}/", _said("Noter l’état du lot «\u202f…\u202f»"),
            lambda data, record, thing, by: LotStateForm(data, lot=thing),
            things=lambda record: record.lots.all(),
        ),
        Part(
            "verdict", "engagements", "verdict/", _said("Donner un verdict"),
            lambda data, record, thing, by: VerdictForm(data, commitment=record, by=by), sole=True,
        ),
        *job_parts(Part, _said),
    )
}  # fmt: skip
