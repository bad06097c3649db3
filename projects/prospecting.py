"""What staff do with a case: open it, note a contact, bring it to a stage."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from projects.models import NdaAccess, Prospect, ProspectPassage
from projects.models.prospect_step import PIPELINE, ProspectStage


def open_case(prospect: Prospect, user) -> NdaAccess:
    """Logs the opening: what follows is read within it. Raises PermissionDenied for who is not named."""
    if not prospect.may_be_opened_by(user):
        raise PermissionDenied("Ce dossier est sous accord de confidentialité et ne vous nomme pas.")
    return NdaAccess.objects.create(prospect=prospect, user=user)


def note_contact(prospect: Prospect) -> None:
    prospect.last_contact_on = timezone.localdate()
    prospect.save(update_fields=["last_contact_on", "updated_at"])


@transaction.atomic
def bring(prospect: Prospect, passage: ProspectPassage, user) -> ProspectPassage:
    """Keeps the passage, once however often it is sent; a case that moves was in contact that day."""
    Prospect.objects.select_for_update().get(pk=prospect.pk)
    before = stage_on(prospect, passage.on)
    if before is not None and (before.stage, before.on) == (passage.stage, passage.on):
        return before
    passage.prospect, passage.by = prospect, user
    passage.save()
    if passage.on > prospect.last_contact_on and passage.stage != ProspectStage.LOST:
        prospect.last_contact_on = passage.on
        prospect.save(update_fields=["last_contact_on", "updated_at"])
    return passage


def stage_on(prospect: Prospect, day) -> ProspectPassage | None:
    """The passage in force at the end of that day."""
    return prospect.passages.filter(on__lte=day).order_by("on", "pk").last()


def next_stage(stage: int | None) -> ProspectStage | None:
    """The usual one after this; None after the end, and when nothing says where to resume."""
    path = [*PIPELINE, ProspectStage.SETTLED]
    if stage is None:
        return path[0]
    later = [one for one in path if one > stage]
    return later[0] if later else None
