"""The files of sites and of projects: every column, once."""

from decimal import Decimal

from agglo.figures.vocabulary import Origin
from agglo.territory.models import Kind, Territory
from projects.models import Axis, Gate, Organisation, Project, Site

from .columns import KEY, Column, Sheet, Told
from .kinds import Number, Reference, Slug, Text, YesNo, choices

KEY_MEANING = "La fin de l’adresse de sa page. Vide pour une nouvelle fiche : il se fait du nom."
CLASS_MEANING = "Attesté, ou inventé pour la démonstration. Une fiche ajoutée par fichier est attestée."
# Wide enough for metropolitan France: outside, two numbers were swapped or a sign was lost.
LATITUDES, LONGITUDES = (Decimal(41), Decimal(52)), (Decimal(-6), Decimal(10))


def _told(words: str) -> tuple[Column, ...]:
    return (
        Column("source", f"Qui le dit : {words}", Text(200), "source", required=True),
        Column("mots_de_la_source", "Ce que la source écrit.", Text(), "wording"),
    )


def _point(told: Told) -> list[tuple[str, str]]:
    wrong = []
    latitude, longitude = told["latitude"], told["longitude"]
    if bool(latitude) != bool(longitude):
        wrong.append(
            (
                "longitude" if latitude else "latitude",
                "Un point a une latitude et une longitude : il en manque une.",
            )
        )
    if told["precision_du_point"] == Site.Position.STATED.label and not latitude:
        wrong.append(("precision_du_point", "« point relevé » demande une latitude et une longitude."))
    return wrong


def _communes(codes: set[str]) -> dict[str, int]:
    found = Territory.objects.filter(kind=Kind.COMMUNE, subject__code__in=codes)
    return dict(found.values_list("subject__code", "pk"))


def _organisations(slugs: set[str]) -> dict[str, int]:
    return dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "pk"))


def _sites(slugs: set[str]) -> dict[str, int]:
    return dict(Site.objects.filter(slug__in=slugs).values_list("slug", "pk"))


SITES = Sheet(
    code="sites",
    title="Sites",
    one="site",
    many="sites",
    definition=(
        "Un site est un lieu d’activité passé, présent ou à venir. Les lignes « fictif – démonstration » sont"
        " inventées et ne se comptent pas."
    ),
    model=Site,
    records=Site.objects.all,
    columns=(
        Column(KEY, KEY_MEANING, Slug(), "slug"),
        Column("nom", "Le nom du site.", Text(200), "name", required=True),
        Column("nature", "Ce que le site est.", choices(Site.Kind.choices), "kind", required=True),
        Column(
            "code_commune",
            "Le code Insee de sa commune, pas le code postal.",
            Reference(what="le code Insee d’une commune que nous connaissons"),
            "commune_id",
            "commune__subject__code",
        ),
        Column("commune", "Le nom de la commune de ce code.", Text(), path="commune__subject__name"),
        Column("adresse", "Numéro et voie.", Text(300), "address"),
        Column("latitude", "En degrés.", Number(places=5, low=LATITUDES[0], high=LATITUDES[1]), "latitude"),
        Column(
            "longitude", "En degrés.", Number(places=5, low=LONGITUDES[0], high=LONGITUDES[1]), "longitude"
        ),
        Column(
            "precision_du_point",
            "D’où vient le point.",
            choices(Site.Position.choices),
            "position",
            required=True,
        ),
        Column("pollution", "Pollution du sol.", choices(Site.Pollution.choices), "pollution", required=True),
        Column("pollution_precisions", "Ce qu’on en sait.", Text(300), "pollution_words"),
        Column("zonage", "Zone du plan d’urbanisme.", Text(120), "zoning"),
        Column("presentation", "Ce que la page du site dit en premier.", Text(), "about"),
        Column("publie", "Si le public le voit.", YesNo(), "published", required=True),
        *_told("document, service ou personne morale"),
        Column("classe", CLASS_MEANING, choices(Origin.choices), path="origin"),
    ),
    twins=("nom", "code_commune"),
    rules=_point,
    scheme="SITE",
    nature=lambda site: "site fictif" if site.is_demo else site.get_kind_display(),
    named=("commune__subject",),
    references={"code_commune": _communes},
)

PROJECTS = Sheet(
    code="projets",
    title="Projets",
    one="projet",
    many="projets",
    definition=(
        "Un projet est ce que quelqu’un annonce, engage ou mène. Son étape se change sur sa page : chaque"
        " passage a sa date et sa preuve."
    ),
    model=Project,
    records=Project.objects.all,
    columns=(
        Column(KEY, KEY_MEANING, Slug(), "slug"),
        Column("intitule", "Le nom du projet.", Text(200), "name", required=True),
        Column("nature", "Ce que le projet fait.", choices(Project.Kind.choices), "kind", required=True),
        Column(
            "axe", "Le chapitre de la politique économique.", choices(Axis.choices), "axis", required=True
        ),
        Column(
            "porteur",
            "Le repère de l’organisation qui le mène.",
            Reference(what="le repère d’une organisation que nous connaissons"),
            "lead_id",
            "lead__slug",
        ),
        Column("porteur_nom", "Le nom du porteur.", Text(), path="lead__name"),
        Column(
            "site",
            "Le repère du site où il se passe.",
            Reference(what="le repère d’un site que nous connaissons"),
            "site_id",
            "site__slug",
        ),
        Column("site_nom", "Le nom du site.", Text(), path="site__name"),
        Column("presentation", "Ce que la page du projet dit en premier.", Text(), "about"),
        Column("publie", "Si le public le voit.", YesNo(), "published", required=True),
        *_told("document, service ou personne morale"),
        Column("etape", "La dernière étape franchie.", choices(Gate.choices), path="gate"),
        Column("classe", CLASS_MEANING, choices(Origin.choices), path="origin"),
    ),
    twins=("intitule", "porteur"),
    rules=lambda told: [],
    scheme="PROJET",
    nature=lambda project: "projet fictif" if project.is_demo else "projet",
    named=("lead", "site"),
    references={"porteur": _organisations, "site": _sites},
)

SHEETS = {sheet.code: sheet for sheet in (SITES, PROJECTS)}
