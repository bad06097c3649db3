"""One's own account: who I am here, what my role opens, what protects it."""

from django.shortcuts import render

from .. import second_factor
from ..gates import signed_in
from ..roles import HOLDS, Role
from .signing_in import landing_page


@signed_in
def profile(request):
    user = request.user
    return render(
        request,
        "accounts/profile.html",
        {
            "holds_too": [role.label for role in Role if role in HOLDS[user.role] - {user.role}],
            "enrolled": second_factor.application(user),
            "codes_left": second_factor.recovery_codes_left(user),
            "landing_page": landing_page(user),
        },
    )
