"""What a load writes, and what it leaves alone."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from agglo.figures.models import Observation, Release, Series
from agglo.figures.vocabulary import Reason, State
from agglo.opendata.declaration import Edition
from agglo.opendata.errors import Implausible, OlderRelease
from agglo.opendata.loading import load
from agglo.opendata.models import RefusedRow
from agglo.opendata.refresh import Options, preview, refresh
from tests.opendata.conftest import COLUMNS, held, packed, page, row, table
from tests.opendata.toy import TOY_TABLE
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db


def play(replay, content, **more):
    replay.play("/file/TOYS", Reply(content, "text/csv", **more))


def run(replay, content, **options):
    play(replay, content)
    return refresh("toy-table", Options(base_url=replay.url, **options))


def counts(done):
    return (done.added, done.revised, done.unchanged, done.withdrawn)


def test_a_long_table_becomes_figures_with_their_source(ground, replay):
    done = run(replay, table(row(value="10"), row(geo="62178", value="7.5"), row(activity="BE", value="3")))
    assert (done.status, counts(done)) == ("succeeded", (3, 0, 0, 0)), done.error
    assert held() == {
        ("62119", 2023, ""): Decimal(10),
        ("62178", 2023, ""): Decimal("7.5"),
        ("62119", 2023, "ACTIVITY=BE"): Decimal(3),
    }
    figure = Observation.objects.first()
    assert (figure.period_start, figure.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert figure.release.checksum == done.answers.get().checksum
    assert figure.release.dataset.licence == "Licence Ouverte 2.0"
    assert figure.reason == Reason.FIRST


def test_a_revision_closes_the_old_value_and_keeps_it(ground, replay):
    run(replay, table(row(value="10"), row(geo="62178", value="7")))
    done = run(replay, table(row(value="11"), row(geo="62178", value="7")))
    assert counts(done) == (0, 1, 1, 0)
    old, new = Observation.objects.filter(series__subject__code="62119").order_by("known_from")
    assert (old.value, new.value, new.reason) == (10, 11, Reason.SOURCE_REVISED)
    assert old.known_to == new.known_from
    assert Observation.objects.filter(series__subject__code="62178").count() == 1


def test_what_disappears_from_a_complete_answer_is_withdrawn_once(ground, replay):
    run(replay, table(row(), row(geo="62178"), row(geo="62048")))
    done = run(replay, table(row(), row(geo="62178")))
    assert counts(done) == (0, 0, 2, 1)
    gone = Observation.objects.get(known_to=None, series__subject__code="62048")
    assert (gone.state, gone.value, gone.reason) == (State.MISSING, None, Reason.WITHDRAWN)
    again = run(replay, table(row(), row(geo="62178")), force=True)
    assert (again.status, counts(again)) == ("unchanged", (0, 0, 2, 0))
    back = run(replay, table(row(), row(geo="62178"), row(geo="62048", value="4")))
    assert counts(back) == (0, 1, 2, 0)


def test_an_incomplete_answer_withdraws_nothing(ground, replay, declared):
    from dataclasses import replace

    declared["toy-table"] = replace(TOY_TABLE, complete=False)
    run(replay, table(row(), row(geo="62178")))
    assert counts(run(replay, table(row()))) == (0, 0, 1, 0)


def test_an_identical_reload_writes_no_figure_and_no_release(ground, replay):
    content = table(row(), row(geo="62178"))
    run(replay, content)
    again = run(replay, content)
    assert (again.status, again.unchanged, again.release) == ("unchanged", 2, None)
    compared = run(replay, content, force=True)
    assert (compared.status, counts(compared)) == ("unchanged", (0, 0, 2, 0))
    assert (Observation.objects.count(), Release.objects.count()) == (2, 1)


def test_a_confidential_cell_and_an_empty_one_are_two_states(ground, replay):
    run(
        replay,
        table(
            row(value="", status="C"), row(geo="62178", value="", status="O"), row(geo="62048", value="NaN")
        ),
    )
    states = dict(Observation.objects.values_list("series__subject__code", "state"))
    assert states == {"62119": State.CONFIDENTIAL, "62178": State.MISSING, "62048": State.MISSING}


@pytest.mark.parametrize("kind", ["zip", "gzip", "bom", "comma", "order"])
def test_every_packing_gives_the_same_figures(ground, replay, kind):
    rows = (row(), row(geo="62178", value="8"))
    content = table(*rows)
    if kind == "zip":
        bundle = io.BytesIO()
        with zipfile.ZipFile(bundle, "w") as archive:
            archive.writestr("TOYS_metadata.csv", "COD_VAR;LIB_VAR\n")
            archive.writestr("TOYS_data.csv", content)
        content = bundle.getvalue()
    elif kind == "gzip":
        content = packed(content)
    elif kind == "bom":
        content = table(*rows, bom=True)
    elif kind == "comma":
        content = table(*rows, delimiter=",")
    elif kind == "order":
        content = table(*rows, columns=[*reversed(COLUMNS)])
    done = run(replay, content)
    assert counts(done) == (2, 0, 0, 0), done.error
    assert held() == {("62119", 2023, ""): 10, ("62178", 2023, ""): 8}


def test_a_territory_we_do_not_follow_is_skipped_not_refused_when_the_file_holds_all_of_france(
    ground, replay, declared
):
    from dataclasses import replace

    declared["toy-table"] = replace(TOY_TABLE, unknown_subject="skip")
    done = run(replay, table(row(), row(geo="75056"), row(geo="75", level="DEP")))
    assert (counts(done), done.skipped, done.refused) == ((1, 0, 0, 0), 2, 0)


def test_a_row_of_no_declared_measure_is_skipped(ground, replay):
    done = run(replay, table(row(), row(measure="SOLD")))
    assert (done.added, done.skipped, done.refused) == (1, 1, 0)


def test_two_measures_in_one_file_make_two_series(ground, replay):
    run(replay, table(row(), row(measure="MADE", value="2")))
    assert set(Series.objects.values_list("measure_version__measure__code", flat=True)) == {
        "toys",
        "toys-made",
    }


def test_json_and_table_give_the_same_figures(ground, replay):
    rows = (row(value="10"), row(geo="62178", value="7.5"), row(geo="62048", value="", status="C"))
    run(replay, table(*rows))
    replay.play("/data/TOYS", Reply(page(*rows)))
    done = refresh("toy-json", Options(base_url=replay.url))
    assert counts(done) == (3, 0, 0, 0), done.error
    assert held(series__dataset__code="toy-json") == held(series__dataset__code="toy-table")


def test_a_dry_run_shows_old_and_new_and_writes_nothing(ground, replay):
    run(replay, table(row(value="10"), row(geo="62178")))
    play(replay, table(row(value="12"), row(geo="62048")))
    seen = preview("toy-table", Options(base_url=replay.url))
    assert counts(seen) == (1, 1, 0, 1)
    changes = {(d.kind, d.code): (d.old, d.new) for d in seen.differences}
    assert changes == {
        ("added", "62048"): (None, 10),
        ("revised", "62119"): (10, 12),
        ("withdrawn", "62178"): (10, None),
    }
    assert held() == {("62119", 2023, ""): 10, ("62178", 2023, ""): 10}
    assert not Series.objects.filter(subject__code="62048").exists()


def test_an_old_edition_is_known_from_its_day(ground, replay):
    run(replay, table(row(value="8.5")), known_from="2023-12-15", edition="2023-T3")
    run(replay, table(row(value="8.4")), known_from="2026-03-20", edition="2025-T4")
    then = datetime(2024, 6, 1, tzinfo=UTC)
    assert Observation.objects.known_on(then).get().value == Decimal("8.5")
    assert Observation.objects.known_on().get().value == Decimal("8.4")


def test_an_older_edition_after_a_newer_one_is_refused(ground, replay):
    run(replay, table(row(value="8.4")), edition="2025-T4")
    late = run(replay, table(row(value="8.5")), edition="2023-T3")
    assert late.status == "failed"
    assert "plus ancienne que celle déjà chargée (2025-T4)" in late.error
    assert held() == {("62119", 2023, ""): Decimal("8.4")}


def test_the_day_a_file_was_last_changed_orders_editions(ground, replay):
    newer = {"Last-Modified": "Thu, 23 Jul 2026 08:00:00 GMT"}
    older = {"Last-Modified": "Mon, 05 Jan 2026 08:00:00 GMT"}
    play(replay, table(row(value="2")), headers=newer)
    assert refresh("toy-table", Options(base_url=replay.url)).edition == "2026-07-23"
    play(replay, table(row(value="1")), headers=older)
    late = refresh("toy-table", Options(base_url=replay.url))
    assert (late.status, held()) == ("failed", {("62119", 2023, ""): 2})


def test_figures_known_later_are_not_replaced_by_earlier_knowledge(ground, replay, declared):
    answers = run(replay, table(row(value="1"))).answers
    assert answers.count() == 1
    from agglo.opendata.gathering import kept_answer

    play(replay, table(row(value="2")))
    second = kept_answer(refresh("toy-table", Options(base_url=replay.url)).answers.get())
    first = kept_answer(answers.get())
    with pytest.raises(OlderRelease, match="ne peut plus les remplacer"):
        load(TOY_TABLE, [first], known_from=datetime(2020, 1, 1, tzinfo=UTC), edition=Edition(code="unlike"))
    assert second.checksum != first.checksum
    assert held() == {("62119", 2023, ""): 2}


def test_an_archived_answer_can_be_read_again_offline(ground, replay):
    first = run(replay, table(row(value="1")))
    replay.stop()
    again = refresh("toy-table", Options(replay=first.pk))
    assert (again.status, again.unchanged) == ("unchanged", 1)


def test_an_implausible_answer_is_held_and_a_person_may_accept_it(ground, replay):
    run(replay, table(row(), row(geo="62178"), row(geo="62048")))
    held_back = run(replay, table(row()))
    assert held_back.status == "implausible"
    assert "66,7\u00a0% des chiffres seraient retirés d’un coup" in held_back.error
    assert len(held()) == 3
    assert held_back.withdrawn == 2
    taken = refresh(
        "toy-table", Options(replay=held_back.pk, accept="Fusion de communes confirmée par le producteur")
    )
    assert (taken.status, taken.withdrawn) == ("succeeded", 2)


def test_a_load_of_nothing_is_implausible(ground, replay):
    with pytest.raises(Implausible, match="0 chiffre utilisable"):
        answer = _answer(replay, table())
        load(TOY_TABLE, [answer])


def _answer(replay, content):
    from agglo.opendata.door import Door

    play(replay, content)
    with Door(TOY_TABLE, base_url=replay.url) as door:
        return door.get("/file/TOYS")


def test_the_loads_statements_do_not_grow_with_the_rows(ground, replay):
    few = _answer(replay, table(row()))
    many = _answer(
        replay, table(*[row(geo=geo, period=str(y)) for geo in ("62119", "62178") for y in range(1990, 2024)])
    )
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as first:
        load(TOY_TABLE, [few])
    with CaptureQueriesContext(connection) as second:
        load(TOY_TABLE, [many])
    assert len(second) <= len(first)
    assert RefusedRow.objects.count() == 0
