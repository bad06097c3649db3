/* Puts an interactive figure over a chart's picture when the reader asks for it. Hook: figure[data-figure-url]. */
(() => {
  "use strict";

  const library = document.currentScript.dataset.plotly;
  const saver = navigator.connection?.saveData === true;
  let loading = null;

  const HELP = "Graphique interactif. Flèches gauche et droite : point suivant ou précédent ; flèches haut et bas : autre série ; Échap : revenir à l’image.";
  const FAILED = "Le graphique interactif n’a pas pu être chargé ; l’image et le tableau restent complets.";

  /* One <script> for all charts; a failure may be tried again. */
  function plotly() {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = () => done(window.Plotly);
      script.onerror = () => {
        loading = null;
        script.remove();
        failed(new Error(library));
      };
      document.head.append(script);
    });
    return loading;
  }

  async function fetchFigure(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return answer.json();
  }

  /* The figure names the tokens of the theme, « var(--accent) »; Plotly wants what they stand for. */
  function themed(value, style) {
    if (typeof value === "string") {
      return value.startsWith("var(--") ? style.getPropertyValue(value.slice(4, -1)).trim() : value;
    }
    if (Array.isArray(value)) return value.map((item) => themed(item, style));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, themed(item, style)]));
    }
    return value;
  }

  const plain = (text) => {
    const parsed = new DOMParser().parseFromString(String(text).replaceAll("<br>", ", "), "text/html");
    return parsed.body.textContent;
  };

  class Explorer {
    constructor(chart) {
      this.chart = chart;
      this.picture = chart.querySelector("[data-picture]");
      this.button = chart.querySelector("[data-explore]");
      this.status = chart.querySelector("[data-chart-status]");
      this.button.classList.add("ready");
      this.button.addEventListener("click", () => (this.live ? this.close() : this.open()));
      for (const sign of ["pointerenter", "focus"]) {
        this.button.addEventListener(sign, () => !saver && plotly().catch(() => {}), { once: true });
      }
    }

    async open() {
      if (this.busy) return;
      this.busy = true;
      this.button.setAttribute("aria-disabled", "true");
      this.status.textContent = "Chargement du graphique…";
      try {
        const [, figure] = await Promise.all([plotly(), this.figure ?? fetchFigure(this.chart.dataset.figureUrl)]);
        this.figure = figure;
        await this.show();
      } catch (error) {
        this.live?.remove();
        this.live = null;
        this.picture.classList.remove("is-live");
        this.status.textContent = FAILED;
        console.warn(error);
      }
      this.button.removeAttribute("aria-disabled");
      this.busy = false;
    }

    async show() {
      this.live = document.createElement("div");
      this.live.className = "chart-live";
      this.live.tabIndex = 0;
      this.live.setAttribute("role", "application");
      this.live.setAttribute("aria-roledescription", "graphique interactif");
      this.live.setAttribute("aria-label", `${this.chart.querySelector(".chart-question").textContent} ${HELP}`);
      this.canvas = document.createElement("div");
      this.canvas.className = "chart-canvas";
      this.canvas.setAttribute("aria-hidden", "true");
      this.live.append(this.canvas);
      this.picture.append(this.live);
      this.picture.classList.add("is-live");
      await this.draw();
      this.series = this.canvas.data
        .map((trace, curve) => ({ curve, points: (trace.customdata ?? []).map((words, index) => ({ words, index })) }))
        .filter((series) => series.points.length);
      this.at = [this.series.length - 1, -1];
      this.live.addEventListener("keydown", (event) => this.key(event));
      this.button.textContent = "Revenir à l’image";
      this.status.textContent = "";
      this.live.focus({ preventScroll: true });
    }

    draw() {
      const { data, layout, config } = themed(this.figure, getComputedStyle(this.chart));
      return window.Plotly.react(this.canvas, data, { ...layout, height: this.picture.clientHeight }, config);
    }

    close() {
      window.Plotly.purge(this.canvas);
      this.live.remove();
      this.live = null;
      this.picture.classList.remove("is-live");
      this.button.textContent = "Explorer le graphique";
      this.status.textContent = "";
      this.button.focus({ preventScroll: true });
    }

    key(event) {
      const [line, point] = this.at;
      const moves = {
        ArrowRight: [line, point + 1],
        ArrowLeft: [line, point - 1],
        ArrowUp: [line + 1, point],
        ArrowDown: [line - 1, point],
        Home: [line, 0],
        End: [line, Infinity],
      };
      if (event.key === "Escape") return this.close();
      if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return undefined;
      event.preventDefault();
      const [wantedLine, wantedPoint] = moves[event.key];
      const row = Math.min(Math.max(wantedLine, 0), this.series.length - 1);
      const points = this.series[row].points;
      this.at = [row, Math.min(Math.max(wantedPoint, 0), points.length - 1)];
      const { words, index } = points[this.at[1]];
      this.status.textContent = words.map(plain).join(", ");
      try {
        window.Plotly.Fx.hover(this.canvas, [{ curveNumber: this.series[row].curve, pointNumber: index }]);
      } catch {
        window.Plotly.Fx.unhover(this.canvas); // a period without a value has no place on the drawing
      }
      return undefined;
    }
  }

  const explorers = [...document.querySelectorAll("figure[data-figure-url]")].map((chart) => new Explorer(chart));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const explorer of explorers) if (explorer.live) explorer.draw();
  });
})();
