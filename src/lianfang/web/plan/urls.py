"""Addresses of the living plan."""

from __future__ import annotations

from django.urls import path

from lianfang.web.plan import asking, views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("branch/", views.branch, name="plan-branch"),
    path("clause/<str:clause>/", views.clause, name="plan-clause"),
    path("clause/<str:clause>/remind/", asking.remind_all, name="plan-remind-all"),
    path("remind/<uuid:obligation>/", asking.remind_one, name="plan-remind"),
    path("waive/<uuid:obligation>/", asking.waive, name="plan-waive"),
]
