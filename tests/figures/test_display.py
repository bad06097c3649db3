"""Words around a figure are French."""

import pytest

from agglo.figures.display import to_the


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("actifs résidents", "aux actifs résidents"),
        ("locaux", "aux locaux"),
        ("population de 15 à 64 ans", "à la population de 15 à 64 ans"),
        ("effectif salarié privé", "à l’effectif salarié privé"),
        ("nombre de ménages", "au nombre de ménages"),
        ("ménage", "à\u00a0: ménage"),
    ],
)
def test_a_denominator_is_introduced_with_its_article(name: str, words: str) -> None:
    assert to_the(name) == words
