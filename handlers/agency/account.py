"""Meet the bot, ask who one is to it, choose the language.

villager [adds the account]
bot      ยินดีต้อนรับสู่ … [menu]
officer  ฉันคือใคร
bot      ท่านคือ … สังกัด … บทบาท …
visitor  English please
bot      I will answer in English from now on.
         (somebody removes the account: it is noted, so that no message is spent on them)
"""

from handlers.common.help import menu_taps, with_notes
from handlers.kit import SILENCE, Answer, Feature, Reply, Turn, ask, say, words
from itadomain.broadcasts import wishes
from itadomain.organisation import units_of
from itadomain.people import LANGUAGES
from itadomain.refusals import Refusal

feature = Feature("account")


@feature.on("event:follow")
def welcome(turn: Turn) -> Reply:
    wishes.come_back(turn.store, turn.who)
    key = "account.welcome_back" if turn.values.get("unblocked") else "account.welcome"
    office = turn.store.office
    reply = say(key, office=office.name)
    return (reply.adding(words("account.sample")) if office.sample else reply).offering(*menu_taps(turn))


@feature.on("event:unfollow")
def farewell(turn: Turn) -> Reply:
    wishes.leave(turn.store, turn.who, turn.today)
    return SILENCE  # nobody is there to read it


@feature.on("event:join", in_groups=True)
def join_group(turn: Turn) -> Reply:
    return say("account.joined_group", office=turn.store.office.short)


@feature.on("intent:greeting")
def greet(turn: Turn) -> Reply:
    greeting = say("account.greeting", office=turn.store.office.short)
    return with_notes(turn, greeting).offering(*menu_taps(turn))


@feature.on("intent:thanks", aside=True)
def thanked(turn: Turn) -> Reply:
    return say("account.you_are_welcome")


@feature.on()
def me(turn: Turn) -> Reply:
    who = turn.who
    if not who.roles:
        return say("account.you_are_citizen", office=turn.store.office.short).offering(*menu_taps(turn))
    roles = [words(f"account.role_{role}") for role in sorted(who.roles)]
    units = [unit.name for unit in units_of(who, turn.store.units.all(), turn.today)]
    told = units or words("account.no_unit")
    return say("account.you_are", name=who.name, unit=told, roles=roles).offering(*menu_taps(turn))


@feature.on("intent:change_language")
def language(turn: Turn) -> Reply:
    wanted = turn.values.get("language")
    if wanted is None:
        return ask("account.which_language", then=pick_language, choices=_languages())
    if wanted not in LANGUAGES:
        return say("account.no_such_language").offering(*menu_taps(turn))
    turn.store.people.save(turn.who.speaking(str(wanted)))
    spoken = say("account.language_set").offering(*menu_taps(turn))
    return spoken.in_language(str(wanted))


@feature.step
def pick_language(turn: Turn) -> Reply:
    wanted = turn.chosen or turn.values.get("language")
    if wanted not in LANGUAGES:
        raise Refusal("account.which_language_again")
    turn.store.people.save(turn.who.speaking(str(wanted)))
    return say("account.language_set").offering(*menu_taps(turn)).in_language(str(wanted))


def _languages() -> list[Answer]:
    return [Answer(words(f"account.language_{code}"), code) for code in LANGUAGES]
