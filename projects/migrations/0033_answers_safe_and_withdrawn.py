"""What a company writes freely leaves what the public reads; an answer can be withdrawn."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited

SOURCE = "Réponse de l’entreprise"


def make_safe(apps, schema_editor):
    """`confirmed_by`, `source` and `wording` of claims that an answer wrote become what projects.confirming
    writes from now on; the words stay with the answer.
    """
    answers = apps.get_model("projects", "ConfirmationAnswer").objects
    claims = apps.get_model("projects", "JobClaim").objects
    for claim in claims.exclude(confirmed_by="").select_related("organisation"):
        claim.confirmed_by = claim.organisation.name if claim.organisation else "l’entreprise"
        claim.save(update_fields=["confirmed_by"])
    for given in answers.filter(verdict="corrected").select_related("request__claim__organisation"):
        asked = given.request.claim
        made = claims.filter(
            pool=asked.pool_id,
            scheme=asked.scheme,
            evidence=asked.evidence,
            as_of=asked.as_of,
            number=given.number,
            source__startswith=SOURCE,
        ).first()
        if made is not None:
            made.source = f"{SOURCE}, {asked.organisation.name}" if asked.organisation else SOURCE
            made.wording, made.answer = "", given
            made.save(update_fields=["source", "wording", "answer"])


class Migration(migrations.Migration):

    dependencies = [
        ("projects", "0032_one_class"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="jobclaim",
            name="answer",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="counted",
                to="projects.confirmationanswer",
                verbose_name="réponse qui donne ce nombre",
            ),
        ),
        migrations.AlterField(
            model_name="jobclaim",
            name="confirmed_by",
            field=models.CharField(
                blank=True,
                help_text="L’entreprise, jamais une personne : tout le monde le lit.",
                max_length=200,
                verbose_name="confirmé par",
            ),
        ),
        migrations.CreateModel(
            name="AnswerWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="retirée le")),
                ("why", models.CharField(max_length=300, verbose_name="parce que")),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="withdrawal",
                        to="projects.confirmationanswer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "retrait d’une réponse",
                "verbose_name_plural": "retraits de réponses",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="withdrawal_says_why")
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER withdrawal_is_kept BEFORE UPDATE ON projects_answerwithdrawal"
            " FOR EACH ROW EXECUTE FUNCTION projects_append_only()",
            "DROP TRIGGER withdrawal_is_kept ON projects_answerwithdrawal",
        ),
        audited("projects_answerwithdrawal"),
        migrations.RunPython(make_safe, migrations.RunPython.noop),
        # The foreign keys are checked before the constraints of the new ones are laid on the same tables.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]
