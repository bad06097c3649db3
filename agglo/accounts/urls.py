"""Addresses of the accounts, under `/compte/`."""

from django.urls import path

from .views import passwords, second_factor
from .views.profile import profile
from .views.signing_in import SignIn, sign_out

app_name = "accounts"
urlpatterns = [
    path("", profile, name="profile"),
    path("connexion/", SignIn.as_view(), name="login"),
    path("deconnexion/", sign_out, name="logout"),
    path("second-facteur/", second_factor.SecondFactor.as_view(), name="second_factor"),
    path("second-facteur/commencer/", second_factor.begin, name="second_factor_begin"),
    path("second-facteur/codes/", second_factor.renew_codes, name="recovery_codes"),
    path("second-facteur/retirer/", second_factor.remove, name="second_factor_remove"),
    path("mot-de-passe/", passwords.ChangePassword.as_view(), name="password_change"),
    path("mot-de-passe/oublie/", passwords.ForgottenPassword.as_view(), name="password_forgotten"),
    path("mot-de-passe/envoye/", passwords.password_sent, name="password_sent"),
    path("mot-de-passe/nouveau/<uidb64>/<token>/", passwords.NewPassword.as_view(), name="password_new"),
    path("mot-de-passe/fait/", passwords.password_done, name="password_done"),
]
