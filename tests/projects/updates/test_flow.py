"""Typed by one, published by another: nothing is lost, nothing is public before, every act is kept."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from agglo.accounts.models import AuditEntry
from agglo.figures.vocabulary import Review
from projects.models import Attachment, Bulletin, PlannedDate, Update, UpdateEvent
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.updates import made
from tests.projects.updates.conftest import LAST
from tests.projects.updates.flow import ENTRY, NEW, publishing, typed


def test_the_form_opens_with_the_last_words_and_reading_it_writes_nothing(project, author):
    page = read(client_of(author).get(ENTRY))
    assert LAST in page
    assert 'value="cloud"' in page and "checked" in page
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page
    assert not Update.objects.exists()


def test_what_is_typed_is_kept_even_when_it_is_wrong_and_submitted_only_when_right(project, author):
    client = client_of(author)
    page = read(client.post(ENTRY, typed(as_of="2099-01-01", synthesis="", weather="sun")))
    assert "à venir" in page and "Pas encore soumise" in page
    row = Update.objects.get()
    assert (row.review, row.typed["as_of"], row.typed["weather"]) == (Review.DRAFT, "2099-01-01", "sun")
    assert 'value="2099-01-01"' in read(client.get(ENTRY))
    client.post(ENTRY, typed())
    row.refresh_from_db()
    assert (row.review, row.as_of, row.synthesis) == (Review.SUBMITTED, date(2026, 2, 1), NEW)


def test_the_draft_is_kept_by_itself_and_says_when_and_what_it_changes(project, author):
    client = client_of(author)
    said = client.post(ENTRY + "brouillon/", typed()).json()
    assert said["kept"].startswith("Brouillon gardé à ")
    assert "avancent" in said["changes"] and "<del>" in said["changes"]
    assert "tout va bien" in said["changes"]
    assert Update.objects.get().review == Review.DRAFT


def test_a_draft_kept_elsewhere_is_not_overwritten_unseen(project, author):
    client = client_of(author)
    first = client.post(ENTRY + "brouillon/", typed()).json()["version"]
    client.post(ENTRY + "brouillon/", typed(synthesis="Ailleurs.", version=first))
    late = client.post(ENTRY + "brouillon/", typed(synthesis="Ici.", version=first))
    assert late.status_code == 409 and "autre écran" in late.json()["refusal"]
    assert Update.objects.get().typed["synthesis"] == "Ailleurs."
    page = read(client.post(ENTRY, typed(synthesis="Ici.", version=first)))
    assert "autre écran" in page and "Ici." in page


def test_nobody_publishes_their_own_update_however_they_ask(project):
    both = person("admin")
    client = client_of(both)
    client.post(ENTRY, typed())
    row = Update.objects.get()
    page = read(client.post(f"/equipe/mises-a-jour/{row.pk}/decider/", publishing(row)))
    assert "Une autre personne" in page
    assert not Bulletin.objects.filter(synthesis=NEW).exists()
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        Update.objects.filter(pk=row.pk).update(reviewer=both)


def test_publishing_makes_the_bulletin_and_the_public_reads_it_without_any_name(submitted, author, reviewer):
    assert NEW not in read(Client().get("/projets/atelier/"))
    client_of(reviewer).post(f"/equipe/mises-a-jour/{submitted.pk}/decider/", publishing(submitted))
    submitted.refresh_from_db()
    assert submitted.bulletin.as_of == date(2026, 2, 1)
    for address in ("/projets/atelier/", "/sites/halle/"):
        page = read(Client().get(address))
        assert NEW in page and "Nouvelles" in page
        assert author.name not in page and reviewer.name not in page
    acts = list(submitted.events.values_list("kind", "by__email"))
    assert acts == [
        ("started", "staff@exemple.fr"),
        ("submitted", "staff@exemple.fr"),
        ("published", "reviewer@exemple.fr"),
    ]
    assert AuditEntry.objects.filter(table_name="projects_update").exists()


def test_milestones_move_with_the_update_and_their_former_dates_stay(project, author, reviewer):
    pk = project.milestones.get().pk
    moved = {f"m{pk}-kind": "planned", f"m{pk}-on": "2026-09-01", f"m{pk}-words": "livraison en retard"}
    client = client_of(author)
    assert "raison du changement" in read(client.post(ENTRY, typed(**moved | {f"m{pk}-words": ""})))
    client.post(ENTRY, typed(**moved))
    row = Update.objects.get()
    assert "replanifié le 1er septembre 2026" in read(
        client_of(reviewer).get(f"/equipe/mises-a-jour/{row.pk}/")
    )
    client_of(person("admin")).post(f"/equipe/mises-a-jour/{row.pk}/decider/", publishing(row))
    dates = list(PlannedDate.objects.values_list("planned_on", "reason"))
    assert dates == [(date(2026, 3, 1), ""), (date(2026, 9, 1), "livraison en retard")]


def test_a_second_bulletin_of_one_day_is_refused_and_nothing_is_half_done(submitted, project, reviewer):
    Bulletin.objects.create(
        project=project, as_of=submitted.as_of, weather="rain", synthesis="Autre.", source="x"
    )
    page = read(
        client_of(reviewer).post(f"/equipe/mises-a-jour/{submitted.pk}/decider/", publishing(submitted))
    )
    assert "existe déjà" in page
    submitted.refresh_from_db()
    assert (submitted.review, submitted.published_at) == (Review.SUBMITTED, None)


def test_sent_back_with_a_note_it_comes_back_to_its_author_who_is_told_once(
    submitted, author, reviewer, django_capture_on_commit_callbacks
):
    decide = f"/equipe/mises-a-jour/{submitted.pk}/decider/"
    client = client_of(reviewer)
    assert "Écrivez ce qu’il faut reprendre" in read(client.post(decide, {"act": "back", "note": " "}))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(decide, {"act": "back", "note": "Précisez la date."})
    assert [one.to for one in mail.outbox] == [[author.email]]
    assert "Précisez la date." in mail.outbox[0].body
    from projects.updates.letters import tell_decision

    assert tell_decision(UpdateEvent.objects.get(kind="sent_back").pk) is False
    assert len(mail.outbox) == 1
    page = read(client_of(author).get("/equipe/"))
    assert "Précisez la date." in page
    assert NEW in read(client_of(author).get(ENTRY))


def test_withdrawn_it_leaves_the_public_pages_and_stays_in_its_history(submitted, reviewer):
    client, decide = client_of(reviewer), f"/equipe/mises-a-jour/{submitted.pk}/decider/"
    client.post(decide, publishing(submitted))
    client.post(decide, {"act": "withdraw", "note": "Une personne y était nommée."})
    assert NEW not in read(Client().get("/projets/atelier/"))
    submitted.refresh_from_db()
    assert submitted.synthesis == NEW
    assert submitted.events.last().note == "Une personne y était nommée."


def test_the_history_cannot_be_rewritten(submitted):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        UpdateEvent.objects.update(note="autre")


def test_an_author_takes_a_submitted_update_back(submitted, author):
    client = client_of(author)
    assert client.get(ENTRY).status_code == 302
    client.post(f"/equipe/mises-a-jour/{submitted.pk}/reprendre/")
    assert NEW in read(client.get(ENTRY))
    colleague = client_of(person("staff", email="autre@exemple.fr"))
    colleague.post(f"/equipe/mises-a-jour/{submitted.pk}/abandonner/")
    submitted.refresh_from_db()
    assert submitted.review == Review.DRAFT


def send(client, **more):
    file = SimpleUploadedFile("chantier.jpg", made.photo((900, 300)), "image/jpeg")
    said = typed(act="attach", words="La halle en travaux", credit="Agglomération", file=file)
    return client.post(ENTRY, said | more, follow=True)


def test_a_photo_is_public_only_while_its_update_is(project, author, reviewer):
    staff = client_of(author)
    assert "Décrivez" in read(send(staff, words=""))
    send(staff)
    photo = Attachment.objects.get()
    closed, opened = f"/equipe/fichiers/{photo.pk}/", f"/fichiers/{photo.pk}/"
    assert [client_of("elected").get(closed).status_code, Client().get(closed).status_code] == [403, 302]
    answer = staff.get(closed)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "private, no-store"
    staff.post(ENTRY, typed())
    assert [Client().get(opened).status_code, Client().get(opened + "vignette/").status_code] == [404, 404]
    row, decide = Update.objects.get(), client_of(reviewer)
    decide.post(f"/equipe/mises-a-jour/{row.pk}/decider/", publishing(row))
    assert b"".join(Client().get(opened).streaming_content).startswith(b"\xff\xd8")
    assert 'alt="La halle en travaux"' in read(Client().get("/projets/atelier/"))
    decide.post(f"/equipe/mises-a-jour/{row.pk}/decider/", {"act": "withdraw", "note": "Droit à l’image."})
    assert Client().get(opened).status_code == 404


def test_a_document_is_listed_apart_and_saved_rather_than_opened(project, author, reviewer):
    file = SimpleUploadedFile("Note d’étape.pdf", made.pdf())
    client_of(author).post(ENTRY, typed(words="La note d’étape", file=file))
    row = Update.objects.get()
    client_of(reviewer).post(f"/equipe/mises-a-jour/{row.pk}/decider/", publishing(row))
    for address in ("/projets/atelier/", "/sites/halle/"):
        page = read(Client().get(address))
        assert '<h2 id="documents">' in page and "La note d’étape" in page
    answer = Client().get(f"/fichiers/{row.attachments.get().pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_a_refused_file_leaves_the_text_as_it_was(project, author):
    virus = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00" + b"\0" * 99)
    page = read(send(client_of(author), file=virus))
    assert "renommé" in page and "Le texte est gardé" in page and NEW in page
    assert not Attachment.objects.exists()


def test_a_call_reaches_a_colleague_once_and_an_unknown_one_is_said(
    submitted, author, django_capture_on_commit_callbacks
):
    other = person("staff", email="lea@exemple.fr")
    other.name = "Léa Le Bœuf"
    other.save()
    client = client_of(author)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(
            f"/equipe/mises-a-jour/{submitted.pk}/commenter/",
            {"words": "@lea.le.boeuf et @personne, un avis ?"},
            follow=True,
        )
    assert "@personne n’appelle personne" in read(page)
    assert [one.to for one in mail.outbox] == [["lea@exemple.fr"]]
    hers = client_of(other)
    assert "vous appelle" in read(hers.get("/equipe/"))
    hers.post(f"/equipe/mises-a-jour/{submitted.pk}/vu/")
    assert "vous appelle" not in read(hers.get("/equipe/"))
    assert "un avis" not in read(client_of("elected").get("/projets/atelier/"))


def test_who_was_ticked_stays_ticked_when_the_comment_is_refused(submitted, author):
    other = person("staff", email="lea@exemple.fr")
    address = f"/equipe/mises-a-jour/{submitted.pk}/commenter/"
    page = read(client_of(author).post(address, {"words": "  ", "people": [other.pk]}))
    assert f'name="people" value="{other.pk}" checked' in page
    assert '<details class="list-columns" open>' in page


def test_an_invented_project_never_stands_on_an_attested_site_and_its_news_are_invented(
    site, author, reviewer
):
    from agglo.figures.vocabulary import Origin
    from tests.projects.updates.conftest import make_project

    with pytest.raises(IntegrityError, match="never mix"), transaction.atomic():
        make_project("fictif", site=site, origin=Origin.DEMO)
    make_project("fictif", origin=Origin.DEMO)
    client_of(author).post("/equipe/mises-a-jour/projets/fictif/", typed())
    row = Update.objects.get()
    client_of(reviewer).post(f"/equipe/mises-a-jour/{row.pk}/decider/", publishing(row))
    assert row.target.bulletins.get().origin == Origin.DEMO
    assert NEW in read(Client().get("/projets/fictif/"))
    row.target.delete()  # as taking the fictional set away does
    assert not Update.objects.exists()


def test_what_was_never_published_is_forgotten_and_files_go_with_it(project, author, media):
    from projects.updates.forgetting import FILES_KEPT, forget

    send(client_of(author))
    assert forget() == {"updates": 0, "remarks": 0, "letters": 0, "files": 0}
    Update.objects.update(changed_at=timezone.now() - timedelta(days=400))
    import os
    import time

    for path in media.rglob("*"):
        os.utime(path, (time.time() - FILES_KEPT - 9,) * 2)
    assert forget() == {"updates": 1, "remarks": 0, "letters": 0, "files": 2}
    assert not [path for path in media.rglob("*") if path.is_file()]
