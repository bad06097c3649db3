"""What must be known before a project may pass a gate. Pure."""

from projects.models import Gate, Project
from projects.models.project import HOLDS

# Each gate asks for what the ones before it ask, and its own.
ASKED: dict[Gate, tuple[tuple[str, str], ...]] = {
    Gate.IDEA: (("name", "un intitulé"), ("source", "une source")),
    Gate.DESIGN: (("lead", "un porteur"), ("about", "une présentation")),
    Gate.COMMITTED: (("decisions", "une décision"), ("milestones", "un jalon avec une date prévue")),
    Gate.UNDERWAY: (("budget", "un budget prévu, par financeur"),),
    Gate.DELIVERED: (("reached", "la date et la preuve de chaque jalon"),),
}


def known(project: Project) -> set[str]:
    """Names of what a project already says, as `ASKED` calls them."""
    milestones = list(project.milestones.prefetch_related("dates"))
    said = {
        "name": project.name,
        "source": project.source,
        "lead": project.lead_id,
        "about": project.about,
        "decisions": project.decisions.exists(),
        "milestones": any(one.plans for one in milestones),
        "budget": project.budget.filter(planned__isnull=False).exists(),
        "reached": milestones and all(one.actual_on for one in milestones),
    }
    return {name for name, value in said.items() if value}


def missing(said: set[str], gate: int) -> list[str]:
    """What still has to be entered before this gate, in French; a pause or an end only asks why."""
    if gate in HOLDS:
        return []
    return [
        words for step, asked in ASKED.items() if step <= gate for name, words in asked if name not in said
    ]
