"""Addresses of redundancy plans."""

from django.urls import path

from . import views

app_name = "employment"
urlpatterns = [path("plans/bridgestone-bethune/", views.plan, name="plan")]
