"""Two who answer at the same moment: one is heard, the other is told; nothing is lost and nothing said twice."""

import threading
from collections.abc import Callable, Sequence

from directory.domain.errors import DirectoryError
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import IllegalMove, fold
from directory.services.parts import Parts
from directory.services.referrals.standpoint import as_receiver, as_sender, by_link
from directory.services.referrals.write import Act, act_on, event_of, events_of
from tests.support.referrals import Town, row_of, sent_to_shelter

ROUNDS = 6


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """What came of each, done in threads that start together."""
    found: dict[int, object] = {}
    together = threading.Barrier(len(acts))

    def act(number: int) -> None:
        together.wait(10)
        try:
            found[number] = acts[number]()
        except DirectoryError as error:
            found[number] = error

    threads = [threading.Thread(target=act, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return [found[number] for number in range(len(acts))]


def test_of_a_yes_and_a_no_at_once_one_counts(parts: Parts, town: Town):
    for _round in range(ROUNDS):
        _need, attempt = sent_to_shelter(parts, town, with_consent=False)
        keeper, link = as_receiver(town.keeper, town.house), by_link(town.house, "00000000-0000-4000-8000-000000000001")
        came = at_once(
            [
                lambda attempt=attempt, who=keeper: act_on(parts, attempt, who, Act(Kind.ACCEPTED, contact_name="Rosa")),
                lambda attempt=attempt, who=link: act_on(parts, attempt, who, Act(Kind.DECLINED, code="no_capacity")),
                lambda attempt=attempt: act_on(parts, attempt, as_sender(town.worker, town.school), Act(Kind.SENDER_READ)),
            ]
        )
        assert sum(isinstance(each, IllegalMove) for each in came) == 1
        with parts.database.reading() as session:
            events = events_of(session, [attempt])[attempt]
            assert [each.number for each in events] == [1, 2, 3, 4]
            assert fold(event_of(each) for each in events).state == row_of(parts, attempt).state in ("accepted", "declined")


def test_the_same_tap_from_two_windows_is_kept_once(parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town, with_consent=False)
    who = as_receiver(town.keeper, town.house)
    at_once([lambda: act_on(parts, attempt, who, Act(Kind.ACCEPTED, contact_name="Rosa"))] * 4)
    with parts.database.reading() as session:
        assert [each.kind for each in events_of(session, [attempt])[attempt]] == ["drafted", "sent", "accepted"]
