"""No count of the pages of staff tells of a case that its reader may not read; what a case is tied to is of
its class.
"""

from datetime import date

import pytest

from agglo.figures.models import Subject
from agglo.figures.vocabulary import Origin
from projects.models import JobPool, Lot, NdaAccess, Prospect, Site
from projects.weighing import declare
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.test_prospect_pages import LIST, TYPED
from tests.projects.test_prospects import PERCENTS, prospect

pytestmark = pytest.mark.django_db
WON = (2, date(2010, 2, 1)), (5, date(2010, 5, 1)), (6, date(2010, 9, 1)), (9, date(2011, 9, 1))
LOST = (2, date(2011, 2, 1)), (21, date(2011, 8, 1), "ground")
PAGES = ("transformation/", "calibrage/")


@pytest.fixture
def declared(db):
    declare(PERCENTS, "le bureau", "parce que", since=date(2009, 1, 1))


def told(client) -> str:
    """What the pages of the whole pipeline say, without their frame."""
    return "".join(read(client.get(LIST + page)).split("<main")[1].split("</main>")[0] for page in PAGES)


@pytest.mark.parametrize(("kind", "role"), [("nda", "reviewer"), ("nda", "admin"), ("restricted", "staff")])
def test_a_case_that_a_reader_may_not_read_is_in_no_count_and_no_curve(declared, kind, role):
    client = client_of(person(role, email=f"{role}-lit@exemple.fr"))
    nothing = told(client)
    prospect("Orage", *WON, confidentiality=kind)
    prospect("Grêle", *LOST, confidentiality=kind)
    assert client.get(LIST + "orage/").status_code == 404
    assert told(client) == nothing


def test_beside_cases_that_one_may_read_a_hidden_one_changes_nothing(declared):
    client = client_of("reviewer")
    for number in range(6):
        prospect(f"Lu {number}", *WON, confidentiality="restricted")
    before = told(client)
    assert "<svg" in before
    prospect("Orage", *WON, confidentiality="nda")
    prospect("Grêle", *LOST, confidentiality="nda")
    assert told(client) == before


def test_an_opened_case_under_nda_enters_no_count_either(declared):
    owner = person("staff")
    client = client_of(owner)
    nothing = told(client)
    case = prospect("Orage", *WON, confidentiality="nda", owner=owner)
    NdaAccess.objects.create(prospect=case, user=owner)
    assert client.get(LIST + "orage/").status_code == 200
    assert told(client) == nothing


def test_too_few_cases_draw_no_curve(declared):
    prospect("Lu", *WON, confidentiality="internal")
    page = read(client_of("staff").get(LIST + "transformation/"))
    assert '<th scope="row">2010</th><td class="num">1</td>' in page
    assert "La courbe se trace à partir de 5 dossiers" in page
    assert "<svg" not in page.split("<main")[1].split("</main>")[0]


def test_an_elected_member_is_no_reader_of_a_case_under_nda(db):
    staff, elected = client_of("staff"), person("elected")
    said = TYPED | {"readers": [elected.pk], "confidentiality": "nda"}
    page = read(staff.post(LIST + "nouveau/", said))
    assert "ne s’ouvre qu’aux services" in page
    assert str(elected) in page
    assert not Prospect.objects.exists()
    assert staff.post(LIST + "nouveau/", said | {"confidentiality": "restricted"}).status_code == 302
    Prospect.objects.get().passages.create(stage=4, on=date(2026, 1, 6))
    assert "Alouette" in read(client_of(elected).get("/elus/implantations/"))


def tied(origin: Origin) -> dict[str, object]:
    """A site with a lot, a project's jobs, of that class."""
    mark = "fictif" if origin == Origin.DEMO else "réel"
    site = Site.objects.attested().published().first()
    place = {"commune": site.commune, "kind": site.kind, "source": "Plan", "published": True}
    slug = f"site-{origin.value}"
    subject = Subject.objects.create(scheme="SITE", code=slug, name=mark)
    site = Site.objects.create(slug=slug, subject=subject, name=f"Site {mark}", origin=origin, **place)
    lot = Lot.objects.create(site=site, code="a", name=f"Lot {mark}", source="Plan", origin=origin)
    return {
        "site": site,
        "lot": lot,
        "pool": JobPool.objects.create(slug=f"p-{origin.value}", name=f"Emplois {mark}", site=site),
    }


@pytest.mark.parametrize("what", ["site", "lot", "pool"])
@pytest.mark.parametrize("mine", [Origin.ATTESTED, Origin.DEMO])
def test_a_case_is_tied_to_what_is_of_its_class_only(attested, what, mine):
    other = Origin.DEMO if mine == Origin.ATTESTED else Origin.ATTESTED
    good, bad = tied(mine)[what], tied(other)[what]
    staff = client_of("staff")
    prospect("Cas", confidentiality="internal", origin=mine)
    address = LIST + "cas/modifier/"
    page = read(staff.get(address))
    options = page.split(f'name="{what}"')[1].split("</select>")[0]
    assert f'value="{good.pk}"' in options
    assert f'value="{bad.pk}"' not in options
    said = TYPED | {"code_name": "Cas", "confidentiality": "internal"}
    assert staff.post(address, said | {what: bad.pk}).status_code == 200
    assert getattr(Prospect.objects.get(), what) is None
    assert staff.post(address, said | {what: good.pk}).status_code == 302
    assert getattr(Prospect.objects.get(), what) == good
