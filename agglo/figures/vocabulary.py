"""The closed lists of the ledger: stored as small numbers, shown in French."""

from django.db.models import IntegerChoices, TextChoices


class State(IntegerChoices):
    """Whether there is a value; five ways of not having one that never look alike."""

    VALUE = 0, "valeur"
    MISSING = 1, "non disponible"
    NOT_APPLICABLE = 2, "sans objet"
    NOT_YET_PUBLISHED = 3, "à paraître"
    CONFIDENTIAL = 4, "secret statistique"


class Evidence(IntegerChoices):
    """How firmly a figure stands; statuses are never added together."""

    OBSERVED = 0, "constaté"
    COMMITTED = 1, "engagé"
    ANNOUNCED = 2, "annoncé"
    POTENTIAL = 3, "potentiel"
    ESTIMATED = 4, "estimé"
    TARGET = 5, "objectif"


class Qualifier(IntegerChoices):
    """What the source's words do to the number: « une quarantaine » stays « environ 40 »."""

    EXACT = 0, "exactement"
    ABOUT = 1, "environ"
    AT_LEAST = 2, "au moins"
    AT_MOST = 3, "au plus"
    BETWEEN = 4, "entre"


class Dating(IntegerChoices):
    """Where the period comes from."""

    STATED = 0, "date donnée par la source"
    INFERRED = 1, "date déduite"
    UNKNOWN = 2, "date inconnue"


class Origin(IntegerChoices):
    """Class of a figure: demonstration data never mix with attested ones."""

    ATTESTED = 0, "attesté"
    OTHER_SOURCE = 1, "attesté, autre source"
    DEMO = 2, "fictif – démonstration"


class Review(IntegerChoices):
    DRAFT = 0, "brouillon"
    SUBMITTED = 1, "soumis"
    SENT_BACK = 2, "renvoyé avec une remarque"
    APPROVED = 3, "validé"
    WITHDRAWN = 4, "retiré"


class Reason(IntegerChoices):
    """Why a figure was written: first knowledge, or why the one before it was closed."""

    FIRST = 0, "première connaissance"
    SOURCE_REVISED = 1, "révision par la source"
    ENTRY_ERROR = 2, "erreur de saisie"
    PERIMETER = 3, "changement de périmètre"
    DEFINITION = 4, "changement de définition"
    WITHDRAWN = 5, "retrait par la source"


class Kind(TextChoices):
    """What sort of quantity a measure is."""

    STOCK = "stock", "stock"
    FLOW = "flow", "flux"
    RATIO = "ratio", "rapport"
    RATE = "rate", "taux"
    INDEX = "index", "indice"
    ATTRIBUTE = "attribute", "caractéristique"


class Direction(TextChoices):
    UP = "up", "une hausse est favorable"
    DOWN = "down", "une baisse est favorable"
    NEUTRAL = "neutral", "ni l’une ni l’autre"


class TimeRule(TextChoices):
    """How values of several periods become one."""

    SUM = "sum", "somme"
    LATEST = "latest", "dernière valeur"
    MEAN = "mean", "moyenne"
    MAX = "max", "maximum"
    NONE = "none", "ne se cumule pas"


class TerritoryRule(TextChoices):
    """How values of several territories become one."""

    SUM = "sum", "somme"
    RECOMPUTE = "recompute", "rapport à recalculer"
    NONE = "none", "ne s’additionne pas"


class Rhythm(TextChoices):
    DAILY = "daily", "quotidien"
    WEEKLY = "weekly", "hebdomadaire"
    MONTHLY = "monthly", "mensuel"
    QUARTERLY = "quarterly", "trimestriel"
    YEARLY = "yearly", "annuel"
    IRREGULAR = "irregular", "irrégulier"
    ONCE = "once", "une fois"


class SourceKind(TextChoices):
    PRODUCER = "producer", "producteur officiel"
    PRESS = "press", "presse"
    DELIBERATION = "deliberation", "délibération"
    STAFF = "staff", "saisie des services"
    COMPUTED = "computed", "calcul"
