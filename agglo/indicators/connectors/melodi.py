"""The datasets of Insee Melodi we follow.

The datasets, their levels and the population answers were read in answers recorded from the service. The
dimension codes of Flores, SIDE, BPE, census and Filosofi are REPORTED by people who use the service, not
recorded: a wrong one shows as a refusal in French and leaves the figures in place. Dataset names change
(`DS_SIDE_STOCKS_ET_COM` is reported renamed in July 2026): `MELODI_DATASETS` in the settings gives another
name without touching this file, for example `MELODI_DATASETS=insee-side-etablissements=DS_SIDE_STOCKS_COM`.

Executives of metropolitan functions (INN-05) are in none of the 96 datasets of the recorded catalogue:
nothing is asked for them. Rates are never asked where their two sides exist: the counts are, so that the
ratio of the agglomeration can be recomputed.
"""

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import melodi, melodi_pages
from agglo.opendata import probes
from agglo.opendata.declaration import Declaration, LongTable, Measured, Plausibility, Producer, register

INSEE = Producer("insee", "Insee", "https://www.insee.fr/")
CATALOGUE = "https://catalogue-donnees.insee.fr/fr/catalogue/recherche"
MOST = 100_000_000


def dataset(code: str, usual: str) -> str:
    """The name of a dataset at Melodi, unless the settings give another."""
    return settings.MELODI_DATASETS.get(code, usual)


def question(
    code: str, title: str, usual: str, delay: int, *measures: Measured, whole=None, **more
) -> Declaration:
    """A dataset asked by JSON, for our territories only; its catalogue entry says when it changed."""
    said = {
        "modified": probes.entry(f"catalog/{dataset(code, usual)}", ("modified",)),
        "parse": melodi.reader(*measures, whole=whole or {}),
        "fetch": melodi_pages.fetch_pages,
        "path": f"data/{dataset(code, usual)}",
        "expect": "json",
        **more,
    }
    return register(
        Declaration(
            code=code,
            title=title,
            source=INSEE,
            base_url=melodi_pages.BASE_URL,
            page=CATALOGUE,
            licence="Licence Ouverte 2.0",
            rhythm=Rhythm.YEARLY,
            publication_delay=delay,
            measures=measures,
            schemes=melodi_pages.SCHEMES,
            explain=melodi_pages.explain,
            unknown_subject="skip",
            plausible=Plausibility(max_withdrawn=0.2),
            **said,
        )
    )


_POPULATIONS = tuple(
    Measured(measure, where={"POPREF_MEASURE": code}, minimum=0, maximum=MOST)
    for measure, code in (
        ("population-municipale", "PMUN"),
        ("population-totale", "PTOT"),
        ("population-comptee-a-part", "PCAP"),
    )
)
# RECORDED: envelope, codes and levels. The source has no row for an EPCI: ours is the sum of its communes.
POPULATIONS = question(
    "insee-melodi-populations-reference",
    "Populations de référence",
    "DS_POPULATIONS_REFERENCE",
    720,
    *_POPULATIONS,
    parse=melodi.with_totals(melodi.reader(*_POPULATIONS)),
    fetch=melodi_pages.fetch_communes,
)

# REPORTED: FLORES_MEASURE, LEGAL_FORM_WITH_PUBLIC=1T9X7 (all), NUMBER_EMPL=_T (all sizes), ACTIVITY=BE
# (industry).
_ALL = {"NUMBER_EMPL": "_T", "LEGAL_FORM_WITH_PUBLIC": "1T9X7"}
FLORES = question(
    "insee-flores-a5",
    "Établissements employeurs et postes salariés par grand secteur (Flores)",
    "DS_FLORES_A5",
    455,
    Measured("etablissements-employeurs", {"FLORES_MEASURE": "UNIT_LOC", "ACTIVITY": "_T"}, {}, 0, MOST),
    Measured(
        "etablissements-employeurs-industrie", {"FLORES_MEASURE": "UNIT_LOC", "ACTIVITY": "BE"}, {}, 0, MOST
    ),
    Measured("postes-salaries", {"FLORES_MEASURE": "EMPL3112", "ACTIVITY": "_T"}, {}, 0, MOST),
    Measured("postes-salaries-industrie", {"FLORES_MEASURE": "EMPL3112", "ACTIVITY": "BE"}, {}, 0, MOST),
    params=_ALL | {"ACTIVITY": ["_T", "BE"], "FLORES_MEASURE": ["UNIT_LOC", "EMPL3112"]},
    whole=_ALL,
)

# REPORTED: SIDE_MEASURE, ACTIVITY; the name of the dataset is RECORDED and reported renamed since.
SIDE_ESTABLISHMENTS = question(
    "insee-side-etablissements",
    "Établissements actifs par secteur (SIDE)",
    "DS_SIDE_STOCKS_ET_COM",
    560,
    Measured("etablissements-actifs", {"SIDE_MEASURE": "UNIT_LOC", "ACTIVITY": "_T"}, {}, 0, MOST),
    Measured("etablissements-actifs-industrie", {"SIDE_MEASURE": "UNIT_LOC", "ACTIVITY": "BE"}, {}, 0, MOST),
    params={"ACTIVITY": ["_T", "BE"], "SIDE_MEASURE": "UNIT_LOC"},
    whole={"LEGAL_FORM": "_T", "NUMBER_EMPL": "_T"},
)
SIDE_LEGAL_UNITS = question(
    "insee-side-unites-legales",
    "Unités légales actives par secteur (SIDE)",
    "DS_SIDE_STOCKS_UL_COM",
    560,
    Measured("unites-legales-actives", {"SIDE_MEASURE": "LEGAL_UNIT", "ACTIVITY": "_T"}, {}, 0, MOST),
    params={"ACTIVITY": "_T", "SIDE_MEASURE": "LEGAL_UNIT"},
    whole={"LEGAL_FORM": "_T", "NUMBER_EMPL": "_T"},
)
SIDE_NEW_ESTABLISHMENTS = question(
    "insee-side-creations-etablissements",
    "Créations d’établissements (SIDE)",
    "DS_SIDE_CREA_ETAB_COM",
    150,
    Measured("creations-etablissements", {"SIDE_MEASURE": "UNIT_LOC_BURE"}, {"ACTIVITY": "_T"}, 0, MOST),
    params={"LEGAL_FORM": "_T", "SIDE_MEASURE": "UNIT_LOC_BURE"},
    whole={"LEGAL_FORM": "_T"},
)

# The long file (27 million rows in all): streamed into PostgreSQL, only our territories are kept.
SIDE_CREATIONS = question(
    "insee-side-creations",
    "Créations d’entreprises par commune et secteur (SIDE)",
    "DS_SIDE_CREA_ENT_COM",
    105,
    Measured(
        "creations-entreprises", {"SIDE_MEASURE": "BURE", "LEGAL_FORM": "_T"}, {"ACTIVITY": "_T"}, 0, MOST
    ),
    path=dataset("insee-side-creations", "DS_SIDE_CREA_ENT_COM"),
    fetch=melodi_pages.fetch_file,
    parse=None,
    expect="zip",
    table=LongTable(member="*_data.csv"),
    complete=True,
)

# RECORDED: columns and rows of the long file. Whether the source gives totals by domain is not known: we
# take them
# where they are, and add the types up where they are not.
_SHOPS = Measured("equipements-commerces", {"FACILITY_DOM": "B", "BPE_MEASURE": "FACILITIES"}, {}, 0, MOST)
BPE = question(
    "insee-bpe",
    "Base permanente des équipements\u00a0: commerces",
    "DS_BPE",
    190,
    _SHOPS,
    parse=melodi.by_total_or_sum(_SHOPS, ("FACILITY_SDOM", "FACILITY_TYPE")),
    params={"FACILITY_DOM": "B", "BPE_MEASURE": "FACILITIES"},
)

# REPORTED: the measure NBEMP and SEX=_T; the other dimensions are taken at their total when there are any.
CENSUS_JOBS = question(
    "insee-rp-emploi-lieu-travail",
    "Emploi au lieu de travail (recensement)",
    "DS_RP_EMPLOI_LT_PRINC",
    910,
    Measured("emplois-lieu-travail", {"RP_MEASURE": "NBEMP", "SEX": "_T"}, {}, 0, MOST),
    params={"RP_MEASURE": "NBEMP", "SEX": "_T"},
    whole=dict.fromkeys(("AGE", "EMPSTA_ENQ", "EMPFORM", "PCS", "ACTIVITY", "WKTIME", "EDUC"), "_T"),
)

# REPORTED by people who read the 17.9 million rows of the 2023 file in August 2026: the columns, EMPSTA_ENQ
# (1 in work, 2 unemployed, 35T36 inactive neither in study nor retired, _T all), AGE, RP_MEASURE=POP.
_RESIDENTS = {"RP_MEASURE": "POP", "SEX": "_T", "EDUC": "_T"}
_NEITHER = ("2", "35T36")
_RESIDENT_COUNTS = tuple(
    Measured(measure, {**_RESIDENTS, "EMPSTA_ENQ": status, "AGE": age}, {}, 0, MOST)
    for measure, status, age in (
        ("actifs-occupes-15-64", "1", "Y15T64"),
        ("population-15-64", "_T", "Y15T64"),
        ("actifs-occupes-residents", "1", "Y_GE15"),
        ("jeunes-15-24", "_T", "Y15T24"),
    )
)
_NEET = Measured("jeunes-sans-emploi-ni-etudes", {**_RESIDENTS, "AGE": "Y15T24"}, {}, 0, MOST)
CENSUS_RESIDENTS = question(
    "insee-rp-emploi-lieu-residence",
    "Activité des habitants (recensement)",
    "DS_RP_EMPLOI_LR_PRINC",
    910,
    *_RESIDENT_COUNTS,
    _NEET,
    parse=melodi.together(melodi.reader(*_RESIDENT_COUNTS), melodi.added(_NEET, "EMPSTA_ENQ", _NEITHER)),
    params=_RESIDENTS | {"AGE": ["Y15T64", "Y_GE15", "Y15T24"], "EMPSTA_ENQ": ["1", "_T", *_NEITHER]},
)

# REPORTED by several users of the file: MED_SL (median, in euros a year) and PR_MD60 (poverty rate, in
# percent).
FILOSOFI = question(
    "insee-filosofi",
    "Niveau de vie et pauvreté (Filosofi)",
    "DS_FILOSOFI_CC",
    1000,
    Measured("niveau-de-vie-median", {"FILOSOFI_MEASURE": "MED_SL"}, {}, 5_000, 100_000),
    Measured("taux-pauvrete", {"FILOSOFI_MEASURE": "PR_MD60"}, {}, 0, 100),
    Measured("menages-fiscaux", {"FILOSOFI_MEASURE": "NUM_HH"}, {}, 0, MOST),
    params={"FILOSOFI_MEASURE": ["MED_SL", "PR_MD60", "NUM_HH"]},
)

# REPORTED by two readers of the long file: every code below. One vintage only is published at a time, so what
# is absent was not withdrawn; the capacity of each kind of lodging has its own unit.
TOURISM = question(
    "insee-tourisme-capacites",
    "Capacités d’hébergement touristique",
    "DS_TOUR_CAP",
    0,
    *(
        Measured(
            measure,
            {"L_STAY": "_T", "UNIT_LOC_RANKING": "_T", "TOUR_MEASURE": counted, "ACTIVITY": lodging},
            {},
            0,
            MOST,
        )
        for measure, counted, lodging in (
            ("hotels", "UNIT_LOC", "I551"),
            ("chambres-hotels", "PLACE", "I551"),
            ("emplacements-camping", "PLACE", "I553"),
            ("lits-hebergements-collectifs", "BEDPLACE", "I552"),
        )
    ),
    path=dataset("insee-tourisme-capacites", "DS_TOUR_CAP"),
    fetch=melodi_pages.fetch_file,
    parse=None,
    expect="zip",
    table=LongTable(member="*_data.csv"),
)

# REPORTED: the dataset (August 2026) and its columns. Nobody says its codes: those of Flores are taken by
# analogy, can be replaced (`OPENDATA_DATASETS=insee-ess.etablissements=…`), and a wrong one is refused with
# the list of those the dataset has. Whether it has a row for an EPCI is not known: ours is the sum of its
# communes if not.
_NAMED = settings.OPENDATA_DATASETS
_ESS = {"ACTIVITY": "_T", "SEX": "_T", "LEGAL_FORM": _NAMED.get("insee-ess.tous", "_T")}
_ESS_CODES = [_NAMED.get("insee-ess.etablissements", "UNIT_LOC"), _NAMED.get("insee-ess.etp", "FTE")]
_ESS_MEASURES = tuple(
    Measured(measure, {**_ESS, "SOCIAL_ECONOMY_MEASURE": code}, {}, 0, MOST)
    for measure, code in zip(("etablissements-employeurs-ess", "etp-ess"), _ESS_CODES, strict=True)
)
SOCIAL_ECONOMY = question(
    "insee-ess",
    "Économie sociale et solidaire\u00a0: établissements employeurs et équivalents temps plein",
    "DS_SOCIAL_ECONOMY",
    600,
    *_ESS_MEASURES,
    parse=melodi.with_totals(melodi.reader(*_ESS_MEASURES)),
    fetch=melodi_pages.fetch_whole,
    params=_ESS | {"SOCIAL_ECONOMY_MEASURE": _ESS_CODES},
)
