"""Addresses that the site promised: where they are, to whom they are open, which may set a cookie."""

# Open pages with a form of their own need a cookie for its token; no other open page may set or vary on one.
WITH_A_FORM = {
    "accounts:login",
    "accounts:password_forgotten",
    "accounts:password_new",
    "accounts:second_factor",
    "projects:confirm",
}

# Addresses promised to the public: links to them stand in reports and letters, they never move.
PROMISED_OPEN = [
    "/",
    "/axes/emploi/",
    "/indicateurs/",
    "/indicateurs/EMP-01/",
    "/indicateurs/EMP-01.csv",
    "/indicateurs/EMP-01.json",
    "/chiffres/1/",
    "/communes/",
    "/communes/62119/",
    "/plans/bridgestone-bethune/",
    "/sites/",
    "/sites/bridgestone-bethune/",
    "/projets/",
    "/projets/tech-3e/",
    "/engagements/",
    "/carte/",
    "/standards/",
    "/standards/friches.csv",
    "/zones-activite/",
    "/aides/",
    "/donnees/",
    "/sources/",
    "/corrections/",
    "/accessibilite/",
    "/mentions-legales/",
    "/compte/connexion/",
    "/sante/vif",
    "/sante/pret",
]
PROMISED_CLOSED = ["/elus/", "/equipe/", "/admin/"]
