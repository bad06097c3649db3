"""What a figure can be about: one row for each commune, site, plan, school, whatever room it lives in."""

from django.db import models

from agglo.figures.text import search_key


class SubjectQuerySet(models.QuerySet):
    def search(self, words: str) -> "SubjectQuerySet":
        """Those whose name or code holds every word, accents and case apart."""
        found = self
        for word in search_key(words).split():
            found = found.filter(models.Q(search_key__contains=word) | models.Q(code__startswith=word))
        return found


class Subject(models.Model):
    """A thing one can have a figure about, found by scheme and code: `COM` `62119`.

    Rooms above the ledger own it one-to-one and write its name and path; the ledger never imports them.
    """

    scheme = models.CharField("nomenclature", max_length=16)
    code = models.CharField("code", max_length=64)
    name = models.CharField("nom", max_length=200)
    kind_label = models.CharField(
        "nature", max_length=60, help_text="Par exemple « commune », « zone d’emploi »."
    )
    path = models.CharField("page publique", max_length=200, blank=True)
    search_key = models.CharField(max_length=200, editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "sujet"
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="subject_scheme_code_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind_label})"

    def save(self, *args, **kwargs) -> None:
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)
