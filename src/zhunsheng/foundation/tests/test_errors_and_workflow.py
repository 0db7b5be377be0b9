import pickle
from enum import StrEnum

import pytest

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import IdentifierError
from zhunsheng.foundation.workflow import IllegalMove, Workflow


class Stage(StrEnum):
    PLANNED = "planned"
    ON_SITE = "on_site"
    CLOSED = "closed"


VISIT: Workflow[str] = Workflow(
    "visit",
    {
        (Stage.PLANNED, "start"): Stage.ON_SITE,
        (Stage.PLANNED, "cancel"): Stage.CLOSED,
        (Stage.ON_SITE, "close"): Stage.CLOSED,
    },
)


def test_a_legal_action_leads_to_the_next_stage():
    assert VISIT.target(Stage.PLANNED, "start") is Stage.ON_SITE


def test_a_stage_read_from_the_database_as_text_moves_alike():
    assert VISIT.target("on_site", "close") == "closed"
    assert VISIT.actions("planned") == ("start", "cancel")


def test_a_final_stage_allows_nothing():
    assert VISIT.actions(Stage.CLOSED) == ()
    assert VISIT.stages == (Stage.PLANNED, Stage.ON_SITE, Stage.CLOSED)


@pytest.mark.parametrize(("stage", "action"), [(Stage.CLOSED, "start"), (Stage.PLANNED, "close"), ("unheard", "start")])
def test_an_illegal_move_says_what_is_possible(stage, action):
    with pytest.raises(IllegalMove) as caught:
        VISIT.target(stage, action)

    assert caught.value.allowed == VISIT.actions(stage)
    assert caught.value.code == "illegal-move"
    assert action in str(caught.value)


def test_a_workflow_without_moves_is_refused():
    with pytest.raises(ValueError, match="no moves"):
        Workflow("empty", {})


def test_an_error_fills_its_sentence_and_keeps_the_msgid():
    error = DomainError(
        "At most %(most)s lines.", code="too-long", params={"most": 3}, field="results", remedy="Split."
    )

    assert str(error) == "At most 3 lines."
    assert (error.message, error.code, error.field, error.remedy) == (
        "At most %(most)s lines.",
        "too-long",
        "results",
        "Split.",
    )


def test_a_sentence_with_a_percent_sign_and_no_places_stays_as_it_is():
    assert str(DomainError("Below 5% of all")) == "Below 5% of all"


@pytest.mark.parametrize(
    "error", [IllegalMove("visit", "closed", "start", ()), IdentifierError("cas", "rule", "remedy", text="x")]
)
def test_errors_cross_process_borders_whole(error):
    back = pickle.loads(pickle.dumps(error))

    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)
