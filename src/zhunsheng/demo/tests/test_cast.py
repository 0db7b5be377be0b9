"""Leads and cases of the demo province tell of bodies whose field fits what is told."""

from zhunsheng.demo.cases import ECOLOGY, PARTS, PRODUCTS, SAMPLES, WATER, cast_bodies
from zhunsheng.demo.visits import visited
from zhunsheng.registry.bodies.models import Body

VEHICLES, FOOD, WATER_BODY, ENVIRONMENT, BUILDING, TEXTILE = (
    Body(cma=f"2319{field}110001") for field in ("05", "00", "13", "12", "02", "11")
)


def test_each_part_is_played_by_a_body_of_its_field():
    bodies = [VEHICLES, WATER_BODY, TEXTILE, Body(cma="231905110002"), FOOD, ENVIRONMENT, BUILDING]

    cast = cast_bodies(bodies)

    assert [one.cma[4:6] for one in cast] == ["11", "00", "05", "05", "12", "13"]
    assert (PRODUCTS, SAMPLES, (), (), ECOLOGY, WATER) == PARTS


def test_where_no_body_of_a_field_is_left_another_plays_and_nobody_plays_twice():
    bodies = [Body(cma=f"23190511{n:04d}") for n in range(1, 8)]

    cast = cast_bodies(bodies)

    assert len(cast) == len({one.cma for one in cast}) == len(PARTS)


def test_too_few_bodies_leave_parts_unplayed():
    assert cast_bodies([FOOD]) == [FOOD]


def test_visits_go_to_the_first_body_and_to_one_that_inspects_vehicles():
    first, second, vehicles = (Body(cma=f"2319{field}110001") for field in ("02", "10", "05"))

    assert visited([first, second, vehicles]) == [first, vehicles]
    assert visited([vehicles, second]) == [vehicles, second]
    assert visited([first]) == [first]
