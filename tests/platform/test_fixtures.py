"""The shared fixtures do what they promise."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_test_database_orders_and_folds_alike_everywhere():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('BÉTHUNE'), 'Z' < 'a'")
        assert cursor.fetchone() == ("béthune", True)


@pytest.mark.browser
def test_axe_sees_a_picture_without_a_name(page, axe):
    page.set_content("<!doctype html><html lang='fr'><title>t</title><main><img src='data:,'></main></html>")
    assert any(line.startswith("image-alt") for line in axe(page))


@pytest.mark.browser
def test_axe_is_content_with_a_clean_page(page, axe):
    page.set_content("<!doctype html><html lang='fr'><title>t</title><main><h1>Un titre</h1></main></html>")
    assert axe(page) == []
