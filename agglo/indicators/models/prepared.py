"""The body of an axis page, made when the ledger changes, so that a visit only reads it."""

from django.db import models

from agglo.indicators.models.axis import Axis


class PreparedPage(models.Model):
    """`stamp` is the state of the ledger, of runs and of pauses the body is true of, another one means it is
    out of date. `basis` is what the body says of them: while it holds, the stamp alone is renewed.

    `figures` is the part of the body that a search or a sort leaves as it is: cards and charts. `columns`
    are the measures of the table that compares territories, as [code, heading].
    """

    axis = models.OneToOneField(Axis, models.CASCADE, primary_key=True, related_name="prepared")
    stamp = models.CharField(max_length=120)
    basis = models.CharField(max_length=120, default="")
    body = models.TextField()
    figures = models.TextField(default="")
    columns = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "page préparée"
