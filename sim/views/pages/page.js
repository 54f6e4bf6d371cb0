// Draws the plots one after the other, so that the page can be read and scrolled meanwhile.
(() => {
  "use strict";
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const config = {
    responsive: true,
    displaylogo: false,
    displayModeBar: false,
  };
  // Dragging zooms with a mouse; on a touch screen it has to scroll the page.
  const drag = window.matchMedia("(pointer: fine)").matches ? "zoom" : false;
  const webgl = () => Boolean(document.createElement("canvas").getContext("webgl"));
  const plots = figures.map((_, i) => document.getElementById(`plot-${i}`));

  const draw = async (i) => {
    if (i === figures.length) {
      document.documentElement.dataset.drawn = "yes";
      return;
    }
    const { data, layout } = figures[i];
    if (plots[i].dataset.webgl && !webgl()) plots[i].textContent = plots[i].dataset.webgl;
    else await Plotly.newPlot(plots[i], data, { ...layout, dragmode: drag }, config);
    setTimeout(draw, 0, i + 1);
  };
  draw(0);

  // A legend's entry shows and hides its traces in every panel of the figure.
  for (const key of document.querySelectorAll(".key")) {
    key.addEventListener("click", () => {
      const shown = key.getAttribute("aria-pressed") !== "true";
      key.setAttribute("aria-pressed", String(shown));
      for (const plot of key.closest("figure").querySelectorAll(".plot")) {
        const traces = (plot.data || []).flatMap((trace, i) => (trace.legendgroup === key.dataset.group ? [i] : []));
        if (traces.length) Plotly.restyle(plot, { visible: shown }, traces);
      }
    });
  }

  // The entry of the section being read stands out in the contents.
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.removeAttribute("aria-current"));
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "0px 0px -75% 0px" },
  );
  document.querySelectorAll("main section").forEach((section) => watch.observe(section));
})();
