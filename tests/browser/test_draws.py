"""A visitor recomputes a draw in the browser; two officers enter numbers and draw, the one who chose may not."""

import json

import pytest

DRAWN = "select number from draws_draw where stage = 'drawn' order by id"


def recompute(page) -> str:
    page.click("[data-recompute-start]")
    answer = page.wait_for_selector("[data-recompute-answer] :is(.zs-good, .zs-bad, .zs-attention)")
    return answer.get_attribute("class") + " " + answer.inner_text()


def test_a_visitor_recomputes_a_draw(visit, site):
    (number,) = site.row(DRAWN)
    page = visit()
    page.goto(f"/draws/{number}/")

    assert "zs-good" in recompute(page)


@pytest.mark.parametrize("place", ["selected", "seed"])
def test_a_transcript_that_was_changed_on_the_way_is_told(visit, site, place):
    (number,) = site.row(DRAWN)
    page = visit()

    def changed(route):
        found = route.fetch().json()
        if place == "selected":
            found["result"]["selected"].reverse()
        else:
            found["seed"] = "0" * 64
        route.fulfill(body=json.dumps(found, ensure_ascii=False), content_type="application/json")

    page.route("**/transcript.json", changed)
    page.goto(f"/draws/{number}/")
    said = recompute(page)

    assert "zs-bad" in said
    assert place in said


def test_who_chose_the_frame_is_offered_no_step(visit, site):
    (number,) = site.row("select number from draws_draw where stage = 'committed' order by id")
    chooser, other = visit("sheng"), visit("fazhi")

    for page, offered in ((chooser, False), (other, True)):
        page.goto(f"/draws/{number}/")
        assert (page.locator("#enter").count() > 0) == offered
