"""Puts the form and the files of disclosures among what the web process serves."""

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask

from bot.settings import HERE, Settings
from bot.tell.buckets import Buckets
from bot.tell.files import Files
from bot.tell.handing import FileAddresses, Handles, handing
from bot.tell.house import RealHouse
from bot.tell.pages import Form, only_on, pages
from bot.tell.stamps import Stamps

if TYPE_CHECKING:
    from bot.wiring import Core


def serve_form(app: Flask, core: "Core") -> None:
    """The form, on a host of its own where it was given one; without an address there is none."""
    app.register_blueprint(handing(_handles(core), core.shelf))
    if not core.settings.form_url:
        return
    house = RealHouse(core.database, core.channels, core.ring)
    form = Form(house, Stamps(core.ring), Files(core.shelf), core.texts, core.today, Buckets())
    app.register_blueprint(pages(form))
    if host := own_host(core.settings):
        only_on(app, host)


def addresses_of(core: "Core") -> FileAddresses:
    """Where the taps of a reply lead."""
    return FileAddresses(core.addresses, _handles(core), core.database, core.channels, core.ring)


def own_host(settings: Settings) -> str:
    """The host that serves the form and nothing else; empty where it shares that of the service, or is a trial's."""
    form, public = (
        urlsplit(one).netloc.lower().removesuffix(":443") for one in (settings.form_url, settings.public_url)
    )
    return "" if HERE.fullmatch(settings.form_url) or form == public else form


def _handles(core: "Core") -> Handles:
    """A trial has no other address than that of its form."""
    shown_at = core.settings.public_url or (core.settings.form_url if HERE.fullmatch(core.settings.form_url) else "")
    return Handles(core.ring, shown_at, lambda: time.time_ns() // 1_000_000)
