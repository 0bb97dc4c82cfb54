// panel shows one run; n is its number among the rows.
function panel(run, rows, n, level, show) {
  const frames = framesOf(run), ways = usedWays(run);
  const now = el("div", {class: "mx-now"});
  const pictures = el("div", {class: "mx-pictures"});
  const others = el("details", {class: "mx-others"}, el("summary"), el("div"));
  const lanes = timeline(run, frames, rows, n, show);
  const calls = callList(run, rows, n, show);
  const element = el("section", {class: "mx-run", "aria-label": run.case + " on " + run.backend},
    el("h" + level, {class: "mx-run-title"}, run.backend, " ", el("span", {class: "mx-outcome mx-outcome-" + run.outcome}, run.outcome)),
    now, el("div", {class: "mx-body"}, pictures, calls.element), lanes.element, remarks(run));
  return {
    element,
    show(i) {
      const k = i === 0 ? 0 : rows[i - 1].frames[n];
      const here = i > 0 ? rows[i - 1].steps[n] : null;
      now.replaceChildren(...nowLines(run, frames, rows, i, k, n, ways));
      // A run that has no such step stands still: nothing moves in it.
      const still = here ? frames : frames.map((f) => ({...f, step: null}));
      const [near, far] = sortedWays(run, k, ways);
      pictures.replaceChildren(...near.map((w) => picture(run, still, k, w)));
      others.hidden = far.length === 0;
      others.firstChild.textContent = far.length + (far.length === 1 ? " more direction" : " more directions");
      others.lastChild.replaceChildren(...far.map((w) => picture(run, still, k, w)));
      pictures.append(others);
      lanes.show(i);
      calls.show(i);
      return here;
    },
  };
}

// activeWay is the direction that the first k steps were about last.
function activeWay(run, k, ways) {
  let way = ways.length ? ways[0] : -1;
  for (const s of run.steps.slice(0, k)) {
    if (s.write) way = s.write.way;
    else if (s.read) way = s.read.way;
  }
  return way;
}

// sortedWays are the directions to look at, and the others: of several sockets
// the one that the run is at matters.
function sortedWays(run, k, ways) {
  if (ways.length <= 2) return [ways, []];
  const w = run.ways[activeWay(run, k, ways)];
  const near = (i) => run.ways[i].from === w.from || run.ways[i].from === w.to;
  return [ways.filter(near), ways.filter((i) => !near(i))];
}

// nowLines are what a step did, in figures.
function nowLines(run, frames, rows, i, k, n, ways) {
  const step = i > 0 ? rows[i - 1].steps[n] : null;
  let what;
  if (i === 0) what = [el("span", {class: "mx-none"}, "before the first call")];
  else if (!step) what = [el("span", {class: "mx-none"}, run.left > 0 && k === run.steps.length ? "the run had ended" : "no such line in this edition")];
  else {
    what = [el("code", {class: "mx-what"}, callOf(step)), el("span", {class: "mx-arrow", "aria-label": "answers"}, "\u2192"),
      el("code", {class: "mx-answer mx-tone-" + tone(step)}, answerOf(step))];
  }
  const lines = [el("p", {class: "mx-line"}, ...what)];
  if (step && step.judged !== "pass") {
    lines.push(el("p", {class: "mx-verdict"}, el("span", {class: "mx-badge"}, "\u2260 " + step.judged),
      step.wanted && step.wanted.length ? " the contract: " : "", step.wanted && step.wanted.length ? el("code", {}, step.wanted.join(" or ")) : "",
      step.divergence ? " " : "", step.divergence ? divergenceLink(run, step.divergence) : ""));
  } else if (i > 0 && rows[i - 1].differs) {
    lines.push(el("p", {class: "mx-verdict"}, el("span", {class: "mx-badge"}, "\u2260 answered differently"), " ",
      ...(step ? consequence(run, rows, n, i - 1) : [])));
  }
  lines.push(figures(run, frames, k, step, ways));
  return lines;
}

// figures are the offset, the accepted count and the status. They belong to
// the direction that the step is about, or the last one that was.
function figures(run, frames, k, step, ways) {
  const way = activeWay(run, k, ways);
  const list = el("dl", {class: "mx-figures"});
  const put = (name, title, value, more) => list.append(el("div", {class: "mx-figure mx-" + name},
    el("dt", {}, title), el("dd", {}, el("b", {}, value), more ? el("span", {}, " " + more) : null)));
  if (way >= 0) {
    const state = frames[k].ways[way], before = frames[Math.max(0, k - 1)].ways[way];
    const t = step && step.write;
    const names = run.objects[run.ways[way].from].name + " \u2192 " + run.objects[run.ways[way].to].name;
    const moved = t && t.taken > 0 && before.offset !== state.offset;
    put("offset", "offset " + names, moved ? t.range[0] + " \u2192 " + (t.range[0] + t.taken) : String(t && !t.refused ? t.range[0] : state.offset),
      "of " + (state.offered || (run.ways[way].tape ? run.ways[way].tape[0].length : 0)));
    put("accepted", "accepted", t ? t.taken + " of " + t.asked : "\u2013", state.accepted + " in all");
  }
  put("status", "status", step ? step.status || "blocked" : "\u2013");
  return list;
}

// remarks are what is to be said of the run as a whole.
function remarks(run) {
  const parts = [];
  if (run.named) {
    parts.push(el("details", {class: "mx-named", open: ""}, el("summary", {}, "Differences from the contract"),
      el("dl", {}, ...run.named.flatMap((d) => [
        el("dt", {"data-divergence": d.name, tabindex: "-1"}, el("code", {}, d.name)),
        el("dd", {}, d.cause, d.source ? el("small", {}, " " + d.source) : null)]))));
  }
  if (run.detail && run.outcome !== "pass") parts.push(el("pre", {class: "mx-detail"}, run.detail));
  if (run.unseen) parts.push(el("p", {class: "mx-unseen"}, "Signals: " + run.unseen + "."));
  return el("div", {class: "mx-remarks"}, ...parts);
}

// The signs on the buttons, drawn: not every font has them.
const signs = {
  first: "M5 4h2v12H5zM17 4v12L8 10z",
  back: "M14 4v12L5 10z",
  play: "M6 3l12 7-12 7z",
  pause: "M5 4h4v12H5zM11 4h4v12h-4z",
  forward: "M6 4v12l9-6z",
  last: "M3 4v12l9-6zM13 4h2v12h-2z",
};

function sign(name) {
  return svg("svg", {viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true"}, svg("path", {d: signs[name]}));
}

// controls are the buttons and the slider.
function controls(last, set, toggle) {
  const button = (name, label, act) => {
    const b = el("button", {type: "button", class: "mx-button mx-" + name, "aria-label": label, title: label}, sign(name));
    b.addEventListener("click", act);
    return b;
  };
  const range = el("input", {type: "range", class: "mx-range", min: 0, max: last, step: 1, "aria-label": "step"});
  const count = el("output", {class: "mx-count"});
  const play = button("play", "play (space)", toggle);
  range.addEventListener("input", () => set(() => Number(range.value)));
  return {
    element: el("div", {class: "mx-controls", role: "group", "aria-label": "player"},
      button("first", "first step (Home)", () => set(() => 0)),
      button("back", "step back (left arrow)", () => set((i) => i - 1)),
      play,
      button("forward", "step forward (right arrow)", () => set((i) => i + 1)),
      button("last", "last step (End)", () => set(() => last)),
      range, count),
    show(i, playing) {
      range.value = String(i);
      range.setAttribute("aria-valuetext", "step " + i + " of " + last);
      count.textContent = "step " + i + " of " + last;
      const label = playing ? "pause (space)" : "play (space)";
      play.replaceChildren(sign(playing ? "pause" : "play"));
      play.setAttribute("aria-label", label);
      play.title = label;
    },
  };
}

const playEvery = 1400; // milliseconds a step

function mxView(element, runs, options) {
  const o = options || {};
  const rows = rowsOf(runs), last = rows.length;
  const keys = o.keys || element;
  let at = 0, timer = 0;

  const set = (change) => { stopPlaying(); go(change(at)); };
  const bar = controls(last, set, toggle);
  const panels = runs.map((run, n) => panel(run, rows, n, o.title || 3, (i) => set(() => i)));
  const told = el("p", {class: "mx-told", role: "status"});
  const view = el("div", {class: "mx-view" + (runs.length > 1 ? " mx-several" : "")},
    heading(runs), el("div", {class: "mx-runs"}, ...panels.map((p) => p.element)), bar.element, told);
  element.replaceChildren(view);

  function go(i) {
    at = Math.min(Math.max(0, Math.trunc(i) || 0), last);
    const steps = panels.map((p) => p.show(at));
    bar.show(at, timer !== 0);
    view.dataset.step = String(at);
    const said = steps.map((s, n) => (runs.length > 1 ? runs[n].backend + ": " : "") + (s ? callOf(s) + ": " + answerOf(s) : "no call"));
    told.textContent = "Step " + at + " of " + last + ". " + said.join("; ");
    if (o.hash && location.hash !== "#step=" + at) history.replaceState(history.state, "", "#step=" + at);
  }
  function stopPlaying() {
    clearInterval(timer);
    timer = 0;
  }
  function toggle() {
    if (timer !== 0) {
      stopPlaying();
      go(at);
      return;
    }
    if (at === last) at = 0;
    else at++;
    timer = setInterval(() => {
      if (at + 1 >= last) stopPlaying();
      go(at + 1);
    }, playEvery);
    go(at);
  }
  function onKey(e) {
    if (e.altKey || e.ctrlKey || e.metaKey || e.defaultPrevented) return;
    const tag = e.target.tagName;
    if (tag === "SELECT" || tag === "TEXTAREA" || (tag === "INPUT" && e.target.type !== "range")) return;
    if (e.key === " " && (tag === "BUTTON" || tag === "SUMMARY" || tag === "A")) return; // theirs
    const acts = {
      ArrowRight: () => set((i) => i + 1), ArrowLeft: () => set((i) => i - 1),
      Home: () => set(() => 0), End: () => set(() => last), " ": toggle,
    };
    if (!acts[e.key]) return;
    e.preventDefault();
    acts[e.key]();
  }
  function onHash() {
    const i = stepOfHash();
    if (i !== null && i !== at) set(() => i);
  }
  keys.addEventListener("keydown", onKey);
  if (o.hash) addEventListener("hashchange", onHash);
  const linked = o.hash ? stepOfHash() : null;
  go(linked !== null ? linked : o.step || 0);
  return {
    go: (i) => set(() => i),
    stop() {
      stopPlaying();
      keys.removeEventListener("keydown", onKey);
      removeEventListener("hashchange", onHash);
    },
  };
}

function stepOfHash() {
  const m = /^#step=(\d+)$/.exec(location.hash);
  return m ? Number(m[1]) : null;
}

// heading says what the case is about, once for each.
function heading(runs) {
  const seen = new Set();
  const e = el("div", {class: "mx-doc"});
  for (const r of runs) {
    if (seen.has(r.case)) continue;
    seen.add(r.case);
    if (r.doc) e.append(el("p", {}, r.doc));
  }
  return e;
}

window.mxView = mxView;
