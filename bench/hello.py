"""The smallest Django there is, for the page cache to be measured against."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

if not settings.configured:
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="hello", MIDDLEWARE=[])

urlpatterns = [path("", lambda request: HttpResponse("hello"))]
application = get_wsgi_application()
