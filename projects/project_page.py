"""All that the page of a project says, read in a bounded number of queries."""

from agglo.figures import reading
from agglo.figures.figure import Figure
from agglo.figures.known_on import KnownOn
from agglo.opendata.lateness import lateness_of
from projects.commitment_page import with_standing
from projects.gates import known as said_of
from projects.gates import missing
from projects.job_table import job_table
from projects.models import Gate, JobClaim, Project, Update
from projects.models.attachment import documents_of
from projects.models.project import HOLDS, PATH


def project_page(project: Project, known: KnownOn) -> dict[str, object]:
    following = next_gate(project.gate)
    claims = JobClaim.objects.filter(pool__project=project)
    claims = claims if project.is_demo else claims.attested()
    news = list(Update.objects.of(project).published().with_all())
    passages = list(project.passages.all())
    figures = _figures(project, known.day)
    return {
        "project": project,
        "known_on": known.day,
        "refusal": known.error,
        "gate": Gate(project.gate) if project.gate else None,
        "gates": gates_shown(project.gate),
        "held": project.gate in HOLDS,
        "passages": passages,
        "last": passages[-1] if passages else None,
        "following": following,
        "lacking": missing(said_of(project), following) if following else [],
        "partners": list(project.partners.select_related("organisation")),
        "milestones": list(project.milestones.prefetch_related("dates")),
        "budget": list(project.budget.select_related("funder")),
        "risks": list(project.risks.filter(closed_on__isnull=True)),
        "decisions": list(project.decisions.all()),
        "bulletins": list(project.bulletins.filter(update__isnull=True)),
        "news": news,
        "documents": documents_of(news),
        "jobs": job_table(claims),
        "commitments": with_standing(project.commitments.published().for_list()),
        "figures": figures,
        "lateness": None if known.day else lateness_of(figures),
    }


def next_gate(gate: int | None) -> Gate | None:
    """The gate after this one on the usual path; none after the last, nor for a project on hold."""
    if gate in HOLDS or gate == Gate.DELIVERED:
        return None
    return next(one for one in PATH if gate is None or one > gate)


def gates_shown(gate: int | None) -> list[tuple[Gate, str]]:
    """Each gate of the usual path with "past", "current" or "" for what is to come."""
    if gate is None or gate in HOLDS:
        return [(one, "") for one in PATH]
    return [(one, "current" if one == gate else "past" if one < gate else "") for one in PATH]


def _figures(project: Project, day) -> list[Figure]:
    """The figures of the ledger that the project names, in its order; two queries."""
    keys = [tuple(one) for one in project.figures]
    if not keys:
        return []
    found = reading.latest(
        dict.fromkeys(key[0] for key in keys), dict.fromkeys(key[1:] for key in keys), known_on=day
    )
    return [found[key] for key in keys if key in found]
