// Turns the product's plain description of a chart into ECharts options. Tooltips are drawn on the canvas: no inline style.
// Patterns tell series apart without colour; the last one is plain.
const DECALS = [
  { color: "rgba(0, 0, 0, 0.28)", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: "none" },
  { color: "rgba(0, 0, 0, 0.22)", symbol: "circle", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: 0.6 },
  { color: "rgba(0, 0, 0, 0.22)", dashArrayX: [1, 0], dashArrayY: [4, 3] },
];
const NARROW = 460;

function base(spec, ink) {
  return {
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches && !("printing" in document.documentElement.dataset),
    animationDuration: 300,
    color: ink.series,
    textStyle: { fontFamily: ink.font, color: ink.text, fontSize: 13 },
    aria: { enabled: true, label: { enabled: false }, decal: { show: (spec.series || []).length > 1, decals: DECALS } },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: ink.surface, borderColor: ink.line,
      textStyle: { color: ink.text, fontFamily: ink.font, fontSize: 13 },
    },
  };
}

function axis(type, about, ink, values) {
  const made = {
    type, name: about && about.name, nameTextStyle: { color: ink.quiet, align: "center" },
    axisLine: { lineStyle: { color: ink.line } }, axisTick: { show: false },
    axisLabel: { color: ink.quiet, hideOverlap: true }, splitLine: { lineStyle: { color: ink.line, type: "dashed" } },
  };
  if (values) made.data = values;
  if (type === "value") made.minInterval = about && about.whole ? 1 : 0;
  return made;
}

function colourOf(series, ink) {
  return series.meaning ? { color: ink.meanings[series.meaning] } : undefined;
}

function grid(spec, extra = {}) {
  return { left: 8, right: 16, top: (spec.series || []).length > 1 ? 40 : 28, bottom: spec.x && spec.x.name ? 32 : 8, containLabel: true, ...extra };
}

function legend(spec, ink) {
  return (spec.series || []).length > 1 ? { top: 0, right: 0, icon: "roundRect", textStyle: { color: ink.text } } : undefined;
}

function cells(series, spec) {
  return series.values.map((value, at) => ({ value, href: spec.links && spec.links[at] }));
}

function bars(spec, ink, narrow, width) {
  const across = spec.kind === "hbar";
  const words = axis("category", across ? { name: "" } : spec.x, ink, spec.x.values);
  const numbers = axis("value", across ? { ...spec.y, name: "" } : spec.y, ink);
  if (across) {
    words.inverse = true;
    words.axisLabel = { ...words.axisLabel, width: Math.min(300, Math.round(width * (narrow ? 0.34 : 0.4))), overflow: narrow ? "break" : "truncate", hideOverlap: false };
  }
  words.splitLine = { show: false };
  words.nameLocation = "middle";
  words.nameGap = 28;
  return {
    ...base(spec, ink), legend: legend(spec, ink), grid: grid(spec, across ? { top: (spec.series.length > 1) ? 36 : 8, right: 44, bottom: 8 } : {}),
    xAxis: across ? numbers : words, yAxis: across ? words : numbers,
    series: spec.series.map((series) => ({
      type: "bar", name: series.name, stack: spec.stacked ? "all" : undefined, barMaxWidth: 28, itemStyle: colourOf(series, ink),
      cursor: spec.links ? "pointer" : "default", data: cells(series, spec),
      label: across && !spec.stacked ? { show: true, position: "right", color: ink.text } : undefined,
    })),
    tooltip: { ...base(spec, ink).tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
  };
}

function lines(spec, ink) {
  const words = axis("category", spec.x, ink, spec.x.values);
  words.splitLine = { show: false };
  words.boundaryGap = false;
  words.nameLocation = "middle";
  words.nameGap = 28;
  return {
    ...base(spec, ink), legend: legend(spec, ink), grid: grid(spec), xAxis: words, yAxis: axis("value", spec.y, ink),
    series: spec.series.map((series, at) => ({
      type: "line", name: series.name, data: cells(series, spec), symbol: ["circle", "rect", "triangle", "diamond"][at % 4],
      symbolSize: 6, lineStyle: { width: 2, type: ["solid", "dashed", "dotted"][at % 3] }, itemStyle: colourOf(series, ink),
    })),
    tooltip: { ...base(spec, ink).tooltip, trigger: "axis" },
  };
}

function scatter(spec, ink) {
  return {
    ...base(spec, ink), legend: legend(spec, ink), grid: grid(spec),
    xAxis: { ...axis("value", spec.x, ink), nameLocation: "middle", nameGap: 28, scale: true },
    yAxis: { ...axis("value", spec.y, ink), scale: true, nameTextStyle: { color: ink.quiet, align: "left", padding: [0, 0, 0, -20] } },
    series: spec.series.map((series) => ({
      type: "scatter", name: series.name, data: series.values, symbolSize: 8, itemStyle: colourOf(series, ink),
    })),
  };
}

function heat(spec, ink) {
  const values = spec.series[0].values;
  const top = Math.max(1, ...values.map((cell) => cell[2]));
  return {
    ...base(spec, ink), grid: grid(spec, { bottom: 56 }),
    xAxis: axis("category", spec.x, ink, spec.x.values), yAxis: axis("category", spec.y, ink, spec.y.values),
    visualMap: { min: 0, max: top, orient: "horizontal", left: "center", bottom: 0, inRange: { color: [ink.low, ink.high] }, textStyle: { color: ink.quiet } },
    series: [{ type: "heatmap", name: spec.series[0].name, data: values, label: { show: values.length <= 150 } }],
  };
}

export function mapName(spec) {
  return `${spec.region || "guangdong"}/${spec.within || ""}`;
}

function map(spec, ink, narrow) {
  const top = Math.max(1, ...spec.regions.map((region) => region.value || 0));
  const shown = Object.fromEntries(spec.regions.map((region) => [region.code, region.name]));
  const label = (code) => shown[code] || "";
  return {
    ...base(spec, ink),
    tooltip: {
      ...base(spec, ink).tooltip, trigger: "item",
      formatter: (at) => `${label(at.name)}  ${Number.isFinite(at.value) ? at.value : 0} ${spec.unit || ""}`,
    },
    visualMap: {
      type: "continuous", min: 0, max: top, left: 0, bottom: 0, itemHeight: narrow ? 60 : 100, itemWidth: 12, calculable: false,
      text: [String(top), "0"], inRange: { color: [ink.low, ink.high] }, textStyle: { color: ink.quiet },
    },
    series: [{
      type: "map", map: mapName(spec), nameProperty: "code", roam: false, selectedMode: false, top: 8, bottom: 8,
      left: narrow ? 8 : 40, right: 8,
      itemStyle: { areaColor: ink.empty, borderColor: ink.surface, borderWidth: 1 },
      label: { show: !narrow, color: ink.text, fontSize: 11, formatter: (at) => label(at.name).replace(/市$| (District|County)$/, ""), textBorderColor: ink.surface, textBorderWidth: 2 },
      labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
      emphasis: { label: { show: true, color: ink.text }, itemStyle: { areaColor: ink.series[1] } },
      data: spec.regions.map((region) => ({ name: region.code, value: region.value, href: region.href })),
    }],
  };
}

const KINDS = { bar: bars, hbar: bars, line: lines, scatter, heatmap: heat, map };

export function optionFor(spec, ink, width) {
  return KINDS[spec.kind](spec, ink, width < NARROW, width);
}
