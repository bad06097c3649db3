"""What a worker does with a file of a standard: compares it, writes the accepted rows, takes them back."""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import ProtectedError, QuerySet
from django.db.models.deletion import Collector
from django.utils import timezone

from agglo.figures.models import Subject
from projects.models import ComparedRow, ImportedRow, Site, StandardImport, StandardRow
from projects.work.pulse import Pulse

from . import STANDARDS, writing
from .applying import Applying
from .declaring import Cells, Standard
from .reading import ADDED, CHANGED, Proposal, again, compare

State = StandardImport.State
AT_ONCE = 500
MOVED = "nos fiches ont changé depuis la comparaison"


def stage(brought: StandardImport, pulse: Pulse) -> dict[str, object]:
    """Keeps what accepting each row would do; nothing else is written."""
    many = len(brought.rows)
    compared = compare(brought, lambda number: pulse(number, many))
    brought.compared.all().delete()
    ComparedRow.objects.bulk_create((_kept(brought, one) for one in compared.proposals), batch_size=AT_ONCE)
    counts = dict(compared.counts)
    return {"state": State.WAITING, "compared_at": timezone.now(), "done": many, "total": many, **counts}


def _kept(brought: StandardImport, one: Proposal) -> ComparedRow:
    return ComparedRow(
        brought=brought,
        line=one.line,
        key=one.key,
        label=one.label,
        verdict=one.verdict,
        differences=_told(one),
        reasons=list(one.reasons),
        remarks=list(one.remarks),
    )


def _told(one: Proposal) -> list[list[str]]:
    return [[diff.field, diff.ours, diff.theirs] for diff in one.differences]


def write(brought: StandardImport, pulse: Pulse) -> dict[str, object]:
    """The rows that were chosen, as long as they would do what was read; the others are left and say so."""
    standard = STANDARDS[brought.standard]
    applying = Applying(standard, published=brought.publishes)
    asked = {one.line: one for one in chosen(brought)}
    now = {one.line: one for one in again(brought, asked, lambda number: pulse(number, len(asked)))}
    for number, (line, kept) in enumerate(asked.items()):
        pulse(number, len(asked))
        if (now[line].verdict, _told(now[line])) == (kept.verdict, kept.differences):
            _write(standard, brought, now[line], applying)
        else:
            ComparedRow.objects.filter(pk=kept.pk).update(kept_because=MOVED)
    return {"state": State.ACCEPTED, "done": len(asked), "total": len(asked)}


def chosen(brought: StandardImport) -> QuerySet[ComparedRow]:
    """The rows that were accepted."""
    rows = brought.compared.filter(verdict__in=(ADDED, CHANGED))
    return rows if brought.chosen is None else rows.filter(key__in=brought.chosen)


def _write(standard: Standard, brought: StandardImport, one: Proposal, applying: Applying) -> None:
    record, trace = applying.apply(one.cells, one.record, {diff.field for diff in one.differences})
    row = one.row or StandardRow(standard=standard.code, key=one.key)
    before = {} if one.row is None else dict(row.cells)
    row.cells, row.version, row.line = standard.stored(one.cells), standard.version, one.line
    if standard.record and record is not None:
        setattr(row, standard.record, record)
    row.save()
    ImportedRow.objects.create(
        brought=brought,
        row=row,
        line=one.line,
        key=one.key,
        added=one.row is None,
        before=before,
        after=_now(standard, row),
        made=trace.made,
        changed=trace.changed,
    )


def _now(standard: Standard, row: StandardRow) -> Cells:
    """What our file would say of this row today, dates of writing apart."""
    row = StandardRow.objects.select_related("site", "lot__site", "occupancy__occupant").get(pk=row.pk)
    record = getattr(row, standard.record) if standard.record else None
    return writing.row_of(standard, record or row, row).cells


def take_back(brought: StandardImport, pulse: Pulse) -> dict[str, object]:
    """Every row as it was, but those that somebody changed since: they stay, and say why."""
    standard = STANDARDS[brought.standard]
    rows = list(brought.written.select_related("row").order_by("-pk"))
    for number, one in enumerate(rows):
        pulse(number, len(rows))
        one.kept_because = _reason_to_keep(standard, one) or _take_back(one)
        one.undone = not one.kept_because
        one.save()
    return {"state": State.UNDONE, "done": len(rows), "total": len(rows)}


def _reason_to_keep(standard: Standard, one: ImportedRow) -> str:
    if one.row is None:
        return "la ligne n’existe plus"
    if _now(standard, one.row) != one.after:
        return "quelqu’un l’a changée depuis"
    try:
        tied = _tied(one)
    except ProtectedError as error:
        return f"{next(iter(error.protected_objects))} en dépend"
    return f"{tied[0]._meta.verbose_name} y a été rattaché depuis" if tied else ""


def _tied(one: ImportedRow) -> list:
    """What would go away with the rows that we made, and that is not ours."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    ours = {(name, key) for name, key in one.made}
    for name, key in one.made:
        if name == "organisation":  # it stays when it serves elsewhere
            continue
        collector.collect(_model(name).objects.filter(pk=key), fail_on_restricted=False)
    going = [found for _, found in collector.instances_with_model()]
    going += [found for queryset in collector.fast_deletes for found in queryset]
    return [found for found in going if (found._meta.model_name, found.pk) not in ours]


def _take_back(one: ImportedRow) -> str:
    try:
        with transaction.atomic():
            for name, key, values in reversed(one.changed):
                found = _model(name).objects.get(pk=key)
                for field, value in values.items():
                    setattr(found, field, value)
                found.save()
            if one.added:
                one.row.delete()
                one.row = None
            else:
                one.row.cells = one.before
                one.row.save()
            for name, key in reversed(one.made):
                _unmake(name, key)
    except ProtectedError as error:
        return f"{next(iter(error.protected_objects))} en dépend"
    return ""


def _unmake(name: str, key: int) -> None:
    """A site goes with its row in the ledger; an organisation that serves elsewhere by now stays."""
    found = _model(name).objects.filter(pk=key).first()
    if found is None:
        return
    try:
        with transaction.atomic():
            found.delete()
            if isinstance(found, Site):
                Subject.objects.filter(pk=found.subject_id).delete()
    except ProtectedError:
        if name != "organisation":
            raise


def _model(name: str):
    return apps.get_model("projects", name)
