/* Charts: 2-D, flat, no animation. Data stand in the page as JSON; the recipe is chosen by name. ECharts is fetched when needed. */
"use strict";

(() => {
  const look = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = () => look("--hei");
  let loading = null;

  function library() {
    if (window.echarts) return Promise.resolve();
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = document.querySelector('meta[name="chart-library"]').content;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  function frame(data) {
    return {
      animation: false,
      aria: { enabled: false },
      textStyle: { fontFamily: font(), fontSize: 11, color: look("--ink") },
      grid: { left: 34, right: 12, top: 34, bottom: 26, ...data.grid },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, confine: true },
      legend: { right: 8, top: 2, itemWidth: 12, itemHeight: 9, textStyle: { color: look("--second"), fontSize: 12 } },
    };
  }

  const days = (data) => ({
    type: "category",
    data: data.days,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look("--border") } },
    axisLabel: { color: look("--second"), fontSize: 11 },
  });

  const counted = () => ({
    type: "value",
    minInterval: 1,
    splitLine: { lineStyle: { color: look("--faint") } },
    axisLabel: { color: look("--second"), fontSize: 11 },
  });

  const stripes = () => ({
    color: look("--held"),
    decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 2, color: "#ffffff" },
  });
  const hatch = () => ({
    color: look("--overdue"),
    decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: look("--overdue-hatch") },
  });

  function tone(name) {
    if (name === "held") return stripes();
    if (name === "overdue") return hatch();
    return { color: look({ dark: "--data-dark", light: "--data-light", met: "--met-bar", due: "--due-bar" }[name] || "--data") };
  }

  /* data: {days: [...], series: [{name, tone, values, line, links}], stacked, totals, mark: {day, text}} */
  function columns(data) {
    const bars = data.series.filter((series) => !series.line);
    const shape = (series, index) => ({
      name: series.name,
      type: series.line ? "line" : "bar",
      stack: series.line || !data.stacked ? undefined : "all",
      barWidth: data.stacked ? "68%" : `${68 / bars.length}%`,
      data: series.values,
      itemStyle: { ...tone(series.tone), borderColor: "#ffffff", borderWidth: series.line ? 0 : 0.5 },
      lineStyle: series.line ? { color: look("--ink"), width: 1.5 } : undefined,
      showSymbol: false,
      label: data.totals && index === bars.length - 1 ? total(bars) : { show: false },
      markLine: index === 0 && data.mark ? marked(data.mark) : undefined,
    });
    return { ...frame(data), xAxis: days(data), yAxis: counted(), series: [...bars, ...data.series.filter((s) => s.line)].map(shape) };
  }

  function total(bars) {
    const sum = (index) => bars.reduce((all, series) => all + (series.values[index] || 0), 0);
    return { show: true, position: "top", color: look("--ink"), fontSize: 11, formatter: (point) => sum(point.dataIndex) || "" };
  }

  function marked(mark) {
    return {
      symbol: "none",
      lineStyle: { type: "dashed", color: look("--second") },
      label: { formatter: mark.text, color: look("--ink"), fontSize: 11 },
      data: [{ xAxis: mark.day }],
    };
  }

  /* data: {rows: [{name, value, tone}], unit} - a measure by unit, largest first, direct labels */
  function rows(data) {
    const names = data.rows.map((row) => row.name);
    return {
      ...frame(data),
      grid: { left: 8, right: 44, top: 4, bottom: 4, containLabel: true },
      legend: { show: false },
      xAxis: { type: "value", show: false },
      yAxis: { ...days({ days: names }), inverse: true, axisLine: { show: false }, axisLabel: { color: look("--ink"), fontSize: 13 } },
      series: [{
        type: "bar",
        barWidth: 14,
        data: data.rows.map((row) => ({ value: row.value, itemStyle: tone(row.tone) })),
        label: { show: true, position: "right", color: look("--ink"), fontWeight: 600, fontSize: 13 },
      }],
    };
  }

  /* data: {shapes: GeoJSON, values: [{name, value, link}], steps: [100, 200, 300], unit} */
  function map(data) {
    window.echarts.registerMap("district", data.shapes);
    const [first, ...rest] = data.steps;
    const colours = ["--map-1", "--map-2", "--map-3", "--map-4"].map(look);
    const pieces = [{ lt: first }, ...rest.map((step, i) => ({ gte: data.steps[i], lt: step })), { gte: data.steps.at(-1) }];
    const steps = pieces.map((piece, i) => ({ ...piece, color: colours[Math.min(i, 3)] }));
    const dark = (value) => value >= data.steps.at(-1);
    return {
      ...frame(data),
      tooltip: { renderMode: "richText", formatter: "{b} {c}", confine: true },
      legend: { show: false },
      visualMap: { type: "piecewise", pieces: steps, orient: "horizontal", bottom: 0, left: "center", itemWidth: 14, itemHeight: 9, textStyle: { fontSize: 11, color: look("--second") } },
      series: [{
        type: "map",
        map: "district",
        showLegendSymbol: false,
        bottom: 30,
        top: 4,
        selectedMode: false,
        itemStyle: { borderColor: "#8ba0b8" },
        emphasis: { itemStyle: { areaColor: null, borderColor: look("--accent"), borderWidth: 2 } },
        data: data.values.map((area) => ({ ...area, label: { color: dark(area.value) ? "#ffffff" : look("--ink") } })),
        label: { show: true, fontSize: 11, lineHeight: 14, formatter: (area) => `${area.name}\n${Number.isFinite(area.value) ? area.value : 0}` },
      }],
    };
  }

  const recipes = { columns, rows, map };

  function link(place, data, point) {
    const series = (data.series || []).filter((each) => each.name === point.seriesName)[0];
    const target = point.data?.link || data.rows?.[point.dataIndex]?.link || series?.links?.[point.dataIndex];
    if (target) location.assign(target);
  }

  async function draw(place) {
    const data = JSON.parse(document.getElementById(place.dataset.from).textContent);
    await library();
    if (!place.isConnected) return;
    const chart = window.echarts.getInstanceByDom(place) || window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(recipes[place.dataset.chart](data), true);
    chart.off("click");
    chart.on("click", (point) => link(place, data, point));
  }

  function drawAll(root) {
    root.querySelectorAll?.("[data-chart]").forEach(draw);
  }

  const each = (act) => document.querySelectorAll("[data-chart]").forEach((place) => act(window.echarts?.getInstanceByDom(place)));

  document.addEventListener("DOMContentLoaded", () => drawAll(document));
  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && drawAll(event.detail.elt));
  document.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.target?.querySelectorAll?.("[data-chart]").forEach((place) => window.echarts?.getInstanceByDom(place)?.dispose());
  });
  window.addEventListener("resize", () => each((chart) => chart?.resize()));
  window.addEventListener("beforeprint", () => each((chart) => chart?.resize()));
})();
