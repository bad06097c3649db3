"""The audit trail over every table of plans, agreements and schools."""

from django.db import migrations

from agglo.accounts.audit import audited

TABLES = (
    "redundancyplan",
    "planevent",
    "perimeter",
    "category",
    "plancategory",
    "followup",
    "followupline",
    "frozenmask",
    "agreement",
    "action",
    "actionstate",
    "helpedcompany",
    "school",
    "programme",
    "enrolment",
    "exit",
    "result",
    "plannedoffer",
)


class Migration(migrations.Migration):
    dependencies = [("employment", "0001_initial"), ("accounts", "0002_audit_trail")]

    operations = [audited(f"employment_{table}") for table in TABLES]
