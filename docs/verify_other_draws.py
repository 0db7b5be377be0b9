"""Recompute a review panel, or a sample by the random pivotal method, from its transcript alone:
python verify_other_draws.py FILE. Inspections by Sampford's method and inspectors: verify_draw.py."""
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
def random_pivotal(pi, u):  # they meet in random order: one is drawn or leaves, the other keeps what is over
    drawn, chance = [k for k, x in enumerate(pi) if x == 1], [k for k, x in enumerate(pi) if 0 < x < 1]
    (one, held), *others = [(k, pi[k]) for _, k in sorted([(next(u), k) for k in chance])] or [(None, 0)]
    for k, x in others:
        v, both = next(u), held + x
        if held >= 1: drawn.append(one); one, held = k, x
        elif both < 1: one, held = one if v < held / both else k, both
        else: taken = one if v < (1 - x) / (2 - both) else k; drawn.append(taken); one, held = one + k - taken, both - 1
    return drawn + [one] * (held > 0.5)
def sample(rows, p, u):
    groups, pi, strata, draw = {}, {}, {}, {"random_pivotal": random_pivotal}[p["method"]]
    for r in rows: groups.setdefault(r.get("stratum", ""), []).append(r)
    for name, group in groups.items():
        n, sizes = p["n"].get(name, 0), [float(r.get("size") or 1) for r in group]
        some, strata[name] = shares(sizes, n, float(p.get("floor", "0"))), {"units": len(group), "n": n}
        pi |= {group[k]["id"]: some[k] for k in draw(some, u)}
    return {"outcome": "drawn", "selected": [r["id"] for r in rows if r["id"] in pi], "pi": pi, "strata": strata}
def covers(need, seats, sets):  # can so many of the sets hold all that is needed?
    first, useful = min(need, default=""), {one & need for one in sets}
    return not need or seats > 0 and any(covers(need - one, seats - 1, useful) for one in useful if first in one)
def panel(rows, p, u):
    """Draw again: the leader first, then whoever covers what is missing, then by lot."""
    size, fields, seated, kept = p["size"], p["fields"], p.get("seated", []), p.get("seated_leader", "")
    able = {r["id"]: frozenset(r.get("fields", "").split()) & set(fields) for r in rows}
    at = lambda weights, text: weights[min(int(text or 0), len(weights) - 1)]
    weight = {r["id"]: at(p.get("load_weights", [1]), r.get("load")) * at(p.get("rest_weights", [1]), r.get("rest"))
              for r in rows}
    barred = {r["id"]: r.get("barred", "").split() for r in rows}
    barred |= {x: ["load"] for x in able if not weight[x] and not barred[x] and x not in seated}
    taken, steps, leads = list(seated), [], {r["id"] for r in rows if r.get("rank") in p.get("leader_ranks", [])}
    free = [r["id"] for r in rows if not barred[r["id"]] and r["id"] not in seated]
    while len(taken) < size:
        missing, left = frozenset(fields).difference(*(able[x] for x in taken)), size - len(taken) - 1
        def completes(x):
            rest = [able[y] for y in free if able[y] and y != x]
            return len(rest) >= left and covers(missing - able[x], left, rest)
        if not kept and len(taken) == len(seated):
            purpose, among = "leader", [x for x in free if x in leads and completes(x)]
        elif missing:  # the field that fewest can cover
            f = min((f for f in fields if f in missing), key=lambda f: sum(f in able[x] for x in free))
            purpose, among = "field:" + f, [x for x in free if f in able[x] and completes(x)]
        else:
            purpose, among = "lot", [x for x in free if able[x]]
        point = int(next(u) * (total := sum(weight[x] for x in among)))
        drawn = next(x for k, x in enumerate(among) if point < sum(weight[y] for y in among[: k + 1]))
        steps.append({"for": purpose, "among": len(among), "weight": total, "drawn": drawn})
        taken.append(drawn); free.remove(drawn)
    leader, reasons = kept or steps[0]["drawn"], [reason for one in barred.values() for reason in one]
    return {"outcome": "drawn", "leader": leader, "members": [x for x in taken if x != leader], "steps": steps,
            "covered": {f: [x for x in taken if f in able[x]] for f in fields},
            "barred": {r: reasons.count(r) for r in reasons}}
def places(r):  # every part of a result by its name
    parts = lambda v: v if isinstance(v, dict) and v else {"": v}
    return {f"result.{k}.{part}".rstrip("."): x for k, v in r.items() for part, x in parts(v).items()}
def differences(raw):
    """Return the names of all places that differ."""
    t, used = json.loads(raw), []
    c, m, rows = t["commitment"], t["material"], list(csv.DictReader(t["frame"].splitlines()))
    first = max(c["committed_at"], c["known_at"])
    line = m["a"] + " " + m["b"] if "a" in m else m.get("numbers") or sha(bytes.fromhex(m["signature"]))
    lines = ["zhunsheng-draw/1", sha(t["frame"]), sha(jcs(c)), c["source"], c["reference"], line, ""]
    engine = {"panel 1": panel, "sample 1": sample}[c["kind"] + " " + c["engine"]]
    mine, said = map(places, (engine(rows, c["parameters"], numbers(t["seed"], used)), t["result"]))
    good = {"file": jcs(t) == raw, "frame": lines[1] == c["frame_sha256"], "uniforms": len(used) == t["uniforms"],
        "commitment": lines[2] == t["commitment_sha256"], "seed": sha("\n".join(lines)) == t["seed"],
        "material": "a" not in m or [p.split("=")[1] for p in c["reference"].split(";")] == [sha(m["a"]), sha(m["b"])],
        "entered": all(first <= e["at"] <= t["drawn_at"] and e["person"] != 1 for e in t["entered"]),
        **{k: jcs(mine.get(k)) == jcs(said.get(k)) for k in {**said, **mine}}, "drawn_by": t["drawn_by"] != 1,
        "transcript_sha256": sha(jcs({k: t[k] for k in t if k != "transcript_sha256"})) == t["transcript_sha256"]}
    return [name for name in good if not good[name]]
if __name__ == "__main__":
    try: bad = differences(open(sys.argv[1], encoding="utf-8", newline="").read())
    except Exception as error: bad = [f"file: {error!r}"]
    sys.exit("\n".join("DIFFERENCE " + one for one in bad) or print("agrees"))
