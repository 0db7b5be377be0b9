"""Prove a draw of inspectors from its transcript with Python's standard library alone: python verify_inspectors.py FILE.

The cheapest assignment is not searched for again. Every random cost is computed anew, and it is proved that every other
assignment costs more: in the network of exchanges that are possible, no round trip costs nothing or less.
"""
import csv, hashlib, hmac, json, sys

def jcs(v):  # canonical JSON (RFC 8785), as far as these transcripts use it
    if isinstance(v, dict): return "{" + ",".join(f"{jcs(k)}:{jcs(v[k])}" for k in sorted(v)) + "}"
    if isinstance(v, list): return "[" + ",".join(map(jcs, v)) + "]"
    return json.dumps(v, ensure_ascii=False)

def sha(text): return hashlib.sha256(text.encode()).hexdigest()

def numbers(seed):  # the first 53 bits of HMAC-SHA-256(seed, counter)
    for k in range(10**9):
        digest = hmac.digest(bytes.fromhex(seed), k.to_bytes(8, "big"), "sha256")
        used[0] = k + 1
        yield (int.from_bytes(digest[:8], "big") >> 11) / 2**53

def may_come(v, r):  # not barred, not there already, room left, serves the region, has one of the fields
    away = {one.split(":")[0] for one in v["barred"].split()} | {v["seat"].partition(":")[2]}
    fields = set(v["fields"].split())
    return (r["id"] not in away and int(r["room"]) > 0 and v["region"].startswith(tuple(r["regions"].split()))
            and (not fields or bool(fields & set(r["fields"].split()))))

def seated(v, said, cost, leads):  # leader and second: of two who may lead, the cheaper one leads
    seat, _, kept = v["seat"].partition(":")
    drawn = sorted((x for x in said if x != kept), key=lambda x: (cost[x], x))
    leader = kept if seat == "leader" else next(x for x in drawn if x in leads)
    pair = [leader, *(x for x in [*drawn, kept] if x and x != leader)]
    return drawn, pair if len(pair) == 2 and (not kept or kept == pair[seat == "second"]) else None

def only_cheapest(arcs):  # Bellman and Ford: distances come to rest only if no round trip costs less than nothing
    far = {node: 0 for arc in arcs for node in arc[:2]}
    for _ in range(len(far) + 1):
        changed = False
        for start, end, cost in arcs:
            if far[start] + cost < far[end]: far[end], changed = far[start] + cost, True
        if not changed: return True
    return False

def inspectors(rows, said, u):
    people = [r for r in rows if r["role"] != "visit"]
    leads, load = {r["id"] for r in people if r["role"] == "leader"}, {r["id"]: 0 for r in people}
    arcs, pairs, total, count = [], {}, 0, 0
    for v in (r for r in rows if r["role"] == "visit"):
        one, cost = v["id"], {r["id"]: int(next(u) * 2**40) for r in people if may_come(v, r)}
        try: drawn, pairs[one] = seated(v, said[one], cost, leads)
        except (KeyError, StopIteration, TypeError): pairs[one] = None
        if pairs[one] is None: return {"outcome": "drawn", "pairs": pairs}
        total, count, led = total + sum(cost[x] for x in drawn), count + len(cost), sum(x in leads for x in drawn)
        for x in drawn: load[x] += 1
        for x, c in cost.items():  # less one for each pair: a round trip that costs nothing counts as one too cheap
            node, c = (one, x in leads), c * 10**6
            arcs.append((node, x, -c - 1) if x in drawn else (x, node, c - 1))
        most = {True: len(drawn), False: 0 if v["seat"].startswith("second") else 1}
        for kind, taken in {True: led, False: len(drawn) - led}.items():
            arcs += [((one, kind), (one,), 0)] * (taken < most[kind]) + [((one,), (one, kind), 0)] * (taken > 0)
    for r in people:
        arcs += [("", r["id"], 0)] * (load[r["id"]] < int(r["room"])) + [(r["id"], "", 0)] * (load[r["id"]] > 0)
    full = all(load[r["id"]] <= int(r["room"]) for r in people)
    return {"outcome": "drawn", "pairs": pairs if full and only_cheapest(arcs) else None, "cost": total, "possible": count}

used, raw = [0], open(sys.argv[1], encoding="utf-8", newline="").read()
t = json.loads(raw)
c, m, rows = t["commitment"], t["material"], list(csv.DictReader(t["frame"].splitlines()))
line = (m["a"] + " " + m["b"]) if "a" in m else m.get("numbers") or hashlib.sha256(bytes.fromhex(m["signature"])).hexdigest()
first = max(c["committed_at"], c["known_at"]); lines = ["zhunsheng-draw/1", sha(t["frame"]), sha(jcs(c)), c["source"], c["reference"], line]
result = inspectors(rows, t["result"]["pairs"], numbers(t["seed"]))
checks = {"file": jcs(t) == raw, "frame": sha(t["frame"]) == c["frame_sha256"], "commitment": sha(jcs(c)) == t["commitment_sha256"],
          "kind": (c["kind"], c["engine"]) == ("inspectors", "1"),
          "material": "a" not in m or [p.split("=")[1] for p in c["reference"].split(";")] == [sha(m["a"]), sha(m["b"])],
          "seed": sha("".join(one + "\n" for one in lines)) == t["seed"], "uniforms": used[0] == t["uniforms"],
          "entered": all(first <= e["at"] <= t["drawn_at"] and e["person"] != 1 for e in t["entered"]) and t["drawn_by"] != 1,
          **{f"result.{k}": jcs(result.get(k)) == jcs(t["result"].get(k)) for k in {*result, *t["result"]} - {"pairs"}},
          **{f"result.pairs.{k}": jcs((result["pairs"] or {}).get(k)) == jcs(one) for k, one in t["result"]["pairs"].items()},
          "result.pairs": result["pairs"] is not None and set(result["pairs"]) == set(t["result"]["pairs"]),
          "transcript_sha256": sha(jcs({k: t[k] for k in t if k != "transcript_sha256"})) == t["transcript_sha256"]}
sys.exit("\n".join(f"DIFFERENCE {name}" for name, good in checks.items() if not good) or print("agrees:", jcs(result["pairs"])))
