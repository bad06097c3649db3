"""Refuses addresses that hold a character PostgreSQL cannot keep."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\0"


class RefuseNul:
    """A NUL in the path or the query is answered 400, with the page that says so.

    Fields of forms refuse it by themselves; what a view reads from its address goes to the database as it
    is, and PostgreSQL takes no NUL in a text. No person types one.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path or NUL in query or "%00" in query:
            raise BadRequest("the address holds a NUL")
        return self.get_response(request)
