"""What was recorded before entries had a way stands as approved, in reports of its own date and source."""

from datetime import date, datetime, time

from django.db import migrations
from django.utils import timezone

from agglo.accounts.audit import audited

APPROVED = 3


def moment(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def carry(apps, schema_editor):
    get = lambda name: apps.get_model("employment", name)  # noqa: E731
    now = timezone.now()
    for event in get("PlanEvent").objects.all():
        event.review, event.approved_at = APPROVED, moment(event.on)
        event.save()
    get("HelpedCompany").objects.update(review=APPROVED, approved_at=now)

    def report(model, **told):
        return get(model).objects.get_or_create(**told, defaults={"review": APPROVED, "approved_at": now})[0]

    for state in get("ActionState").objects.select_related("action"):
        told = {"agreement_id": state.action.agreement_id, "as_of": state.as_of, "source": state.source}
        state.report = report("AgreementReport", **told)
        state.save()
    for name in ("Enrolment", "Exit", "Result"):
        for row in get(name).objects.select_related("programme"):
            day = row.on if name == "Enrolment" else date(row.year + (name == "Exit"), 8, 31)
            told = {"school_id": row.programme.school_id, "as_of": day, "source": row.source}
            row.report = report("SchoolReport", **told)
            row.save()


class Migration(migrations.Migration):
    dependencies = [("employment", "0004_entries")]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
        *(audited(f"employment_{table}") for table in ("planmeasure", "agreementreport", "schoolreport")),
    ]
