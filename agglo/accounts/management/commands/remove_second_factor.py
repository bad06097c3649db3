"""Takes the second factor of one account away, for the day the last administrator loses a phone."""

from django.core.management.base import BaseCommand, CommandError

from agglo.accounts import second_factor
from agglo.accounts.attribution import act_as
from agglo.accounts.models import User


class Command(BaseCommand):
    help = "Retire le second facteur d’un compte\u202f; il s’enregistre de nouveau à la connexion suivante."

    def add_arguments(self, parser):
        parser.add_argument("email", help="adresse électronique du compte")

    def handle(self, *args, **options):
        try:
            user = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist:
            raise CommandError(f"Aucun compte ne porte l’adresse {options['email']}.") from None
        with act_as(actor="remove_second_factor"):
            second_factor.remove(user)
        self.stdout.write(f"Second facteur de {user.email} retiré.")
