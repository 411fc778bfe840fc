/* Draws the charts of a job's images from the page's remote API. */
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".cvmfs-image__trends").forEach(async (trends) => {
    const response = await fetch(trends.dataset.url);
    if (!response.ok) {
      trends.hidden = true;
      return;
    }
    const images = (await response.json()).history;
    const builds = images.map((image) => "#" + image.build);
    trends.querySelectorAll(".cvmfs-image__trend").forEach((element) => draw(element, images, builds, trends.dataset));
  });

  function series(kind, images, titles) {
    const scale = { size: 1e9, durationMillis: 60000 }[kind];
    const phases = kind === "durationMillis" ? [...new Set(images.flatMap((image) => Object.keys(image.phases)))] : [];
    if (phases.length > 0) {
      const minutes = (millis) => (millis === undefined ? null : +(millis / scale).toFixed(2));
      return phases.map((name) => ({
        name: titles[name] ?? name,
        stack: "phases",
        areaStyle: { opacity: 0.4 },
        data: images.map((image) => minutes(image.phases[name])),
      }));
    }
    if (scale) {
      const values = images.map((image) => (image[kind] === null ? null : +(image[kind] / scale).toFixed(2)));
      return values.some((value) => value !== null) ? [{ name: "", data: values }] : [];
    }
    const names = new Set(images.flatMap((image) => Object.keys(image.revisions)));
    return [...names].map((name) => {
      const first = images.map((image) => image.revisions[name]).find((revision) => revision);
      return { name, data: images.map((image) => (image.revisions[name] ? image.revisions[name] - first : null)) };
    });
  }

  /** Names stand below one another as far as they do not fit beside one another. */
  function legendHeight(element, lines, style) {
    if (lines.length < 2) {
      return 0;
    }
    const measure = document.createElement("canvas").getContext("2d");
    measure.font = "12px " + style.getPropertyValue("font-family");
    let rows = 1;
    let used = 0;
    for (const line of lines) {
      const width = measure.measureText(line.name).width + 36;
      if (used > 0 && used + width > element.clientWidth) {
        rows++;
        used = 0;
      }
      used += width;
    }
    return rows * 26;
  }

  function draw(element, images, builds, data) {
    const lines = series(element.dataset.trend, images, JSON.parse(data.phases));
    if (lines.length === 0) {
      element.hidden = true;
      return;
    }
    const chart = echarts.init(element, null, { renderer: "svg" });
    const paint = () => {
      const style = getComputedStyle(element);
      const text = style.getPropertyValue("color");
      const unit = element.dataset.unit;
      const legend = legendHeight(element, lines, style);
      const colors = ["--blue", "--green", "--orange", "--purple", "--pink", "--cyan"];
      chart.setOption({
        animation: false,
        textStyle: { fontFamily: style.getPropertyValue("font-family") },
        color: colors.map((name) => style.getPropertyValue(name).trim()).filter(Boolean),
        title: { text: element.dataset.title, textStyle: { color: text, fontSize: 14, fontWeight: 500 } },
        legend: { show: legend > 0, bottom: 0, itemWidth: 16, itemGap: 12, textStyle: { color: text } },
        tooltip: { trigger: "axis", confine: true, renderMode: "richText" },
        grid: { top: 45, bottom: 10 + legend, left: 10, right: 15, containLabel: true },
        xAxis: { type: "category", data: builds, axisLabel: { color: text } },
        yAxis: {
          type: "value",
          axisLabel: { color: text, formatter: (value) => (unit ? value + " " + unit : String(value)) },
          splitLine: { lineStyle: { opacity: 0.3 } },
        },
        series: lines.map((line) => ({ ...line, type: "line", connectNulls: true, symbolSize: 6 })),
      });
    };
    paint();
    new ResizeObserver(() => {
      chart.resize();
      paint();
    }).observe(element);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  }
});
