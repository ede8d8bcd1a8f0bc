"""One agency and its channel: do its secrets open, does its token work, do its events come here, what may it push."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.doctor import evidence, receivers
from bot.doctor.finding import Finding, Result, bad, doubtful, good
from bot.line.account import Bot
from bot.line.client import Lines, Outcome
from bot.storage.agencies import Agency
from bot.storage.sealing import SealBroken
from bot.wiring import Core
from itadomain.integrity.chat_mode import READ_BY_STAFF

NEARLY_USED_UP = 0.8
ADD_AGAIN = "run «itabot agency add» again with what the console shows under Basic settings"


def examine(core: Core, lines: Lines | None, slug: str, *, try_webhook: bool) -> Iterator[Finding]:
    """Everything about one agency; without `lines`, as far as this machine knows it."""
    try:
        agency = core.channels.by_slug(slug)
    except SealBroken:
        yield bad("secret", "it was sealed with a key that is not in ITABOT_KEYS", "add that key behind the others")
        return
    if agency is None:
        yield bad("agency", "there is none of this address", "see «itabot agency add»")
        return
    yield good("secret", "it opens")
    yield from evidence.room(core, agency.id)
    yield from receivers.examine(core, agency)
    if not agency.access_token and not agency.channel_id:
        yield bad("token", "without channel id or access token it hears and cannot answer", ADD_AGAIN)
        return
    if lines is None:
        return
    found = list(access(lines, agency))
    yield from found
    if any(finding.result is Result.FAIL for finding in found):
        return  # LINE tells nothing more without a token
    yield from webhook(lines, agency, try_it=try_webhook)
    yield quota(lines, agency)


def access(lines: Lines, agency: Agency) -> Iterator[Finding]:
    """Whether its token works, and is that of its account."""
    kind = "the long-lived token" if agency.access_token else "a stateless token"
    bot = lines.bot(agency)
    if bot is Outcome.NO_ACCESS:
        if agency.access_token:
            yield bad("token", "LINE refuses the long-lived token", "issue another in the console → Messaging API")
        else:
            yield bad("token", "LINE gives no token for its channel id and secret", ADD_AGAIN)
        return
    if isinstance(bot, Outcome):
        yield bad("token", f"LINE does not say: {_why(bot)}", "try again in a minute")
        return
    yield good("token", f"{kind} works")
    yield chat(bot)
    if agency.bot_user_id and agency.bot_user_id != bot.user_id:
        yield bad("account", "the token is another account's than the bot user id", ADD_AGAIN)
    elif agency.bot_user_id:
        yield good("account", "the token is that of its account")


def chat(bot: Bot) -> Finding:
    """Whether people of the agency read in the account what is typed to it, corruption that is disclosed too."""
    if bot.chat_mode == READ_BY_STAFF:
        says = "the account's chat is on: whoever looks after the account reads all that is typed, disclosures too"
        return doubtful("chat", says, "LINE Official Account Manager → Settings → Response settings → Chat: off")
    return good("chat", "the account's chat is off: in LINE only the bot reads what is typed")


def webhook(lines: Lines, agency: Agency, *, try_it: bool) -> Iterator[Finding]:
    """Whether LINE sends its events here."""
    known, path = lines.webhook(agency), f"/line/{agency.slug}/webhook"
    if known is Outcome.REFUSED or (not isinstance(known, Outcome) and not known.address):
        yield bad("webhook", "LINE has no address for it", f"enter https://<host>{path} in the console → Messaging API")
        return
    if isinstance(known, Outcome):
        yield doubtful("webhook", f"LINE does not say: {_why(known)}", "try again in a minute")
        return
    address = urlsplit(known.address)
    if not address.path.endswith(path):
        yield bad("webhook", f"LINE sends to {address.hostname}, but not to {path}", "correct it in the console")
    elif not known.active:
        yield bad("webhook", "LINE has the address and does not use it", "console → Messaging API → Use webhook: on")
    else:
        yield good("webhook", f"LINE sends to {address.hostname}")
        if try_it:
            yield trial(lines, agency)


def trial(lines: Lines, agency: Agency) -> Finding:
    """What LINE gets when it tries the address."""
    tried = lines.try_webhook(agency)
    if tried is Outcome.TOO_FAST:
        return doubtful("webhook test", "LINE tries an address 60 times an hour at most", "try again in a few minutes")
    if isinstance(tried, Outcome):
        return doubtful("webhook test", f"LINE did not try: {_why(tried)}", "try again in a minute")
    if tried.passed:
        return good("webhook test", "LINE reached this service and was answered")
    if tried.status == 401:  # noqa: PLR2004 - what this service says to a wrong signature
        return bad("webhook test", "this service took LINE's signature for wrong: another channel secret", ADD_AGAIN)
    says = f"LINE was answered {tried.status}" if tried.status else f"LINE reached nobody: {tried.reason}"
    return bad("webhook test", says, "see that the service runs and that the address leads to it")


def quota(lines: Lines, agency: Agency) -> Finding:
    """What it may still push this month; replies are free and go on."""
    known = lines.quota(agency)
    if known is None:
        return doubtful("quota", "LINE does not tell it", "try again in a minute")
    if known.limit is None:
        return good("quota", f"{known.used:,} pushed this month, without a limit")
    says = f"{known.used:,} of {known.limit:,} messages of this month are pushed"
    if known.used >= known.limit:
        return bad("quota", says, "take a larger plan: only answers within a minute go out until next month")
    if known.used >= known.limit * NEARLY_USED_UP:
        return doubtful("quota", says, "take a larger plan before the month's messages are gone")
    return good("quota", says)


def _why(outcome: Outcome) -> str:
    return outcome.name.lower().replace("_", " ")
