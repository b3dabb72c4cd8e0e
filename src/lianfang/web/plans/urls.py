"""Addresses of the versions of the plan."""

from __future__ import annotations

from django.urls import path

from lianfang.web.plans import notice, proposing, views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("parameters/", views.parameters, name="plans-parameters"),
    path("propose/", proposing.propose, name="plans-propose"),
    path("proposal/<int:progress>/", proposing.proposal, name="plans-proposal"),
    path("notice/", notice.notice, name="plans-notice"),
    path("<int:version>/", views.version, name="plans-version"),
    path("<int:version>/pack/", views.pack, name="plans-pack"),
    path("<int:version>/what-if/", proposing.what_if, name="plans-what-if"),
    path("<int:version>/confirm/", proposing.confirm, name="plans-confirm"),
    path("<int:version>/turn-down/", proposing.turn_down, name="plans-turn-down"),
]
