function mxView(element, runs, options) {
  element.replaceChildren(...runs.map((run) => el("div", {class: "mx-view"},
    el("h2", {}, run.case + " on " + run.backend),
    el("ol", {}, ...run.steps.map((s) => el("li", {}, s.call + " \u2192 " + (s.answer || "…")))))));
  return {go() {}, stop() {}};
}

window.mxView = mxView;
