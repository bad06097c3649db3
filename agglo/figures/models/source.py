"""Where a figure comes from: a source, its datasets, their releases, and the words quoted from them."""

from django.db import models

from agglo.figures.vocabulary import Rhythm, SourceKind


class Source(models.Model):
    """Who says it: a statistical office, a newspaper, a deliberation, our own services."""

    code = models.SlugField("code", max_length=80, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=SourceKind)
    url = models.URLField("adresse", max_length=500, blank=True)

    class Meta:
        verbose_name = "source"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Dataset(models.Model):
    """One thing a source publishes, and republishes: a file, a series of tables, an article."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="datasets", verbose_name="source")
    code = models.SlugField("code", max_length=80, unique=True)
    title = models.CharField("titre", max_length=300)
    url = models.URLField("adresse", max_length=500, blank=True)
    licence = models.CharField("licence", max_length=80, blank=True)
    rhythm = models.CharField("rythme", max_length=12, choices=Rhythm, default=Rhythm.IRREGULAR)
    publication_delay = models.PositiveSmallIntegerField(
        "délai de publication, en jours", null=True, blank=True
    )

    class Meta:
        verbose_name = "jeu de données"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """One publication of a dataset, as we received it."""

    dataset = models.ForeignKey(
        Dataset, models.PROTECT, related_name="releases", verbose_name="jeu de données"
    )
    edition = models.CharField("édition", max_length=80, help_text="Par exemple « 2025-T4 ».")
    published_on = models.DateField("publiée le", null=True, blank=True)
    published_words = models.CharField(
        "date de publication, en mots", max_length=200, blank=True, help_text="Quand le jour n’est pas connu."
    )
    url = models.URLField("adresse", max_length=500, blank=True)
    licence = models.CharField("licence", max_length=80, blank=True)
    checksum = models.CharField("empreinte SHA-256", max_length=64, blank=True)
    received_at = models.DateTimeField("reçue le", auto_now_add=True)

    class Meta:
        verbose_name = "édition"
        constraints = [
            models.UniqueConstraint(fields=["dataset", "edition", "checksum"], name="release_once")
        ]

    def __str__(self) -> str:
        return f"{self.dataset}, {self.edition}"


class Quotation(models.Model):
    """The exact words a figure was read in, and what they leave open."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="quotations", verbose_name="édition")
    key = models.CharField("repère", max_length=40, help_text="Par exemple « F01 ».")
    wording = models.TextField("citation")
    value_words = models.CharField(
        "valeur, en mots", max_length=80, blank=True, help_text="« une quarantaine », « la moitié »."
    )
    verbatim = models.BooleanField("mot pour mot", default=True)
    speaker = models.CharField("qui le dit", max_length=200, blank=True)
    perimeter = models.CharField("périmètre, selon la source", max_length=300, blank=True)
    dating_words = models.CharField("date, selon la source", max_length=200, blank=True)
    caution = models.TextField("à ne pas en conclure", blank=True)

    class Meta:
        verbose_name = "citation"
        constraints = [models.UniqueConstraint(fields=["release", "key"], name="quotation_once")]

    def __str__(self) -> str:
        return self.wording
