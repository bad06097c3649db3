"""Recherche d’entreprises: the quoted answers of September 2026, then our questions to a replaying server."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from agglo.figures import reading
from agglo.figures.vocabulary import State
from agglo.indicators import recherche_entreprises as search
from agglo.indicators.bundling import Page
from agglo.opendata.declaration import find
from agglo.opendata.errors import FinalError, RetryableError, WrongAnswer
from agglo.opendata.limits import rate_of
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import ReplayServer, Reply, spoiled

E = "200072460"
EPCI = ("EPCI", E)


@pytest.fixture
def quoted(samples):
    found = json.loads(
        (samples / "recherche-entreprises_samples_2026-09-09.json").read_text(encoding="utf-8")
    )
    return found["samples"]


def bundled(read, *pages):
    held = [{"path": path, "body": content} for path, content in pages]
    return read(json.dumps({"period": "2026-11", "pages": held}).encode())


def shop(siret, commune="62119", state="A"):
    return {"siret": siret, "commune": commune, "etat_administratif": state}


def answered(*companies, total=None):
    results = [{"siren": str(n), "matching_etablissements": list(one)} for n, one in enumerate(companies)]
    return {"total_results": len(results) if total is None else total, "results": results}


LIST = f"/search?epci={E}&est_ess=true&page="


def test_the_quoted_answers_have_the_envelope_that_is_read(quoted):
    read = [search.envelope(Page("", one["response"]))[0] for one in quoted if one["status"] == 200 and
            isinstance(one["response"].get("results"), list)]  # fmt: skip
    assert read == [57, 9, 10_000, 0]


def test_the_quoted_closed_establishment_of_an_active_company_is_not_counted(quoted, read):
    (near,) = [
        one["response"]
        for one in quoted
        if one["request"].startswith("GET https") and "near_point" in one["request"]
    ]
    closed = near["results"][0]["matching_etablissements"]
    assert [one["etat_administratif"] for one in closed] == ["F"]
    found = {"total_results": 1, "results": near["results"]}
    answer = bundled(read, (LIST + "1", found))
    assert [row.value for row in search.establishments(answer, ["75104"], "2026-11")] == ["0"]


def test_the_quoted_open_establishment_is_counted_where_it_stands_not_at_its_head_office(quoted, read):
    bakery = quoted[0]["response"]["results"]
    answer = bundled(read, (LIST + "1", {"total_results": 1, "results": bakery}))
    rows = search.establishments(answer, ["75111", "75102"], "2026-11")
    assert {row.code: row.value for row in rows} == {"75111": "1", "75102": "0"}


def test_the_quoted_refusals_are_said_in_french_and_never_tried_again(quoted):
    refused = [one for one in quoted if one["status"] in (400, 404)]
    assert len(refused) >= 6
    for one in refused:
        error = search.explain(one["status"], json.dumps(one["response"]))
        assert isinstance(error, FinalError)
        assert one["response"]["erreur"] in str(error)


def test_both_quoted_ways_of_asking_to_slow_down_are_one(quoted):
    slow = [one for one in quoted if one["status"] == 429]
    assert len(slow) == 2
    for one in slow:
        error = search.explain(429, one["response"])
        assert isinstance(error, RetryableError)
        assert error.wait == 3.0


def test_companies_and_establishments_are_two_figures(read):
    answer = bundled(read, (LIST + "1", answered([shop("1"), shop("2", "62178")], [shop("3", state="F")])))
    (companies,) = search.companies(answer, E, "2026-11")
    assert (companies.scheme, companies.measure, companies.value) == (
        "EPCI",
        "recherche-entreprises-ess",
        "2",
    )
    counts = {row.code: row.value for row in search.establishments(answer, ["62119", "62178"], "2026-11")}
    assert counts == {"62119": "1", "62178": "1"}


def test_at_the_ceiling_the_number_is_not_known(read):
    answer = bundled(read, ("/search?code_commune=62119&est_rge=true&page=1", answered(total=10_000)))
    (row,) = search.companies(answer, E, "2026-11")
    assert (row.value, row.state) == (None, State.MISSING)


def test_a_lost_page_is_noticed(read):
    answer = bundled(read, (LIST + "1", answered([shop("1")], total=60)))
    with pytest.raises(WrongAnswer, match="manquent"):
        list(search.establishments(answer, ["62119"], "2026-11"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"resultats": []}, "forme attendue"),
        ({"total_results": 1, "results": [{"siren": "1"}]}, "liste de ses établissements"),
        ({"total_results": 1, "results": [{"matching_etablissements": [{"siret": "1"}]}]}, "commune, etat"),
    ],
)
def test_a_changed_form_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        list(search.establishments(bundled(read, (LIST + "1", content)), ["62119"], "2026-11"))


class Service(ReplayServer):
    """Thirty ESS companies over two pages, one establishment each; two RGE companies everywhere."""

    def reply(self, target: str) -> Reply:
        if self.scenes:
            return super().reply(target)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        if "est_rge" in asked:
            return Reply(json.dumps(answered(total=2)).encode())
        if "code_commune" in asked:
            return Reply(json.dumps(answered(total=1)).encode())
        first = (int(asked["page"]) - 1) * 25
        companies = [[shop(str(n), "62119" if n % 2 else "62178")] for n in range(first, min(first + 25, 30))]
        return Reply(json.dumps(answered(*companies, total=30)).encode())


@pytest.fixture
def service(replay):
    """In place of the replaying server, whose archive and patience it keeps."""
    server = Service().start()
    yield server
    server.stop()


@pytest.mark.django_db
def test_every_commune_is_asked_and_every_page_is_read(territory, service):
    run = refresh("recherche-entreprises", Options(base_url=service.url))
    assert run.status == "succeeded", run.error
    codes = [*search.COMPANIES.values(), search.ESTABLISHMENTS]
    latest = reading.latest(codes, [EPCI, ("COM", "62119")])
    assert latest["recherche-entreprises-ess", *EPCI].value == 30
    assert latest["recherche-etablissements-ess", *EPCI].value == 30
    assert latest["recherche-etablissements-ess", "COM", "62119"].value == 15
    assert latest["recherche-entreprises-rge", *EPCI].value == 2
    asked = service.asked("/search")
    assert len(asked) == 100 * 2 + 1 + 2
    assert all("minimal=true" in seen.path and "etat_administratif=A" in seen.path for seen in asked)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["html", "wrong-json", "500"])
def test_a_spoiled_answer_writes_nothing(territory, service, fault):
    service.play("/search", spoiled(fault, Reply(json.dumps(answered()).encode())))
    assert refresh("recherche-entreprises", Options(base_url=service.url)).status == "failed"
    assert reading.latest([search.ESTABLISHMENTS], [EPCI]) == {}


def test_turns_at_the_host_keep_under_seven_requests_a_second(settings):
    settings.OPENDATA_PACE = 1.0
    host = urlsplit(find("recherche-entreprises").base_url).hostname
    assert 1 / rate_of(host).interval < 7
