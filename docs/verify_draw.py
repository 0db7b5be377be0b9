"""Recompute a draw from its transcript with Python's standard library alone: python verify_draw.py FILE."""
import csv, hashlib, hmac, json, sys
from decimal import Decimal

def jcs(v):  # canonical JSON (RFC 8785), as far as transcripts use it
    if isinstance(v, dict): return "{" + ",".join(f"{jcs(k)}:{jcs(v[k])}" for k in sorted(v)) + "}"
    if isinstance(v, list): return "[" + ",".join(map(jcs, v)) + "]"
    if not isinstance(v, float): return json.dumps(v, ensure_ascii=False)
    return repr(v).replace("e-0", "e-") if 0 < abs(v) < 1e-6 else f"{Decimal(repr(v)):f}".removesuffix(".0")

def sha(text): return hashlib.sha256(text.encode()).hexdigest()

def numbers(seed):  # the first 53 bits of HMAC-SHA-256(seed, counter)
    for k in range(10**9):
        digest = hmac.digest(bytes.fromhex(seed), k.to_bytes(8, "big"), "sha256")
        used[0] = k + 1
        yield (int.from_bytes(digest[:8], "big") >> 11) / 2**53

def covers(need, seats, sets):  # can so many of the sets hold all that is needed?
    first, useful = min(need, default=""), {one & need for one in sets}
    return not need or seats > 0 and any(covers(need - one, seats - 1, useful) for one in useful if first in one)

def panel(rows, p, u):  # leader first, then whoever covers what is missing, then by lot
    size, fields, seated, kept = p["size"], p["fields"], p.get("seated", []), p.get("seated_leader", "")
    able = {r["id"]: frozenset(r.get("fields", "").split()) & set(fields) for r in rows}
    at = lambda weights, text: weights[min(int(text or 0), len(weights) - 1)]
    weight = {r["id"]: at(p.get("load_weights", [1]), r.get("load")) * at(p.get("rest_weights", [1]), r.get("rest")) for r in rows}
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
            "covered": {f: [x for x in taken if f in able[x]] for f in fields}, "barred": {r: reasons.count(r) for r in reasons}}

def shares(sizes, n, floor):  # inclusion probabilities: the certain ones out, again, then those below the floor
    floored, certain = set(), set()
    while True:
        rest, total = [k for k in range(len(sizes)) if k not in floored], 0.0
        for k in rest: total += 0.0 if k in certain else sizes[k]
        pi = {k: 1.0 if k in certain else (n - floor * len(floored) - len(certain)) * sizes[k] / total for k in rest}
        more, low = {k for k in rest if pi[k] >= 1} - certain, {k for k in rest if pi[k] < floor}
        if not more and not low: return [pi.get(k, floor) for k in range(len(sizes))]
        certain, floored = (certain | more, floored) if more else (set(), floored | low)

def sampford(pi, u):  # a sample of fixed size with these inclusion probabilities, without rejection
    drawn, chance, total = [k for k, x in enumerate(pi) if x == 1], [k for k, x in enumerate(pi) if 0 < x < 1], 0.0
    for k in chance: total += pi[k]
    left, slack = int(total + 0.5), 0.0
    rows = [([1.0] + [0.0] * left, [0.0] * (left + 1))]
    for x in (pi[k] for k in reversed(chance)):
        p, f = rows[-1]
        rows.append(([(1 - x) * p[0]] + [(1 - x) * b + x * a for a, b in zip(p, p[1:])],
                     [(1 - x) * f[0]] + [(1 - x) * b + x * (a + (1 - x) * c) for a, b, c in zip(f, f[1:], p)]))
    for place, k in enumerate(chance):
        v, x, (p, f), (q, g), units = next(u), pi[k], rows[-1 - place], rows[-2 - place], len(chance) - place
        if left and (left == units or v < x * ((slack + (1 - x)) * q[left - 1] + g[left - 1]) / (slack * p[left] + f[left])):
            drawn.append(k); left -= 1; slack += 1 - x
    return drawn

def sample(rows, p, u):
    groups, pi, strata = {}, {}, {}
    for r in rows: groups.setdefault(r.get("stratum", ""), []).append(r)
    for name, group in groups.items():
        n = p["n"].get(name, 0)
        some = shares([float(r.get("size") or 1) for r in group], n, float(p.get("floor", "0")))
        pi |= {group[k]["id"]: some[k] for k in {"sampford": sampford}[p["method"]](some, u)}
        strata[name] = {"units": len(group), "n": n}
    return {"outcome": "drawn", "selected": [r["id"] for r in rows if r["id"] in pi], "pi": pi, "strata": strata}

used, raw = [0], open(sys.argv[1], encoding="utf-8", newline="").read()
t = json.loads(raw)
c, m, rows = t["commitment"], t["material"], list(csv.DictReader(t["frame"].splitlines()))
drand = hashlib.sha256(bytes.fromhex(m.get("signature", ""))).hexdigest()
line = (m["a"] + " " + m["b"]) if "a" in m else m.get("numbers", drand)
first = max(c["committed_at"], c["known_at"]); lines = ["zhunsheng-draw/1", sha(t["frame"]), sha(jcs(c)), c["source"], c["reference"], line]
result = {"panel": panel, "sample": sample}[c["kind"]](rows, c["parameters"], numbers(t["seed"]))
checks = {"file": jcs(t) == raw, "frame": sha(t["frame"]) == c["frame_sha256"], "commitment": sha(jcs(c)) == t["commitment_sha256"],
          "material": "a" not in m or [p.split("=")[1] for p in c["reference"].split(";")] == [sha(m["a"]), sha(m["b"])],
          "seed": sha("".join(one + "\n" for one in lines)) == t["seed"], "uniforms": used[0] == t["uniforms"],
          "entered": all(first <= e["at"] <= t["drawn_at"] and e["person"] != 1 for e in t["entered"]) and t["drawn_by"] != 1,
          **{f"result.{k}": jcs(result.get(k)) == jcs(t["result"].get(k)) for k in {*result, *t["result"]}},
          "transcript_sha256": sha(jcs({k: t[k] for k in t if k != "transcript_sha256"})) == t["transcript_sha256"]}
sys.exit("\n".join(f"DIFFERENCE {name}" for name, good in checks.items() if not good) or print("agrees:", jcs(result)))
