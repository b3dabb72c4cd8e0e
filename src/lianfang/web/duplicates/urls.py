"""Addresses of likely duplicates."""

from __future__ import annotations

from django.urls import path

from lianfang.web.duplicates import views

urlpatterns = [
    path("", views.duplicates, name="duplicates"),
    path("merge/", views.merge, name="duplicates-merge"),
    path("apart/", views.apart, name="duplicates-apart"),
    path("<int:merge>/unmerge/", views.unmerge, name="duplicates-unmerge"),
]
