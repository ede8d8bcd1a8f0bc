"""Where two people are needed: another administrator; where there is one only, the ปลัด or the นายก; else nobody."""

import pytest

from itadomain.people import Role
from itadomain.second_person import others
from tests.fakes import TODAY, MemoryStore, a_person

ADMIN, MAYOR, STAFF = a_person(Role.ADMIN), a_person(Role.EXECUTIVE), a_person(Role.STAFF)
ADMIN_AND_MAYOR = a_person(Role.ADMIN, Role.EXECUTIVE)


@pytest.mark.parametrize(("people", "second"), [
    ((ADMIN, ADMIN, MAYOR), [1]),
    ((ADMIN, MAYOR, MAYOR, STAFF), [1, 2]),
    ((ADMIN_AND_MAYOR, STAFF), []),
    ((ADMIN_AND_MAYOR, MAYOR), [1]),
    ((MAYOR, ADMIN, MAYOR), [1]),
    ((ADMIN, STAFF), []),
])  # fmt: skip
def test_who_the_second_person_is(people, second):
    store = MemoryStore()
    met = [store.people.meet(f"U{no}", one) for no, one in enumerate(people)]
    assert [one.id for one in others(store, met[0], TODAY)] == [met[no].id for no in second]
