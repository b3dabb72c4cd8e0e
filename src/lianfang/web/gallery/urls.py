"""Addresses of the gallery."""

from django.urls import path

from lianfang.web.gallery import views

urlpatterns = [
    path("", views.desk, name="gallery"),
    path("phone/", views.phone, name="gallery-phone"),
    path("reasons/", views.reasons, name="gallery-reasons"),
    path("record/", views.record, name="gallery-record"),
]
