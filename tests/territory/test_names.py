"""One name for one place, whichever loader came first."""

from io import StringIO
from itertools import permutations

import pytest
from django.core.management import call_command

from agglo.figures.models import Subject
from agglo.figures.text import search_key

LOADERS = ("load_territory", "load_indicators", "load_facts")


@pytest.mark.parametrize("order", list(permutations(LOADERS)), ids=" ".join)
def test_the_authority_has_one_name_whatever_was_loaded_first(db, order):
    for loader in order:
        call_command(loader, stdout=StringIO())
    ours = Subject.objects.get(scheme="EPCI", code="200072460")
    assert str(ours) == "Béthune-Bruay, Artois-Lys Romane (communauté d’agglomération)"
    assert (ours.path, ours.search_key) == ("/communes/", search_key(ours.name))


def test_neighbours_keep_what_tells_them_from_a_town(loaded):
    assert str(Subject.objects.get(code="200033579")) == "CU d'Arras (communauté urbaine)"
    assert str(Subject.objects.get(code="200093201")) == "Métropole Européenne de Lille (métropole)"
