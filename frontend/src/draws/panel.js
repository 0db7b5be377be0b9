// A review panel by lot, step by step as docs/draws.md says; sets of fields are bits of a BigInt.
function outermost(sets) {
  const all = [...new Set(sets)].filter((one) => one);
  return all.filter((one) => !all.some((other) => one !== other && (one & other) === one));
}

function covers(needed, seats, offers) {
  if (!needed) return true;
  if (seats <= 0) return false;
  const useful = outermost(offers.map((offer) => offer & needed));
  let scarce = 0n;
  let fewest = Infinity;
  for (let bit = 1n; bit <= needed; bit <<= 1n) {
    if (!(needed & bit)) continue;
    const count = useful.filter((one) => one & bit).length;
    if (count < fewest) { fewest = count; scarce = bit; }
  }
  return useful.some((one) => one & scarce && covers(needed & ~one, seats - 1, useful));
}

const words = (text) => (text || "").split(/\s+/).filter(Boolean);

function candidate(row, parameters) {
  const names = new Set(words(row.fields));
  let fields = 0n;
  parameters.fields.forEach((name, place) => { if (names.has(name)) fields |= 1n << BigInt(place); });
  const at = (weights, text) => weights[Math.min(Number(text || "0"), weights.length - 1)];
  const weight = at(parameters.load_weights || [1], row.load) * at(parameters.rest_weights || [1], row.rest);
  const barred = words(row.barred);
  if (!weight && !barred.length && !(parameters.seated || []).includes(row.id)) barred.push("load");
  return { id: row.id, fields, leads: (parameters.leader_ranks || []).includes(row.rank || ""), barred, weight };
}

function lot(among, u) {
  let point = Math.floor(u * among.reduce((sum, one) => sum + one.weight, 0));
  for (const one of among) {
    point -= one.weight;
    if (point < 0) return one;
  }
  return among[among.length - 1];
}

export function drawPanel(rows, parameters, uniforms) {
  const people = rows.map((row) => candidate(row, parameters));
  const seated = parameters.seated || [];
  const keptLeader = parameters.seated_leader || "";
  const taken = seated.map((id) => people.find((one) => one.id === id));
  let free = people.filter((one) => !one.barred.length && !seated.includes(one.id));
  let missing = (1n << BigInt(parameters.fields.length)) - 1n;
  for (const one of taken) missing &= ~one.fields;

  const completes = (chosen) => {
    const seats = parameters.size - taken.length - 1;
    const rest = free.filter((one) => one.fields && one !== chosen).map((one) => one.fields);
    return rest.length >= seats && covers(missing & ~chosen.fields, seats, rest);
  };
  const nextLot = () => {
    if (!keptLeader && taken.length === seated.length) return ["leader", free.filter((one) => one.leads && completes(one))];
    if (missing) {
      let place = -1;
      let fewest = Infinity;
      parameters.fields.forEach((_, k) => {
        const bit = 1n << BigInt(k);
        const count = free.filter((one) => one.fields & bit).length;
        if (missing & bit && count < fewest) { fewest = count; place = k; }
      });
      const bit = 1n << BigInt(place);
      return [`field:${parameters.fields[place]}`, free.filter((one) => one.fields & bit && completes(one))];
    }
    return ["lot", free.filter((one) => one.fields)];
  };

  const steps = [];
  while (taken.length < parameters.size) {
    const [purpose, among] = nextLot();
    if (!among.length) throw new Error("result: no panel keeps every condition; `zhunsheng draws verify` names them");
    const chosen = lot(among, uniforms.next());
    steps.push({ for: purpose, among: among.length, weight: among.reduce((sum, one) => sum + one.weight, 0), drawn: chosen.id });
    taken.push(chosen);
    free = free.filter((one) => one !== chosen);
    missing &= ~chosen.fields;
  }
  const leader = keptLeader || steps[0].drawn;
  const barred = {};
  for (const one of people) for (const reason of one.barred) barred[reason] = (barred[reason] || 0) + 1;
  const by = (place) => taken.filter((one) => one.fields & (1n << BigInt(place))).map((one) => one.id);
  return {
    outcome: "drawn",
    leader,
    members: taken.filter((one) => one.id !== leader).map((one) => one.id),
    steps,
    covered: Object.fromEntries(parameters.fields.map((name, place) => [name, by(place)])),
    barred,
  };
}
