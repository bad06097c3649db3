"""Attested and invented never mix in projects, sites and promises either."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "one_class.sql").read_text(encoding="utf-8")
BACK = """
DROP TRIGGER commitment_is_of_one_class ON projects_commitment;
DROP TRIGGER occupancy_is_of_one_class ON projects_occupancy;
DROP TRIGGER ownership_is_of_one_class ON projects_ownership;
DROP TRIGGER budget_is_of_one_class ON projects_budgetline;
DROP TRIGGER partner_is_of_one_class ON projects_partner;
DROP TRIGGER project_is_of_one_class ON projects_project;
"""


class Migration(migrations.Migration):

    dependencies = [("projects", "0031_parts_that_wait")]

    operations = [migrations.RunSQL(SQL, BACK)]
