// Samples with unequal probabilities: the same additions, products and comparisons in the same order as the server's.
function takeAll(sizes, n) {
  const certain = new Set();
  for (;;) {
    let total = 0;
    sizes.forEach((size, k) => { if (!certain.has(k)) total += size; });
    const left = n - certain.size;
    const found = sizes.map((size, k) => (certain.has(k) ? 1 : (left * size) / total));
    const more = found.map((pi, k) => (pi >= 1 && !certain.has(k) ? k : -1)).filter((k) => k >= 0);
    if (!more.length) return found;
    more.forEach((k) => certain.add(k));
  }
}

export function inclusionProbabilities(sizes, n, floor) {
  const floored = new Set();
  for (;;) {
    const rest = sizes.map((_, k) => k).filter((k) => !floored.has(k));
    const found = takeAll(rest.map((k) => sizes[k]), n - floor * floored.size);
    const low = rest.filter((_, place) => found[place] < floor);
    if (!low.length) {
      const pi = sizes.map(() => floor);
      rest.forEach((k, place) => { pi[k] = found[place]; });
      return pi;
    }
    low.forEach((k) => floored.add(k));
  }
}

function split(pi) {
  const certain = [];
  const chance = [];
  pi.forEach((one, k) => { if (one === 1) certain.push(k); else if (one > 0) chance.push(k); });
  let total = 0;
  for (const k of chance) total += pi[k];
  return [certain, chance, Math.floor(total + 0.5)];
}

function nothing(n) {
  const p = new Float64Array(n + 1);
  p[0] = 1;
  return [p, new Float64Array(n + 1)];
}

function withUnit([p, f], pi) {
  const newP = new Float64Array(p.length);
  const newF = new Float64Array(p.length);
  const not = 1 - pi;
  for (let m = 0; m < p.length; m++) {
    newP[m] = not * p[m];
    newF[m] = not * f[m];
    if (m) {
      newP[m] += pi * p[m - 1];
      newF[m] += pi * (f[m - 1] + not * p[m - 1]);
    }
  }
  return [newP, newF];
}

function tables(pi, n) {
  const rows = [nothing(n)];
  for (let k = pi.length - 1; k >= 0; k--) rows.push(withUnit(rows[rows.length - 1], pi[k]));
  return rows.reverse();
}

function withoutEach(pi, n) {
  const found = [];
  const below = (low, high, rows) => {
    if (high - low === 1) { found.push(rows); return; }
    const middle = Math.floor((low + high) / 2);
    const halves = [[low, middle, middle, high], [middle, high, low, middle]];
    for (const [start, end, from, to] of halves) {
      let mine = rows;
      for (let k = from; k < to; k++) mine = withUnit(mine, pi[k]);
      below(start, end, mine);
    }
  };
  if (pi.length) below(0, pi.length, nothing(n));
  return found;
}

function sampford(pi, uniforms) {
  const [drawn, chance, n] = split(pi);
  const rows = tables(chance.map((k) => pi[k]), n);
  let left = n;
  let slack = 0;
  chance.forEach((k, place) => {
    const u = uniforms.next();
    const one = pi[k];
    if (left === 0) return;
    if (left < chance.length - place) {
      const [[p, f], [after, afterF]] = [rows[place], rows[place + 1]];
      const taken = one * ((slack + (1 - one)) * after[left - 1] + afterF[left - 1]);
      if (!(u < taken / (slack * p[left] + f[left]))) return;
    }
    drawn.push(k);
    left -= 1;
    slack += 1 - one;
  });
  return drawn;
}

function workingOdds(pi, n) {
  let working = pi;
  if (n === 0 || n === pi.length) return working;
  for (let round = 0; round < 500; round++) {
    let off = 0;
    const next = withoutEach(working, n).map(([others], k) => {
      const odds = working[k] / (1 - working[k]);
      const ratio = others[n - 1] / others[n];
      const reached = (odds * ratio) / (1 + odds * ratio);
      off = Math.max(off, Math.abs(reached - pi[k]));
      const wanted = pi[k] / (1 - pi[k]) / ratio;
      return wanted / (1 + wanted);
    });
    if (off <= 1e-13) return working;
    working = next;
  }
  throw new Error("result: no working probabilities are found");
}

function conditionalPoisson(pi, uniforms) {
  const [drawn, chance, n] = split(pi);
  const working = workingOdds(chance.map((k) => pi[k]), n);
  const rows = tables(working, n);
  let left = n;
  chance.forEach((k, place) => {
    const u = uniforms.next();
    if (left === 0) return;
    if (left < chance.length - place && !(u < (working[place] * rows[place + 1][0][left - 1]) / rows[place][0][left])) return;
    drawn.push(k);
    left -= 1;
  });
  return drawn;
}

function randomPivotal(pi, uniforms) {
  const [drawn, chance] = split(pi);
  const order = chance.map((k) => [uniforms.next(), k]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, k]) => k);
  if (!order.length) return drawn;
  let holder = order[0];
  let held = pi[holder];
  for (const k of order.slice(1)) {
    const u = uniforms.next();
    const both = held + pi[k];
    if (held >= 1) {
      drawn.push(holder);
      [holder, held] = [k, pi[k]];
    } else if (both < 1) {
      holder = u < held / both ? holder : k;
      held = both;
    } else {
      const first = u < (1 - pi[k]) / (2 - both);
      drawn.push(first ? holder : k);
      [holder, held] = [first ? k : holder, both - 1];
    }
  }
  if (held > 0.5) drawn.push(holder);
  return drawn;
}

const METHODS = { sampford, conditional_poisson: conditionalPoisson, random_pivotal: randomPivotal };

export function drawSample(rows, parameters, uniforms) {
  const groups = new Map();
  for (const row of rows) {
    const name = row.stratum || "";
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  const chosen = new Map();
  const strata = {};
  for (const [name, group] of groups) {
    const n = parameters.n[name] || 0;
    const sizes = group.map((row) => Number(row.size || "1"));
    const pi = inclusionProbabilities(sizes, n, Number(parameters.floor || "0"));
    for (const k of METHODS[parameters.method](pi, uniforms)) chosen.set(group[k].id, pi[k]);
    strata[name] = { units: group.length, n };
  }
  const selected = rows.map((row) => row.id).filter((id) => chosen.has(id));
  return { outcome: "drawn", selected, pi: Object.fromEntries(selected.map((id) => [id, chosen.get(id)])), strata };
}
