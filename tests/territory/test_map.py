"""The map: well formed, light, readable without colour, every commune a link."""

import gzip
import json
from datetime import date
from xml.etree import ElementTree

import pytest

from agglo.charts.french import number
from agglo.territory import dots
from agglo.territory.map import Place, map_of_communes, places, thresholds
from agglo.territory.models import Territory
from agglo.territory.shapes import redraw

SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture):
    return ElementTree.fromstring(picture.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@pytest.fixture
def contours(loaded, samples):
    """The recorded geometry (IGN 2018) of the communes."""
    body = json.loads((samples / "geo_communes_cabbalr_100.geojson").read_text(encoding="utf-8"))
    shapes = {f["properties"]["code"]: f["geometry"] for f in body["features"]}
    communes = list(Territory.objects.communes_of().select_related("subject"))
    for commune in communes:
        commune.contour, commune.contour_source, commune.contour_on = (
            shapes[commune.code],
            "essai",
            date.today(),
        )
    Territory.objects.bulk_update(communes, ["contour", "contour_source", "contour_on"])
    redraw()


def test_before_contours_every_commune_is_a_dot_and_a_named_link(loaded):
    picture = map_of_communes({"62119": 25_224}, unit="habitants")
    links = parsed(picture).findall(f"{SVG}a")
    assert len(links) == 100
    assert picture.drawn_as == "dots"
    titles = {a.get("href"): a.findtext(f"{SVG}title") for a in links}
    assert titles["/communes/62119/"] == "Béthune\u00a0: 25\u202f224\u00a0habitants"
    assert titles["/communes/62178/"] == "Bruay-la-Buissière\u00a0: n.d."


@pytest.mark.samples
def test_with_contours_the_map_weighs_less_than_25_kilobytes(contours):
    values = {p.code: p.population for p in places()}
    picture = map_of_communes(values, measure="Population", unit="habitants")
    assert len(parsed(picture).findall(f"{SVG}a/{SVG}path")) == 100
    assert len(gzip.compress(picture.svg.encode())) < 25_000
    assert "style=" not in picture.svg


@pytest.mark.samples
def test_contours_tell_the_neighbours(contours):
    near = [t.name for t in Territory.objects.coded("COM", "62119").get().neighbours.named()]
    assert "Annezin" in near
    assert "Isbergues" not in near


@pytest.mark.samples
def test_around_a_commune_only_its_surroundings_are_drawn(contours):
    links = parsed(map_of_communes(highlight="62119", around=True)).findall(f"{SVG}a")
    assert 5 < len(links) < 60
    assert [a.get("href") for a in links if a.get("aria-current")] == ["/communes/62119/"]


def test_classes_are_quantiles_and_equal_values_stay_together():
    assert thresholds(range(1, 101)) == [21, 41, 61, 81]
    assert thresholds([0] * 70 + [5] * 30) == [5]
    assert thresholds([3, 3, 3]) == []
    assert thresholds([]) == []


def test_the_legend_counts_every_commune_once_absent_ones_apart(loaded):
    values = {p.code: p.population for p in places()}
    values["62119"], values["62178"] = "s", None
    legend = map_of_communes(values, unit="habitants").legend
    assert sum(c.count for c in legend) == 100
    assert (legend[-1].level, legend[-1].count) == (0, 2)


def test_a_commune_without_value_is_hatched_not_only_paler(loaded):
    svg = map_of_communes({"62178": 1, "62119": "s"}).svg
    root = ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    marks = {a.get("href"): a.find(f"{SVG}circle") for a in root.findall(f"{SVG}a")}
    assert marks["/communes/62119/"].get("fill").startswith("url(#")
    assert marks["/communes/62178/"].get("fill") is None


def test_names_on_the_map_do_not_touch_and_the_largest_town_has_its_own(loaded):
    names = [t.text for t in parsed(map_of_communes()).iter(f"{SVG}text")]
    assert "Béthune" in names
    assert 4 <= len(names) <= 8


def test_the_drawing_of_the_home_page_is_one_ground_and_a_dot_for_each_commune(contours) -> None:
    svg = dots.draw(places())
    root = ElementTree.fromstring(svg)
    links = root.findall("a")
    assert len(links) == 100
    assert len(root.findall("path")) == 1
    bethune = next(link for link in links if link.get("href") == "/communes/62119/")
    assert bethune.find("title").text == f"Béthune, {number(25_224)} habitants"
    # The largest first, so that a small commune's dot is never under a large one's.
    radii = [float(link.find("circle").get("r")) for link in links]
    assert radii == sorted(radii, reverse=True)
    assert len(gzip.compress(svg.encode())) < 10 * 1024


def test_a_name_leaves_the_dot_of_another_large_commune_to_be_seen() -> None:
    def town(name: str, x: float, population: int) -> Place:
        return Place(name, name, f"/communes/{name}/", x, 100, population)

    root = ElementTree.fromstring(
        dots.draw([town("Grande", 300, 20_000), town("Voisine", 360, 10_000), town("Loin", 0, 10)])
    )
    anchors = {text.text: text.get("text-anchor") for text in root.iter("text")}
    assert anchors["Grande"] == "end"
    assert dots.draw([]) == ""


def test_a_name_is_escaped_in_the_drawing() -> None:
    svg = dots.draw([Place("1", "L’<b>", "/communes/1/", 0, 0, 9), Place("2", "B", "/communes/2/", 9, 9, 0)])
    assert "<b>" not in svg
    assert "population n.d." in svg
