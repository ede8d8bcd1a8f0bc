"""The chat page."""

from __future__ import annotations

from flask import Blueprint, render_template

page = Blueprint("page", __name__, static_folder="static", static_url_path="/static")


@page.get("/")
def chat() -> str:
    """The desk, as a person sees it."""
    return render_template("page.html")


@page.get("/favicon.ico")
def icon() -> tuple[str, int]:
    """No picture for the browser's tab."""
    return "", 204
