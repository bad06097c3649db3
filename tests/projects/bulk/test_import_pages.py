"""Staff pages of imports: a file goes in, is read cell by cell, written, undone; strangers see nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from projects.bulk import carrying, deciding
from projects.models import Import, Project, Site
from projects.models.bulk import State
from tests.people import client_of
from tests.projects.bulk.conftest import NEW, as_csv, exported, rows_of
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(agent):
    return client_of(agent)


def sent(browser, content: bytes, name: str = "sites.csv"):
    return browser.post("/equipe/imports/", {"fichier": SimpleUploadedFile(name, content)})


def edited() -> bytes:
    rows = [one | {"pollution": "avérée"} if one["repere"] == "acc-douvrin" else one for one in exported()]
    rows.append({name: NEW.get(name, "") for name in rows[0]})
    rows.append({name: NEW.get(name, "") for name in rows[0]} | {"nom": "Autre", "nature": "château"})
    return as_csv(rows)


def test_a_file_is_compared_read_written_and_taken_back(ground, browser):
    answer = sent(browser, edited())
    row = Import.objects.get()
    assert answer["Location"] == f"/equipe/imports/{row.pk}/"
    assert "Commence dès qu’une tâche de fond est libre" in read(browser.get(answer["Location"]))
    carrying.carry_on(row.pk)
    body = read(browser.get(answer["Location"]))
    assert "Demander l’écriture" in body and "Écrire 2 fiches" not in body
    assert "<del>inconnue</del>" in body
    assert "<ins>avérée</ins>" in body
    assert "« château » n’est pas dans la liste" in body
    only = read(browser.get(f"{answer['Location']}?type=refused"))
    assert "<ins>avérée</ins>" not in only
    (wrong,) = rows_of(browser.get(f"{answer['Location']}a-corriger.csv").getvalue())
    assert wrong["nom"] == "Autre"
    assert "demandez son écriture" in read(browser.post(f"{answer['Location']}ecrire/", follow=True))
    browser.post(f"{answer['Location']}demander/")
    assert "Une autre personne" in read(browser.post(f"{answer['Location']}ecrire/", follow=True))
    second = client_of("reviewer")
    assert "demande son écriture : 1 fiche que" in read(second.get("/equipe/"))
    assert "Écrire 2 fiches" in read(second.get(answer["Location"]))
    for act, state, who in (("ecrire", State.APPLIED, second), ("annuler", State.UNDONE, browser)):
        who.post(f"{answer['Location']}{act}/")
        carrying.carry_on(row.pk)
        row.refresh_from_db()
        assert row.state == state
        assert browser.get(answer["Location"]).status_code == 200
    assert not Site.objects.filter(slug="ancienne-filature").exists()
    body = read(browser.post(f"{answer['Location']}ecrire/", follow=True))
    assert "Cet import est annulé après coup : rien n’a été fait de plus." in body


def test_what_waits_for_a_word_is_on_the_worklist_of_who_brought_it(ground, browser):
    sent(browser, edited(), "mes-sites.csv")
    carrying.carry_on(Import.objects.get().pk)
    assert "Import de mes-sites.csv" in read(browser.get("/equipe/"))
    assert "Import de mes-sites.csv" not in read(client_of("reviewer").get("/equipe/"))


def test_a_file_that_is_not_there_keeps_the_page(browser):
    answer = browser.post("/equipe/imports/")
    assert (answer.status_code, "Choisissez un fichier." in read(answer)) == (400, True)


def test_the_moving_part_is_asked_by_the_page_only(ground, browser):
    sent(browser, edited())
    row = Import.objects.get()
    assert browser.get(f"/equipe/imports/{row.pk}/etat/").status_code == 302
    part = read(browser.get(f"/equipe/imports/{row.pk}/etat/", headers={"HX-Request": "true"}))
    assert "hx-trigger" in part
    assert "<html" not in part
    carrying.carry_on(row.pk)
    assert "#suite" in read(browser.get(f"/equipe/imports/{row.pk}/etat/", headers={"HX-Request": "true"}))


def test_an_export_keeps_the_filters_of_the_list_and_what_is_not_published(ground, browser):
    Site.objects.filter(slug="sans-lieu").update(published=False)
    answer = browser.get("/equipe/imports/sites.csv?q=plateforme")
    content = answer.getvalue()
    assert [one["repere"] for one in rows_of(content)] == ["sans-lieu"]
    assert "# filtres\u00a0: Nom, commune, adresse = plateforme" in content.decode()
    assert "# colonne pollution\u00a0: Pollution du sol. (un de : inexistante," in content.decode()
    (head, *_) = rows_of(browser.get("/equipe/imports/projets.xlsx").getvalue())
    assert head["etape"] == "en projet"
    assert rows_of(browser.get("/equipe/imports/modele-sites.xlsx").getvalue()) == []
    for path in ("sites.pdf", "lieux.csv", "modele-lieux.csv"):
        assert browser.get(f"/equipe/imports/{path}").status_code == 404


def test_queries_of_the_page_do_not_grow_with_lines(ground, browser, bring, django_assert_max_num_queries):
    row = bring(as_csv([NEW | {"nom": f"Friche {number}"} for number in range(200)]))
    with django_assert_max_num_queries(9):
        assert "Page 1 sur 4" in read(browser.get(f"/equipe/imports/{row.pk}/"))


def test_drafts_alone_are_written_by_whoever_brought_them(ground, bring, agent):
    row = bring(as_csv([NEW]))
    assert row.public_rows == 0
    assert carrying.carry_on(deciding.apply(row.pk, agent).pk).state == State.APPLIED


def test_a_file_that_publishes_is_public_whatever_else_it_says(ground, bring):
    Site.objects.filter(slug="sans-lieu").update(published=False)
    rows = [one | {"publie": "oui"} if one["repere"] == "sans-lieu" else one for one in exported()]
    assert bring(as_csv(rows)).public_rows == 1
    assert bring(as_csv([NEW | {"publie": "oui"}])).public_rows == 1


def test_without_the_column_a_change_of_a_public_record_is_public_all_the_same(ground, bring):
    rows = [{"repere": one["repere"], "zonage": "U"} for one in exported() if one["repere"] == "acc-douvrin"]
    assert bring(as_csv(rows)).public_rows == 1


def test_nobody_writes_their_own_public_file_a_reviewer_included_nor_does_the_database_let_them(
    ground, reviewer
):
    row = carrying.carry_on(deciding.receive("essai.csv", edited(), reviewer).pk)
    deciding.ask(row.pk, reviewer)
    with pytest.raises(deciding.NotNow, match="Une autre personne"):
        deciding.apply(row.pk, reviewer)
    with pytest.raises(IntegrityError, match="written_by_somebody_else"), transaction.atomic():
        Import.objects.filter(pk=row.pk).update(state=State.APPLYING, released_by=reviewer)


def test_it_is_sent_back_with_a_note_or_taken_back_and_given_up(ground, bring, agent, reviewer, browser):
    row = bring(edited())
    deciding.ask(row.pk, agent)
    with pytest.raises(deciding.NotNow, match="Écrivez ce qu’il faut reprendre"):
        deciding.send_back(row.pk, reviewer, " ")
    client_of(reviewer).post(f"/equipe/imports/{row.pk}/renvoyer/", {"note": "La pollution n’est pas sûre."})
    assert "Renvoyé : La pollution n’est pas sûre." in read(browser.get("/equipe/"))
    assert "La pollution n’est pas sûre." in read(browser.get(f"/equipe/imports/{row.pk}/"))
    deciding.ask(row.pk, agent)
    assert deciding.take_back(row.pk, agent).state == State.READY
    deciding.ask(row.pk, agent)
    assert deciding.cancel(row.pk).state == State.CANCELLED


def test_a_draft_that_became_public_since_is_left_for_a_second_person(ground, bring, agent):
    Site.objects.filter(slug="acc-douvrin").update(published=False)
    row = bring(as_csv([one | {"zonage": "U"} for one in exported() if one["repere"] == "acc-douvrin"]))
    Site.objects.filter(slug="acc-douvrin").update(published=True)
    row = carrying.carry_on(deciding.apply(row.pk, agent).pk)
    assert (row.changed, row.refused) == (0, 1)
    assert "devenue publique" in row.rows.get().reasons[0]["why"]
    assert Site.objects.get(slug="acc-douvrin").zoning == ""


def test_a_site_renamed_by_a_file_takes_its_projects_along(ground, bring, write):
    write(bring(as_csv([one | {"nom": "Quai neuf"} for one in exported() if one["repere"] == "acc-douvrin"])))
    assert Project.objects.search("quai neuf").get().slug == "batteries"
