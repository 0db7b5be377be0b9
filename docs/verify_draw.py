"""Recompute an inspection's draw, of bodies or of inspectors, from its transcript alone: python verify_draw.py FILE."""
import csv, hashlib, hmac, json, sys
from decimal import Decimal
def jcs(v):  # canonical JSON (RFC 8785), as far as transcripts use it
    if isinstance(v, dict): return "{" + ",".join(f"{jcs(k)}:{jcs(v[k])}" for k in sorted(v)) + "}"
    if isinstance(v, list): return "[" + ",".join(map(jcs, v)) + "]"
    if not isinstance(v, float): return json.dumps(v, ensure_ascii=False)
    return repr(v).replace("e-0", "e-") if 0 < abs(v) < 1e-6 else f"{Decimal(repr(v)):f}".removesuffix(".0")
def sha(v): return hashlib.sha256(v if isinstance(v, bytes) else v.encode()).hexdigest()
def numbers(seed, used):  # the first 53 bits of HMAC-SHA-256(seed, counter), between 0 and 1
    while used.append(1) is None:
        digest = hmac.digest(bytes.fromhex(seed), (len(used) - 1).to_bytes(8, "big"), "sha256")
        yield (int.from_bytes(digest[:8], "big") >> 11) / 2**53
def shares(sizes, n, floor):  # inclusion probabilities: the certain ones out, again, then those below the floor
    floored, certain = set(), set()
    while True:
        rest, total = [k for k in range(len(sizes)) if k not in floored], 0.0
        for k in rest: total += 0.0 if k in certain else sizes[k]
        pi = {k: 1.0 if k in certain else (n - floor * len(floored) - len(certain)) * sizes[k] / total for k in rest}
        more, low = {k for k in rest if pi[k] >= 1} - certain, {k for k in rest if pi[k] < floor}
        if not more and not low: return [pi.get(k, floor) for k in range(len(sizes))]
        certain, floored = (certain | more, floored) if more else (set(), floored | low)
def sampford(pi, u):
    """Draw again. p, f: of the units from here on, the chance of m successes; the same weighted by slack."""
    drawn, chance = [k for k, x in enumerate(pi) if x == 1], [k for k, x in enumerate(pi) if 0 < x < 1]
    left, slack = round(sum(pi[k] for k in chance)), 0.0
    rows = [([1.0] + [0.0] * left, [0.0] * (left + 1))]
    for x, (p, f) in ((pi[k], rows[-1]) for k in reversed(chance)):
        rows.append(([(1 - x) * p[0]] + [(1 - x) * b + x * a for a, b in zip(p, p[1:])],
                     [(1 - x) * f[0]] + [(1 - x) * b + x * (a + (1 - x) * c) for a, b, c in zip(f, f[1:], p)]))
    for place, k in enumerate(chance):
        v, x, (p, f), (q, g) = next(u), pi[k], rows[-1 - place], rows[-2 - place]
        odds = x * ((slack + (1 - x)) * q[left - 1] + g[left - 1]) / (slack * p[left] + f[left]) if left else 0
        if left and (left == len(chance) - place or v < odds): drawn.append(k); left -= 1; slack += 1 - x
    return drawn
def sample(rows, p, u, said):
    groups, pi, strata, draw = {}, {}, {}, {"sampford": sampford}[p["method"]]
    for r in rows: groups.setdefault(r.get("stratum", ""), []).append(r)
    for name, group in groups.items():
        n, sizes = p["n"].get(name, 0), [float(r.get("size") or 1) for r in group]
        some, strata[name] = shares(sizes, n, float(p.get("floor", "0"))), {"units": len(group), "n": n}
        pi |= {group[k]["id"]: some[k] for k in draw(some, u)}
    return {"outcome": "drawn", "selected": [r["id"] for r in rows if r["id"] in pi], "pi": pi, "strata": strata}
def may_come(v, r):  # not barred, not there already, room left, serves the region, has one of the fields
    away = {one.split(":")[0] for one in v["barred"].split()} | {v["seat"].partition(":")[2]}
    serves, fields = v["region"].startswith(tuple(r["regions"].split())), set(v["fields"].split())
    return r["id"] not in away and int(r["room"]) > 0 and serves and (not fields or fields & set(r["fields"].split()))
def seated(v, said, cost, leads):  # those drawn, then leader and second: of two who may lead, the cheaper one leads
    seat, _, kept = v["seat"].partition(":")
    drawn = sorted((x for x in said if x != kept and x in cost), key=lambda x: (cost[x], x))
    leader = kept if seat == "leader" else next((x for x in drawn if x in leads), "")
    pair = [leader, *(x for x in [*drawn, kept] if x and x != leader)]
    return drawn, pair if leader and len(pair) == 2 and (not kept or kept == pair[seat == "second"]) else None
def only_cheapest(arcs):  # Bellman and Ford: distances come to rest only if no round trip costs less than nothing
    far, moved = {node: 0 for arc in arcs for node in arc[:2]}, True
    for _ in range(len(far) + 1):
        before, moved = moved, False
        for start, end, cost in arcs if before else []:
            if far[start] + cost < far[end]: far[end], moved = far[start] + cost, True
    return not moved
def inspectors(rows, p, u, said):
    """Compute every cost anew: any other assignment costs more if no round trip of exchanges costs nothing or less."""
    people, arcs, pairs, total, count = [r for r in rows if r["role"] != "visit"], [], {}, 0, 0
    leads, load = {r["id"] for r in people if r["role"] == "leader"}, {r["id"]: 0 for r in people}
    for v in (r for r in rows if r["role"] == "visit"):
        one, cost = v["id"], {r["id"]: int(next(u) * 2**40) for r in people if may_come(v, r)}
        drawn, pairs[one] = seated(v, said["pairs"][one], cost, leads)
        total, count, led = total + sum(cost[x] for x in drawn), count + len(cost), sum(x in leads for x in drawn)
        for x in drawn: load[x] += 1
        for x, c in cost.items():  # less one for each pair: a round trip that costs nothing counts as one too cheap
            arcs.append(((one, x in leads), x, -c * 10**6 - 1) if x in drawn else (x, (one, x in leads), c * 10**6 - 1))
        for kind, taken, most in (True, led, len(drawn)), (False, len(drawn) - led, not v["seat"].startswith("second")):
            arcs += [((one, kind), (one,), 0)] * (taken < most) + [((one,), (one, kind), 0)] * (taken > 0)
    for r in people:
        arcs += [("", r["id"], 0)] * (load[r["id"]] < int(r["room"])) + [(r["id"], "", 0)] * (load[r["id"]] > 0)
    fits = all(load[r["id"]] <= int(r["room"]) for r in people) and only_cheapest(arcs)
    return {"outcome": "drawn", "pairs": pairs if fits else None, "cost": total, "possible": count}
def places(r):  # every part of a result by its name
    parts = lambda v: v if isinstance(v, dict) and v else {"": v}
    return {f"result.{k}.{part}".rstrip("."): x for k, v in r.items() for part, x in parts(v).items()}
def differences(raw):
    """Return the names of all places that differ."""
    t, used = json.loads(raw), []
    c, m, rows = t["commitment"], t["material"], list(csv.DictReader(t["frame"].splitlines()))
    line = m["a"] + " " + m["b"] if "a" in m else m.get("numbers") or sha(bytes.fromhex(m["signature"]))
    lines = ["zhunsheng-draw/1", sha(t["frame"]), sha(jcs(c)), c["source"], c["reference"], line, ""]
    engine = {"sample 1": sample, "inspectors 1": inspectors}[c["kind"] + " " + c["engine"]]
    mine, said = map(places, (engine(rows, c["parameters"], numbers(t["seed"], used), t["result"]), t["result"]))
    good = {"file": jcs(t) == raw, "frame": lines[1] == c["frame_sha256"], "uniforms": len(used) == t["uniforms"],
        "commitment": lines[2] == t["commitment_sha256"], "seed": sha("\n".join(lines)) == t["seed"],
        "material": "a" not in m or [p.split("=")[1] for p in c["reference"].split(";")] == [sha(m["a"]), sha(m["b"])],
        "entered": all(c["committed_at"] <= e["at"] <= t["drawn_at"] and e["at"] >= c["known_at"] and e["person"] != 1
                       for e in t["entered"]),
        **{k: jcs(mine.get(k)) == jcs(said.get(k)) for k in {**said, **mine}}, "drawn_by": t["drawn_by"] != 1,
        "transcript_sha256": sha(jcs({k: t[k] for k in t if k != "transcript_sha256"})) == t["transcript_sha256"]}
    return [name for name in good if not good[name]]
if __name__ == "__main__":
    try: bad = differences(open(sys.argv[1], encoding="utf-8", newline="").read())
    except Exception as error: bad = [f"file: {error!r}"]
    sys.exit("\n".join("DIFFERENCE " + one for one in bad) or print("agrees"))
