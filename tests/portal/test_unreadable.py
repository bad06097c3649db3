"""An address that PostgreSQL could not look up is refused, not broken on."""

import pytest

from tests.people import client_of


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("staff", "/equipe/aides/nouvelle/?projet=%00"),
        ("staff", "/equipe/projets/nouveau/?site=%00"),
        ("anonymous", "/corrections/?mesure=a%00b"),
        ("anonymous", "/sites/%00/"),
    ],
)
def test_a_nul_in_an_address_is_refused_with_our_own_page(db, who, address):
    browser = client_of(who)
    browser.raise_request_exception = False
    answer = browser.get(address)
    assert answer.status_code == 400
    assert "Nous n’avons pas compris cette demande" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_three_characters_that_only_look_like_a_nul_pass(db):
    assert client_of("anonymous").get("/indicateurs/?q=%2500").status_code == 200
