// Charts and maps: <div data-chart="id-of-json"> beside <script type="application/json" id="…">. See docs/ui.md for the shape.
import { BarChart, HeatmapChart, LineChart, MapChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { mapName, optionFor } from "./options.js";

echarts.use([
  BarChart, HeatmapChart, LineChart, MapChart, ScatterChart, AriaComponent, GeoComponent, GridComponent,
  LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer,
]);

const drawn = new Map();
const maps = new Map();

function inks() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    text: read("--zs-text"), quiet: read("--zs-quiet"), line: read("--zs-line"), surface: read("--zs-surface"),
    font: getComputedStyle(document.body).fontFamily,
    series: [1, 2, 3, 4, 5, 6].map((n) => read(`--zs-series-${n}`)),
    low: read("--zs-map-low"), high: read("--zs-map-high"), empty: read("--zs-map-empty"),
    meanings: Object.fromEntries(["good", "attention", "bad", "waiting", "neutral"].map((m) => [m, read(`--zs-fill-${m}`)])),
  };
}

// A map is registered once per region and part of it: `within` keeps the divisions whose code begins so.
async function mapReady(spec, address) {
  if (spec.kind !== "map") return;
  const name = mapName(spec);
  if (!maps.has(name)) {
    maps.set(name, fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`map ${answer.status}`);
      return answer.json();
    }).then((shape) => {
      const features = shape.features.filter((one) => one.properties.code.startsWith(spec.within || ""));
      echarts.registerMap(name, { ...shape, features });
    }));
  }
  await maps.get(name);
}

async function draw(holder) {
  const spec = JSON.parse(document.getElementById(holder.dataset.chart).textContent);
  try {
    await mapReady(spec, holder.dataset.geo);
  } catch (_) {
    holder.textContent = holder.dataset.unavailable || "";
    holder.closest("figure")?.querySelector("details")?.setAttribute("open", "");
    return;
  }
  const chart = drawn.get(holder) || echarts.init(holder, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio) });
  if (!drawn.has(holder)) {
    drawn.set(holder, chart);
    holder.zsChart = chart;
    new ResizeObserver(() => chart.resize()).observe(holder);
    chart.on("click", (event) => { if (event.data && event.data.href) location.assign(event.data.href); });
  }
  chart.setOption(optionFor(spec, inks(), holder.clientWidth), true);
  holder.dataset.drawn = "1";
}

function drawAll(root) {
  for (const [holder, chart] of drawn) if (!holder.isConnected) { chart.dispose(); drawn.delete(holder); }
  for (const holder of root.querySelectorAll("[data-chart]")) draw(holder);
}

document.addEventListener("DOMContentLoaded", () => drawAll(document));
document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
document.documentElement.addEventListener("zs:theme", () => drawAll(document));
