"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from lianfang.web.intake import plan, views

urlpatterns = [
    path("", views.intakes, name="intakes"),
    path("open/", views.take_in, name="intakes-open"),
    path("<int:intake>/", plan.intake, name="intake"),
    path("<int:intake>/columns/", views.columns, name="intake-columns"),
    path("<int:intake>/sheet/", views.sheet, name="intake-sheet"),
    path("<int:intake>/plan/", views.plan, name="intake-plan"),
    path("<int:intake>/foresee/", views.foresee, name="intake-foresee"),
    path("<int:intake>/progress/", plan.progress, name="intake-progress"),
    path("<int:intake>/decide/", plan.decide_all, name="intake-decide-all"),
    path("<int:intake>/decide/<int:row>/", plan.decide, name="intake-decide"),
    path("<int:intake>/refused/", plan.refused, name="intake-refused"),
    path("<int:intake>/apply/", views.apply, name="intake-apply"),
    path("<int:intake>/cancel/", views.cancel, name="intake-cancel"),
]
