"""Words are looked for in an index of their parts when few records have them: the same records are found."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Model, QuerySet

from agglo.figures.models import Subject
from agglo.figures.text import search_key
from projects.models import Project, Site
from projects.search_parts import parts_of

pytestmark = pytest.mark.django_db

NAMES = (
    "Zone d’activité de l’Étang", "Nœux-les-Mines, fosse n° 7 bis", "L'Œuvre & C°", "Z.A. du Moulin à Vent",
    "100 % énergie", "ZI_nord_2", "a", "aa", "aaaa", "aaa aaa", "Été", "çà et là", "Straße 12", "É", "Rue O",
    "X2", "Parc|Tube", "Parc\\Revers", "Bout-du-monde", "Porte de l'A26", "ab abc abcd", "cd ab bc",
    "İzmir ﬁnition", "Ελληνικό πάρκο", "日本語工業団地", "e\u0301cole", "𝟙𝟚𝟛 maths", "  blancs  partout  ",
    "(parenthèses)", "Logisterra26", "2 26 126", "L’Hôtel-de-l’Île-d’Or", "mot" * 60, "fin de mot",
)  # fmt: skip
SAID = (
    "étang", "ETANG", "l'étang", "noeux", "Nœux", "mines fosse", "œuvre", "z a", "za", "100 %", "%", "_",
    "100%", "zi_nord", "zi nord", "nord_", "a", "aa", "aaa", "aaaa", "aaaaa", "ete", "strasse", "straße",
    "日本語", "本語工", "本", "a26", "A 26", "26", "126", "fictif", "fictif 12", "banal 5", "rue o", "tube",
    "parc|tube", "arc", "revers", "ab bc", "abc abcd", "abcde", "motmot", "tmo", "zzz", "", "   ", "!!!",
    "île d'or", "inition", "πάρκο", "école ecole", "quartz zzz", "quartz",
)  # fmt: skip


def lay(model: type[Model], **told) -> None:
    """Odd names among many of which most parts are common; one record in two is public."""
    names = [*NAMES, "Quartz", *(f"Lieu fictif et banal {n}" for n in range(200))]
    scheme = model._meta.model_name.upper()
    subjects = Subject.objects.bulk_create(
        Subject(scheme=scheme, code=f"s{n}", name="x") for n in range(len(names))
    )
    rows = [
        model(subject=subject, slug=subject.code, name=name, source="essai", published=n % 2 == 0, **told)
        for n, (subject, name) in enumerate(zip(subjects, names, strict=True))
    ]
    for row in rows:
        row.fill_search_key()
    model.objects.bulk_create(rows)


def analyse(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {model._meta.db_table}")


def plainly(rows: QuerySet, said: str) -> set[int]:
    words = search_key(said).split()
    return {key for key, text in rows.values_list("pk", "search_key") if all(word in text for word in words)}


@pytest.mark.parametrize("analysed", [False, True])
@pytest.mark.parametrize(
    ("model", "told"), [(Site, {"kind": "park"}), (Project, {"kind": "site", "axis": "industrie"})]
)
def test_any_words_find_the_records_whose_keys_hold_them(model, told, analysed):
    lay(model, **told)
    if analysed:
        analyse(model)
    chance = random.Random(26)
    keys = list(model.objects.values_list("search_key", flat=True))
    cut = [
        key[start : start + chance.randint(1, 9)]
        for key in chance.choices(keys, k=150)
        for start in [chance.randrange(len(key))]
    ]
    public = model.objects.visible_to(AnonymousUser())
    for said in (*SAID, *cut):
        assert set(model.objects.search(said).values_list("pk", flat=True)) == plainly(model.objects, said), (
            said
        )
        assert set(public.search(said).values_list("pk", flat=True)) == plainly(public, said), said


@pytest.mark.parametrize(
    ("said", "by_parts"),
    [
        ("quartz", True),
        ("zzz", True),
        ("fictif quartz", True),
        ("fictif", False),
        ("lieu banal", False),
        ("z", False),
    ],
)
def test_rare_words_are_read_in_the_index_and_common_or_short_ones_are_not(said, by_parts):
    lay(Site, kind="park")
    analyse(Site)
    assert ("site_by_parts" in Site.objects.search(said).explain()) is by_parts


def test_without_statistics_every_key_is_read_as_before():
    lay(Site, kind="park")
    assert "projects_parts" not in Site.objects.search("quartz").explain()


def test_a_key_has_all_the_parts_of_each_of_its_words():
    lay(Site, kind="park")
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_key, projects_parts(search_key) FROM projects_site")
        for key, parts in cursor.fetchall():
            assert set(parts_of(key.split())) <= set(parts), key
