"""A draw of 300 bodies from 5,000, and of their inspectors among 400, against the random numbers that they take."""

import random
from collections.abc import Iterator

from benchmarks.harness import Stage, Work
from zhunsheng.foundation.draws import assignments, samples
from zhunsheng.foundation.draws.seeds import Uniforms

BODIES, DRAWN, INSPECTORS = 5_000, 300, 400
SMALLEST = {"BODIES": 200, "DRAWN": 6, "INSPECTORS": 120}
SEED = "5e" * 32
CITIES = [f"44{number:02d}" for number in range(1, 22)]
FIELDS = [f"{number:02d}" for number in range(22)]


def bodies(chance: random.Random) -> list[dict[str, str]]:
    """Return a frame of bodies with the weights of four grades."""
    return [
        {"id": f"B{number:05d}", "size": chance.choice(["3", "5", "20", "100"]), "stratum": ""}
        for number in range(BODIES)
    ]


def visits(chance: random.Random) -> list[dict[str, str]]:
    """Return a frame of visits and inspectors: cities, fields, two in a hundred pairs barred."""
    rows = [
        {
            "id": f"T{number:04d}", "role": "visit", "region": f"{chance.choice(CITIES)}00",
            "fields": chance.choice(FIELDS), "seat": "",
            "barred": " ".join(sorted({f"I{chance.randrange(INSPECTORS):04d}:interest" for _ in range(8)})),
        }
        for number in range(DRAWN)
    ]  # fmt: skip
    return rows + [
        {
            "id": f"I{number:04d}", "role": "leader" if number % 2 else "member", "room": "6",
            "fields": " ".join(sorted(chance.sample(FIELDS, 11))),
            "regions": "44" if number % 3 == 0 else " ".join(sorted(chance.sample(CITIES, 5))),
        }
        for number in range(INSPECTORS)
    ]  # fmt: skip


def stages(scale: int = 1) -> Iterator[Stage]:
    """Yield both draws; the floor takes as many numbers from the seed as the draw does."""
    chance = random.Random(20261127)
    frame, staff = bodies(chance), visits(chance)
    parameters = {"method": "sampford", "n": {"": DRAWN}, "floor": "0.01"}

    def taken(draw: object) -> int:
        uniforms = Uniforms(SEED)
        draw(uniforms)  # type: ignore[operator]  # both are functions of the numbers
        return uniforms.used

    def sampled(uniforms: Uniforms) -> None:
        found = samples.draw(frame, parameters, uniforms)
        if len(found["selected"]) != DRAWN:
            raise AssertionError("not as many as asked")

    def staffed(uniforms: Uniforms) -> None:
        found = assignments.draw(staff, {}, uniforms)
        if len(found["pairs"]) != DRAWN:
            raise AssertionError("not every visit is staffed")

    for name, draw in (
        (f"draw {DRAWN} bodies of {BODIES:,}", sampled),
        (f"two inspectors for {DRAWN} visits", staffed),
    ):
        count = taken(draw)

        def numbers(uniforms: Uniforms, count: int = count) -> None:
            for _ in range(count):
                next(uniforms)

        yield Stage(
            name,
            Work(lambda draw=draw: sum(taken(draw) for _ in range(scale))),
            "the same numbers from the seed",
            Work(lambda numbers=numbers: sum(taken(numbers) for _ in range(scale))),
            items=count * scale,
            note="items are numbers taken; a draw must end within 10 s",
        )
