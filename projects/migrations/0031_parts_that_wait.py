"""What hangs under a public record waits for a second person too; several may wait at once."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0030_standards_carried'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='publication',
            name='publication_asked_once',
        ),
        migrations.AddField(
            model_name='publication',
            name='part',
            field=models.CharField(blank=True, default='', max_length=16, verbose_name='partie'),
        ),
        migrations.AddField(
            model_name='publication',
            name='part_pk',
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name='ce qui en change'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part', ''), ('part_pk__isnull', True)), models.Q(models.Q(('part', ''), _negated=True), models.Q(('changes', {}), _negated=True)), _connector='OR'), name='publication_of_a_part_says_what'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(condition=models.Q(('part', ''), ('review', 1)), fields=('project', 'site', 'line', 'commitment'), name='publication_asked_once', nulls_distinct=False),
        ),
    ]
