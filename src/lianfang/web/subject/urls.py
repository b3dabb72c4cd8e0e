"""Addresses of the files of subjects."""

from __future__ import annotations

from django.urls import path

from lianfang.web.subject import correcting, unmasking, views

urlpatterns = [
    path("<str:kind>/<str:id>/", views.file, name="subject"),
    path("<str:kind>/<str:id>/facts/", views.facts, name="subject-facts"),
    path("<str:kind>/<str:id>/unmask/", unmasking.ask, name="unmask"),
    path("<str:kind>/<str:id>/correct/<str:fact>/", correcting.correct, name="subject-correct"),
]
