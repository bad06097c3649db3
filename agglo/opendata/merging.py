"""Staged figures against those held: what is new, revised, unchanged or withdrawn; then the one write.

A revision closes the interval of what was held and opens another; nothing is overwritten. What did not
change is not touched, so that an identical answer writes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.backends.utils import CursorWrapper

from agglo.figures.models import Dataset, Release
from agglo.figures.vocabulary import Evidence, Reason, State
from agglo.opendata.counts import Counts
from agglo.opendata.declaration import Declaration
from agglo.opendata.errors import Implausible, OlderRelease
from agglo.opendata.mapping import KEPT_REFUSALS, STAGED, Mapped, write_down
from agglo.opendata.staging import Raw
from agglo.opendata.wording import count, share

# What is open in the ledger for this dataset.
HELD = """(SELECT o.id, o.series_id, o.period_start, o.period_end, o.value, o.state, o.obs_status, o.reason,
                  o.known_from
           FROM figures_observation o WHERE o.known_to IS NULL AND o.period_start IS NOT NULL
           AND o.series_id IN (SELECT id FROM figures_series WHERE dataset_id = %s))"""
WITHDRAWN = f"(o.state = {State.MISSING.value} AND o.reason = {Reason.WITHDRAWN.value})"


@dataclass(slots=True)
class Compared(Counts):
    """What differs. `held` counts the figures that were open before."""

    repeated: int = 0
    held: int = 0


def compare(cursor: CursorWrapper, dataset: Dataset, raw: Raw, mapped: Mapped, *, complete: bool) -> Compared:
    """Fill `diff` with what differs. Repeated rows are noticed by counting, and only then looked for."""
    complete = complete and not raw.malformed
    result = Compared()
    cursor.execute(f"SELECT count(*) FROM {HELD} o", [dataset.pk])
    (result.held,) = cursor.fetchone()
    _fill(cursor, dataset, mapped)
    if _repeats(cursor, mapped, result):
        if mapped.figures != STAGED:
            write_down(cursor, mapped)
        result.repeated = _settle_repeats(cursor, raw, mapped)
        _fill(cursor, dataset, mapped)
    if complete:
        _spare_doubtful(cursor)
    else:
        cursor.execute("DELETE FROM diff WHERE series_id IS NULL")
    cursor.execute(
        "SELECT count(*) FILTER (WHERE held IS NULL), "
        " count(*) FILTER (WHERE held IS NOT NULL AND series_id IS NOT NULL),"
        " count(*) FILTER (WHERE series_id IS NULL) FROM diff"
    )
    result.added, result.revised, result.withdrawn = cursor.fetchone()
    result.unchanged = mapped.staged - result.added - result.revised
    return result


def _fill(cursor: CursorWrapper, dataset: Dataset, mapped: Mapped) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.diff")
    cursor.execute(
        f"""CREATE TEMP TABLE diff ON COMMIT DROP AS
        SELECT s.series_id, s.first, s.last, s.value, s.state, s.status, o.id AS held,
               o.series_id AS held_series,
               o.period_start AS held_first, o.period_end AS held_last, o.value AS was, o.state AS was_state,
               o.known_from AS held_from, {WITHDRAWN} AS gone
        FROM {mapped.figures} s FULL JOIN {HELD} o
          ON o.series_id = s.series_id AND o.period_start = s.first AND o.period_end = s.last
        WHERE s.series_id IS NULL OR o.id IS NULL
           OR s.value IS DISTINCT FROM o.value OR s.state <> o.state OR s.status <> o.obs_status""",
        [dataset.pk],
    )


def _repeats(cursor: CursorWrapper, mapped: Mapped, result: Compared) -> bool:
    """Whether some figure was said twice: rows that met a held figure must be as many as figures met."""
    cursor.execute(
        "SELECT count(*) FILTER (WHERE held IS NULL), count(*) FILTER (WHERE series_id IS NULL) FROM diff"
    )
    added, absent = cursor.fetchone()
    if mapped.staged - added != result.held - absent:
        return True
    cursor.execute(
        "SELECT EXISTS (SELECT 1 FROM diff WHERE held IS NULL"
        " GROUP BY series_id, first, last HAVING count(*) > 1)"
    )
    return cursor.fetchone()[0]


def _settle_repeats(cursor: CursorWrapper, raw: Raw, mapped: Mapped) -> int:
    """Rows said twice alike count once; rows that contradict each other are all refused. Returns the
    former.
    """
    cursor.execute("DROP TABLE IF EXISTS pg_temp.repeated")
    cursor.execute(
        """CREATE TEMP TABLE repeated ON COMMIT DROP AS
        SELECT series_id, first, last, min(at) AS kept,
               count(DISTINCT (coalesce(trim_scale(value)::text, ''), state, status)) > 1 AS contradictory,
               left(string_agg(DISTINCT coalesce(trim_scale(value)::text, 'vide'), ' et '), 200) AS words
        FROM staged GROUP BY series_id, first, last HAVING count(*) > 1"""
    )
    cursor.execute("ANALYZE repeated")
    line = "c0" if raw.from_rows else "line" if raw.has_line else "row_number() OVER () + 1"
    content = ", ".join(f"r.c{i}" for i in range(1 if raw.from_rows else 0, len(raw.header)))
    cursor.execute(
        f"""SELECT r.at_line, concat_ws(';', {content}), p.words
        FROM (SELECT *, ctid AS place, {line} AS at_line FROM raw) r
        JOIN staged s ON s.at = r.place JOIN repeated p USING (series_id, first, last)
        WHERE p.contradictory ORDER BY 1 LIMIT %s""",
        [KEPT_REFUSALS],
    )
    for at, words, values in cursor.fetchall():
        mapped.refused.append((at, words[:2000], f"deux lignes se contredisent\u00a0: {values}"[:300]))
    cursor.execute("INSERT INTO doubtful SELECT series_id, first, last FROM repeated WHERE contradictory")
    cursor.execute(
        "DELETE FROM staged s USING repeated p WHERE p.contradictory AND s.series_id = p.series_id"
        " AND s.first = p.first AND s.last = p.last"
    )
    refused = cursor.rowcount
    cursor.execute(
        "DELETE FROM staged s USING repeated p WHERE s.series_id = p.series_id AND s.first = p.first"
        " AND s.last = p.last AND s.at <> p.kept"
    )
    alike = cursor.rowcount
    mapped.refused_count += refused
    mapped.staged -= refused + alike
    return alike


def _spare_doubtful(cursor: CursorWrapper) -> None:
    """A figure whose row was refused is in the answer all the same: it was not withdrawn. Nor twice
    withdrawn.
    """
    cursor.execute("ANALYZE doubtful")
    cursor.execute("DELETE FROM diff WHERE series_id IS NULL AND gone")
    cursor.execute(
        "DELETE FROM diff d USING doubtful u WHERE d.series_id IS NULL AND u.series_id = d.held_series"
        " AND (u.first IS NULL OR (u.first = d.held_first AND u.last = d.held_last))"
    )


def check_plausible(declaration: Declaration, mapped: Mapped, result: Compared) -> None:
    """Raises Implausible, saying what is too much."""
    allowed = declaration.plausible
    usable, read = mapped.staged, mapped.staged + mapped.refused_count + result.repeated
    faults = []
    if usable < allowed.min_rows:
        faults.append(
            f"la réponse ne donne que {count(usable, 'chiffre utilisable', 'chiffres utilisables')},"
            f" au moins {count(allowed.min_rows, 'attendu', 'attendus')}"
        )
    if read and mapped.refused_count / read > allowed.max_refused:
        faults.append(
            f"{share(mapped.refused_count / read)} des lignes sont refusées"
            f" (plafond {share(allowed.max_refused)})"
        )
    if result.held:
        for number, word, ceiling in (
            (result.revised, "révisés", allowed.max_revised),
            (result.withdrawn, "retirés", allowed.max_withdrawn),
        ):
            if number / result.held > ceiling:
                faults.append(
                    f"{share(number / result.held)} des chiffres seraient {word} d’un coup"
                    f" (plafond {share(ceiling)})"
                )
    if faults:
        raise Implausible(
            f"La réponse est peu vraisemblable\u00a0: {' ; '.join(faults)}. Vérifiez-la auprès du producteur,"
            " puis libérez-la en disant pourquoi, ou attendez la suivante."
        )


def merge(cursor: CursorWrapper, release: Release, known_from: datetime) -> None:
    """Close what was held, open what is said now. Raises OlderRelease when something newer is already
    held.
    """
    cursor.execute("SELECT max(held_from) FROM diff WHERE held IS NOT NULL")
    (newest,) = cursor.fetchone()
    if newest is not None and newest >= known_from:
        raise OlderRelease(
            f"Des chiffres connus depuis le {newest:%d/%m/%Y} sont déjà enregistrés\u00a0: une"
            " réponse connue le"
            f" {known_from:%d/%m/%Y} ne peut plus les remplacer. Chargez les éditions dans l’ordre."
        )
    if newest is not None:
        # Without the number of what is held, the whole ledger might be read to find it.
        cursor.execute("ANALYZE diff (held)")
        cursor.execute(
            "UPDATE figures_observation o SET known_to = %s FROM diff d WHERE o.id = d.held", [known_from]
        )
    cursor.execute(
        f"""INSERT INTO figures_observation (series_id, period_start, period_end, value, known_from,
                                             release_id, state, obs_status, reason, evidence)
        SELECT series_id, first, last, value, %s, %s, state, status,
               CASE WHEN held IS NULL THEN {Reason.FIRST.value} ELSE {Reason.SOURCE_REVISED.value} END,
               CASE WHEN status = 'E' THEN {Evidence.ESTIMATED.value} ELSE {Evidence.OBSERVED.value} END
        FROM diff WHERE series_id IS NOT NULL ORDER BY series_id, first""",
        [known_from, release.pk],
    )
    cursor.execute(
        f"""INSERT INTO figures_observation (series_id, period_start, period_end, known_from, release_id,
                                             state, obs_status, reason)
        SELECT held_series, held_first, held_last, %s, %s, {State.MISSING.value}, 'O',
               {Reason.WITHDRAWN.value}
        FROM diff WHERE series_id IS NULL""",
        [known_from, release.pk],
    )
