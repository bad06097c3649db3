"""Which names of a file may be kept: those that are recognisably a legal person's.

No cell says of an acquirer or a manager what it is, so a name that could be a natural person's is taken for
one: losing the name of a company is mended by writing its form, publishing a person's is not.
"""

from collections.abc import Iterable

from django.conf import settings

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin
from projects.models import Organisation

from .declaring import Cells

Known = frozenset[str]  # search keys of the legal persons that we know
_FORMS = """
    sa sas sasu sarl sarlu sca scs snc sci sccv scp scm scea scic scop scpi selarl selas eurl earl
    gaec gfa gie gip sem seml semop spl spla sivom sivu epci epf epfl epic epa epl oph hlm ccas cci
    cma crci safer ddt ddtm dreal sncf edf ademe brgm cerema insee agence agglomeration amenageur
    assemblee association banque basias basol caisse chambre commune communes communaute compagnie
    cooperative departement ecole etat federation filiale fondation groupe groupement hopital
    institut laboratoire mairie metropole ministere mutuelle observatoire operateur prefecture senat
    societe syndicat universite ville appel region departemental regional
"""
_CIVIL = """
    m mr mme mlle mm monsieur madame mademoiselle messieurs mesdames epoux epouse veuve consorts
    indivision indivisaires heritiers succession gerant gerante nee dr me maitre ei eirl
    entrepreneur individuel individuelle
"""
FORMS, CIVIL = frozenset(_FORMS.split()), frozenset(_CIVIL.split())
NOBODY = frozenset(("inconnu", "sans objet", "autre"))  # words of the standards
# « Maria de Sá » is no société anonyme.
PARTICLES = frozenset(("da", "de", "do", "dos", "e"))


def known() -> Known:
    """Read once for a whole file."""
    names = Organisation.objects.exclude(origin=Origin.DEMO).values_list("search_key", flat=True)
    return frozenset(names) | {search_key(settings.SITE_NAME)}


def is_legal(name: str, known: Known) -> bool:
    """Every name of the cell, where « | » or « ; » parts several, is ours or holds the word of a legal form.

    >>> [is_legal(one, frozenset()) for one in ("Dupont Jean", "SCI du Parc", "SCI du Parc|Dupont Jean")]
    [False, True, False]
    """
    parts = [search_key(one) for one in name.replace(";", "|").split("|")]
    return all(one in known or one in NOBODY or _has_form(one.split()) for one in parts if one) and any(parts)


def _has_form(words: list[str]) -> bool:
    if CIVIL.intersection(words):
        return False
    return any(
        word in FORMS and not (word == "sa" and rank and words[rank - 1] in PARTICLES)
        for rank, word in enumerate(words)
    )


def doubtful(cells: Cells, fields: Iterable[str], known: Known) -> set[str]:
    """Those of the fields whose name may be a natural person's."""
    return {name for name in fields if cells.get(name, "").strip() and not is_legal(cells[name], known)}
