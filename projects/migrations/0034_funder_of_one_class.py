"""Whoever funds an aid is attested or invented as the aid is."""

from django.db import migrations

TRIGGER = """
DROP TRIGGER funding_is_of_one_class ON projects_fundingline;
CREATE TRIGGER funding_is_of_one_class BEFORE INSERT OR UPDATE ON projects_fundingline FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('case_id', 'projects_supportcase', 'project_id', 'projects_project'{});
"""


class Migration(migrations.Migration):

    dependencies = [("projects", "0033_answers_safe_and_withdrawn")]

    operations = [
        migrations.RunSQL(TRIGGER.format(", 'funder_id', 'projects_organisation'"), TRIGGER.format(""))
    ]
