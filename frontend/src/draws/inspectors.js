// Inspectors for visits: not searched for again, but proved. Every random cost is computed anew, and no exchange between
// the pairs that the transcript names lowers the total cost or leaves it the same; so they are the one cheapest assignment.
const UNIT = 2 ** 40;
const words = (text) => (text || "").split(" ").filter(Boolean);

function visitOf(row) {
  const [seat, kept] = (row.seat || "").split(":");
  const barred = new Set(words(row.barred).map((one) => one.split(":")[0]));
  return { id: row.id, region: row.region, fields: words(row.fields), barred, seat, kept: kept || "" };
}

function inspectorOf(row) {
  return { id: row.id, leads: row.role === "leader", fields: new Set(words(row.fields)), regions: words(row.regions), room: Number(row.room) };
}

function possible(visit, one) {
  return !visit.barred.has(one.id) && one.id !== visit.kept && one.room > 0
    && one.regions.some((prefix) => visit.region.startsWith(prefix))
    && (!visit.fields.length || visit.fields.some((field) => one.fields.has(field)));
}

// Returns for each visit the costs of its possible inspectors, by their place in the list of people.
function costsOf(visits, people, uniforms) {
  return visits.map((visit) => {
    const found = new Map();
    people.forEach((one, place) => { if (possible(visit, one)) found.set(place, Math.floor(uniforms.next() * UNIT)); });
    return found;
  });
}

function drawnFor(visit, said, people, places, costs) {
  const bad = (why) => new Error(`result.pairs.${visit.id}: ${why}`);
  const pair = said.pairs[visit.id];
  if (!Array.isArray(pair) || pair.length !== 2 || pair[0] === pair[1]) throw bad("not two inspectors");
  if (visit.kept && pair[visit.seat === "leader" ? 0 : 1] !== visit.kept) throw bad("who stays has another seat");
  const drawn = pair.filter((one) => one !== visit.kept).map((one) => {
    const place = places.get(one);
    if (place === undefined || !costs.has(place)) throw bad(`${one} may not be drawn`);
    return place;
  });
  const order = drawn.sort((a, b) => costs.get(a) - costs.get(b) || a - b);
  const leader = visit.seat === "leader" ? visit.kept : (order.map((place) => people[place]).find((one) => one.leads) || {}).id;
  if (!leader) throw bad("nobody may lead");
  return { drawn, pair: [leader, ...[...order.map((place) => people[place].id), visit.kept].filter((one) => one && one !== leader)] };
}

// The arcs along which pairs may still be exchanged: from, to, cost, and 1 for a pair.
function arcsOf(visits, people, costs, staffed) {
  const load = new Array(people.length).fill(0);
  for (const { drawn } of staffed) for (const place of drawn) load[place] += 1;
  const arcs = [];
  people.forEach((one, place) => {
    if (load[place] > one.room) throw new Error(`result.pairs: ${one.id} has ${load[place]} visits`);
    if (load[place] < one.room) arcs.push([0, 1 + place, 0, 0]);
    if (load[place]) arcs.push([1 + place, 0, 0, 0]);
  });
  visits.forEach((visit, k) => {
    const [lead, other, whole] = [0, 1, 2].map((turn) => 1 + people.length + 3 * k + turn);
    const { drawn } = staffed[k];
    for (const [place, cost] of costs[k]) {
      const node = people[place].leads ? lead : other;
      arcs.push(drawn.includes(place) ? [node, 1 + place, -cost, 1] : [1 + place, node, cost, 1]);
    }
    const led = drawn.filter((place) => people[place].leads).length;
    const plain = visit.seat === "second" ? 0 : 1;
    for (const [node, used, most] of [[lead, led, visit.kept ? 1 : 2], [other, drawn.length - led, plain]]) {
      if (used < most) arcs.push([node, whole, 0, 0]);
      if (used) arcs.push([whole, node, 0, 0]);
    }
  });
  return arcs;
}

// Tells whether every round of exchanges costs something: distances by cost, then by more pairs, come to rest.
function onlyCheapest(arcs, nodes) {
  const far = new Float64Array(nodes);
  const pairs = new Float64Array(nodes);
  for (let sweep = 0; sweep <= nodes; sweep++) {
    let changed = false;
    for (const [from, to, cost, one] of arcs) {
      const reached = far[from] + cost;
      if (reached < far[to] || (reached === far[to] && pairs[from] + one > pairs[to])) {
        [far[to], pairs[to], changed] = [reached, pairs[from] + one, true];
      }
    }
    if (!changed) return true;
  }
  return false;
}

export function staffVisits(rows, _parameters, uniforms, said) {
  if (said.outcome !== "drawn") throw new Error("result.outcome: this page proves drawn assignments alone");
  const visits = rows.filter((row) => row.role === "visit").map(visitOf);
  const people = rows.filter((row) => row.role !== "visit").map(inspectorOf);
  const places = new Map(people.map((one, place) => [one.id, place]));
  const costs = costsOf(visits, people, uniforms);
  const staffed = visits.map((visit, k) => drawnFor(visit, said, people, places, costs[k]));
  if (!onlyCheapest(arcsOf(visits, people, costs, staffed), 1 + people.length + 3 * visits.length)) {
    throw new Error("result.pairs: another assignment costs as little or less");
  }
  let cost = 0;
  staffed.forEach(({ drawn }, k) => { for (const place of drawn) cost += costs[k].get(place); });
  const count = costs.reduce((sum, one) => sum + one.size, 0);
  return { outcome: "drawn", pairs: Object.fromEntries(visits.map((visit, k) => [visit.id, staffed[k].pair])), cost, possible: count };
}
