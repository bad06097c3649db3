"""Since when a case is too quiet: no contact for longer than its stage bears. Pure."""

from collections.abc import Mapping
from datetime import date

from projects.models import ProspectStage

# Days without contact. Near a decision a silence is told sooner; works and a pause bear a longer one.
SILENCE: Mapping[int, int] = {
    ProspectStage.DETECTED: 90,
    ProspectStage.QUALIFIED: 90,
    ProspectStage.OFFERED: 90,
    ProspectStage.VISITED: 60,
    ProspectStage.SHORTLISTED: 45,
    ProspectStage.DECIDED: 45,
    ProspectStage.COMMITTED: 90,
    ProspectStage.BUILDING: 180,
    ProspectStage.PAUSED: 180,
}


def dormant_since(stage: int | None, last_contact: date, day: date) -> int | None:
    """Days of silence when they are more than the stage bears; None for an awake, settled or lost case."""
    silent = (day - last_contact).days
    return silent if stage in SILENCE and silent > SILENCE[stage] else None
