"""Addresses of inspections, rectifications and rechecks."""

from __future__ import annotations

from django.urls import path

from lianfang.web.supervision import inspecting, mending, views

urlpatterns = [
    path("", views.supervision, name="supervision"),
    path("find/", views.find, name="supervision-find"),
    path("<uuid:id>/", views.item, name="supervision-item"),
    path("<uuid:id>/rectify/", mending.put_right, name="supervision-rectify"),
    path("<uuid:id>/recheck/", mending.look_again, name="supervision-recheck"),
    path("<str:kind>/<str:subject>/", inspecting.visit, name="supervision-visit"),
]
