"""Accounts, passwords by e-mail, demonstration accounts."""

import re
import stat
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from celery import current_app
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from agglo.accounts.demo import PEOPLE
from agglo.accounts.forgetting import forget
from agglo.accounts.models import Delegation, User
from tests.people import PASSWORD, application, client_of, person

pytestmark = pytest.mark.django_db
FORGOTTEN = "/compte/mot-de-passe/oublie/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def ask_for_a_link(client, django_capture_on_commit_callbacks):
    """Fills the form in as a visitor; the worker's part is done at once, in this process."""
    former, current_app.conf.task_always_eager = current_app.conf.task_always_eager, True

    def ask(email: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(FORGOTTEN, {"email": email})

    yield ask
    current_app.conf.task_always_eager = former


def test_two_accounts_cannot_share_an_address_whatever_the_capitals():
    person("staff", email="Anne@Exemple.fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        person("elected", email="anne@exemple.FR")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(email="Anne@exemple.fr")


def test_only_an_elected_member_holds_a_portfolio():
    emploi = Delegation.objects.create(slug="emploi", name="Emploi")
    assert person("elected", delegation=emploi).delegation == emploi
    with pytest.raises(IntegrityError), transaction.atomic():
        person("staff", delegation=emploi)
    with pytest.raises(ValidationError, match="Seul un élu"):
        User(email="a@exemple.fr", name="A", role="staff", delegation=emploi, password="x").full_clean()


def test_the_database_refuses_an_unknown_role():
    with pytest.raises(IntegrityError), transaction.atomic():
        person("stagiaire")


def test_one_sees_oneself_and_an_administrator_sees_all():
    staff, admin = person("staff"), person("admin")
    assert set(User.objects.visible_to(staff)) == {staff}
    assert set(User.objects.visible_to(admin)) == {staff, admin}


def test_a_superuser_made_on_the_command_line_is_an_administrator():
    boss = User.objects.create_superuser("boss@exemple.fr", PASSWORD, name="Boss")
    assert (boss.role, boss.is_staff, boss.needs_second_factor) == ("admin", True, True)


def test_a_first_password_is_chosen_through_the_link_sent_by_e_mail(client, ask_for_a_link):
    user = User.objects.create_user("nouveau@exemple.fr", name="Nouveau", role="staff")
    ask_for_a_link("Nouveau@exemple.fr")
    (message,) = mail.outbox
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    page = client.get(link, follow=True)
    data = {"new_password1": "cheval pile agrafe", "new_password2": "cheval pile agrafe"}
    assert client.post(page.redirect_chain[-1][0], data)["Location"] == "/compte/mot-de-passe/fait/"
    assert Client().login(request=page.wsgi_request, username=user.email, password="cheval pile agrafe")
    assert "ne sert plus" in Client().get(link, follow=True).content.decode()


def test_a_new_password_does_not_step_around_the_second_factor(client, ask_for_a_link):
    user = person("admin")
    application(user)
    ask_for_a_link(user.email)
    page = client.get(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1], follow=True)
    data = {"new_password1": "cheval pile agrafe", "new_password2": "cheval pile agrafe"}
    client.post(page.redirect_chain[-1][0], data)
    assert client.get("/compte/").status_code == 302


def test_asking_for_a_link_never_says_whether_the_account_exists(ask_for_a_link):
    user = person("staff")
    known, unknown = map(ask_for_a_link, (user.email, "x@exemple.fr"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_links_are_not_sent_again_and_again(ask_for_a_link):
    user = person("staff")
    for _ in range(3):
        ask_for_a_link(user.email)
    assert len(mail.outbox) == 1


def test_a_closed_account_receives_no_link(ask_for_a_link):
    ask_for_a_link(person("staff", is_active=False).email)
    assert not mail.outbox


@pytest.mark.parametrize("weak", ["court", "motdepasse", "password1234", "staff@exemple.fr"])
def test_a_weak_password_is_refused_in_french(weak):
    data = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    response = client_of("staff").post("/compte/mot-de-passe/", data)
    assert response.status_code == 200
    assert "Le formulaire n’a pas été accepté" in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_changing_a_password_closes_the_other_sessions():
    user = person("staff")
    here, elsewhere = client_of(user), client_of(user)
    data = {
        "old_password": PASSWORD,
        "new_password1": "cheval pile agrafe",
        "new_password2": "cheval pile agrafe",
    }
    assert here.post("/compte/mot-de-passe/", data)["Location"] == "/compte/"
    assert here.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302


def test_an_administrator_creates_an_account_without_knowing_its_password():
    data = {"name": "Anne", "email": "Anne@Exemple.fr", "role": "staff", "is_active": "on", "delegation": ""}
    assert client_of("admin").post("/admin/accounts/user/add/", data).status_code == 302
    anne = User.objects.get(email="anne@exemple.fr")
    assert not anne.has_usable_password()


def test_an_administrator_cannot_shut_themselves_out():
    admin = person("admin")
    data = {"name": "Chef", "email": admin.email, "role": "staff", "delegation": ""}
    client_of(admin).post(f"/admin/accounts/user/{admin.pk}/change/", data)
    admin.refresh_from_db()
    assert (admin.name, admin.role, admin.is_active) == ("Chef", "admin", True)


def test_an_account_is_closed_never_deleted():
    staff = person("staff")
    assert (
        client_of("admin").post(f"/admin/accounts/user/{staff.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )


def test_demonstration_accounts_are_made_once_and_kept_private(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    call_command("demo_accounts")
    first = capsys.readouterr().out
    call_command("demo_accounts")
    assert capsys.readouterr().out == first
    file = tmp_path / "demo-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    passwords = {
        email: password
        for _, email, password, *_ in (line.split("\t") for line in first.splitlines() if "@" in line)
    }
    assert set(passwords) == {email for email, _ in PEOPLE.values()}
    assert len(set(passwords.values())) == len(PEOPLE)
    for email, password in passwords.items():
        assert User.objects.get(email=email).check_password(password)


def test_a_demonstration_agent_signs_in_at_once_and_a_reviewer_enrols(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    call_command("demo_accounts")
    landings = {}
    for line in capsys.readouterr().out.splitlines():
        if "@" in line:
            role, email, password, *_ = line.split("\t")
            data = {"username": email, "password": password}
            landings[role] = Client().post("/compte/connexion/", data)["Location"]
    door = "/compte/second-facteur/"
    assert landings == {"Élu": "/elus/", "Agent": "/equipe/", "Valideur": door, "Administrateur": door}


def test_a_lost_file_gives_new_passwords(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    call_command("demo_accounts")
    first = capsys.readouterr().out
    (tmp_path / "demo-accounts.txt").unlink()
    call_command("demo_accounts")
    assert capsys.readouterr().out != first
    assert User.objects.count() == len(PEOPLE)


def test_the_command_line_takes_a_second_factor_away():
    user = person("admin")
    application(user)
    call_command("remove_second_factor", "Admin@Exemple.fr", verbosity=0)
    assert not user.totpdevice_set.exists()


def test_old_traces_are_forgotten_and_recent_ones_kept(client):
    now = timezone.now()
    client.force_login(person("staff"))
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=now - timedelta(minutes=1))
    for days in (1, 31):
        attempt = AccessAttempt.objects.create(username=f"{days}", failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=days))
    AccessLog.objects.create(username="ancien")
    AccessLog.objects.filter(username="ancien").update(attempt_time=now - timedelta(days=366))
    assert forget() == {"sessions": 1, "failures": 1, "sign_ins": 1}
    assert Session.objects.count() == AccessLog.objects.count() == AccessAttempt.objects.count() == 1
