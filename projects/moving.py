"""Moves a project through a gate: refused with what is missing, recorded with its day, reason and author."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from projects.gates import known, missing
from projects.models import Gate, Passage, Project
from projects.models.project import HOLDS


@transaction.atomic
def move(project: Project, gate: Gate, on: date, *, by, reason: str = "", source: str = "") -> Passage:
    """Raises ValidationError, in French, when the gate asks for more; nothing is then written."""
    Project.objects.select_for_update().get(pk=project.pk)
    last = project.passages.last()
    lacking = missing(known(project), gate)
    if lacking:
        raise ValidationError(
            f"Pour passer à «\u202f{gate.label}\u202f», il manque\u00a0: {', '.join(lacking)}."
        )
    if last and on < last.until:
        raise ValidationError(
            f"Le projet est «\u202f{last.get_gate_display()}\u202f» depuis le"
            f" {last.until:%d/%m/%Y}\u00a0: donnez une date"
            " égale ou plus tardive."
        )
    back = last is not None and last.gate not in HOLDS and gate < last.gate
    if not reason.strip() and (gate in HOLDS or back):
        raise ValidationError(
            "Dites pourquoi\u00a0: une suspension, un abandon ou un retour en arrière a une raison."
        )
    return Passage.objects.create(
        project=project,
        gate=gate,
        on=on,
        until=on,
        reason=reason.strip(),
        by=by,
        source=source or "saisie des services",
    )
