"""Contests of the public, under the audit trail but for what tells who asked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_audit_trail"),
        ('figures', '0007_choices_dated'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrong', models.TextField(verbose_name='ce qui est faux')),
                ('proof', models.TextField(blank=True, verbose_name='ce qui le montre')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse pour répondre')),
                ('sender', models.CharField(blank=True, editable=False, max_length=32, verbose_name='empreinte de l’envoi')),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='reçue le')),
                ('outcome', models.SmallIntegerField(choices=[(0, 'à l’étude'), (1, 'fondée, le chiffre est corrigé'), (2, 'le chiffre reste, avec une explication'), (3, 'non fondée'), (4, 'écartée, sans rapport avec le chiffre')], default=0, verbose_name='suite')),
                ('answer', models.TextField(blank=True, verbose_name='réponse publique')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondue le')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='figures.observation')),
            ],
            options={
                'verbose_name': 'contestation',
                'ordering': ['-received_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('wrong', ''), _negated=True), name='contest_says_what_is_wrong'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('outcome', 0)), models.Q(models.Q(('outcome', 0), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='contest_answer_is_whole')],
            },
        ),
        audited("figures_contest", secret=["wrong", "proof", "email", "sender"], silent=["sender"]),
    ]
