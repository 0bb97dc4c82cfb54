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
  const number = el("input", {type: "number", class: "mx-goto", min: 0, max: last, "aria-label": "step to go to"});
  const play = button("play", "play (space)", toggle);
  range.addEventListener("input", soon(() => set(() => Number(range.value))));
  number.addEventListener("change", () => set(() => Number(number.value)));
  return {
    element: el("div", {class: "mx-controls", role: "group", "aria-label": "player"},
      button("first", "first step (Home)", () => set(() => 0)),
      button("back", "step back (left arrow)", () => set((i) => i - 1)),
      play,
      button("forward", "step forward (right arrow)", () => set((i) => i + 1)),
      button("last", "last step (End)", () => set(() => last)),
      range, el("label", {class: "mx-count"}, "step ", number, " of " + last)),
    show(i, playing) {
      range.value = String(i);
      range.setAttribute("aria-valuetext", "step " + i + " of " + last);
      number.value = String(i);
      const label = playing ? "pause (space)" : "play (space)";
      if (play.title === label) return;
      play.replaceChildren(sign(playing ? "pause" : "play"));
      play.setAttribute("aria-label", label);
      play.title = label;
    },
  };
}

// sides are the buttons that pick which run is shown where there is room for
// one only.
function sides(runs, pick) {
  const buttons = runs.map((run, n) => {
    const b = el("button", {type: "button", class: "mx-button", "aria-pressed": "false"}, run.backend);
    b.addEventListener("click", () => pick(n));
    return b;
  });
  return {
    element: el("div", {class: "mx-sides", role: "group", "aria-label": "which run (s)"}, ...buttons),
    show(n) { buttons.forEach((b, i) => b.setAttribute("aria-pressed", String(i === n))); },
  };
}

const playEvery = 1400; // milliseconds a step
const hashEvery = 250; // browsers take no more changes of an address than a few a second

// A run beside others is at least so wide, and a list beside runs, in pixels.
const leastRun = 360;
const leastList = 330;

function mxView(element, runs, options) {
  const o = options || {};
  const rows = rowsOf(runs), last = rows.length;
  const keys = o.keys || element;
  let at = 0, timer = 0, side = runs.length - 1, told = 0, telling = 0;

  const set = (change) => { stopPlaying(); go(change(at)); };
  const show = (i) => set(() => i);
  const why = whyOf(runs, rows, show);
  const bar = controls(last, set, toggle);
  const histories = runs.map(historyOf);
  const used = [...new Set(histories.flatMap((h) => h.used))].sort((x, y) => x - y);
  const panels = histories.map((h, n) => panel(h, rows, n, o.title || 3, why, used));
  const list = callList(runs, rows, why, show);
  const lines = histories.map((h, n) => timeline(h, rows, n, show));
  lines.forEach((t) => t.onScroll((left) => lines.forEach((u) => u !== t && u.scroll(left))));
  const find = finder(runs, rows, show, list.mark);
  const switcher = sides(runs, (n) => { side = n; pickSide(); });
  const said = el("p", {class: "mx-told", role: "status"});
  const pictures = el("div", {class: "mx-runs"}, ...panels.map((p) => p.element));
  const view = el("div", {class: "mx-view" + (runs.length > 1 ? " mx-several" : "")},
    heading(runs), answer(runs, rows, why, show), find.element, switcher.element,
    el("div", {class: "mx-body"}, list.element, pictures),
    el("div", {class: "mx-timelines"}, ...lines.map((t, n) => el("div", {"data-run": n, class: "mx-line-of"}, runs.length > 1 ? el("p", {class: "mx-line-title"}, runs[n].backend) : null, t.element))),
    why.element, remarks(runs), bar.element, said);
  view.style.setProperty("--mx-runs", String(runs.length));
  element.replaceChildren(view);

  function pickSide() {
    view.dataset.side = String(side);
    for (const e of view.querySelectorAll("[data-run]")) e.classList.toggle("mx-away", e.dataset.run !== String(side));
    switcher.show(side);
    list.pick(side);
  }
  function layout() {
    const width = view.clientWidth;
    const beside = width >= runs.length * leastRun;
    view.classList.toggle("mx-beside", beside);
    view.classList.toggle("mx-wide", width >= Math.max(820, runs.length * leastRun + leastList));
    // What a row of a picture has inside of it.
    const columns = beside ? runs.length : 1, edges = 60;
    view.style.setProperty("--mx-inner", (pictures.clientWidth - 16 * (columns - 1)) / columns - edges + "px");
  }
  function go(i) {
    at = Math.min(Math.max(0, Math.trunc(i) || 0), last);
    const near = nearDirections(runs, histories, rows, at, used);
    const here = panels.map((p) => p.show(at, near));
    list.show(at);
    lines.forEach((t) => t.show(at));
    bar.show(at, timer !== 0);
    find.show(at);
    view.dataset.step = String(at);
    said.textContent = "Step " + at + " of " + last + ". " +
      here.map((s, n) => (runs.length > 1 ? runs[n].backend + ": " : "") + (s ? callOf(s) + ": " + answerOf(s) : "no call")).join("; ");
    if (telling === 0) tell();
  }
  // tell tells of the step that is shown: at once, and then not too often.
  function tell() {
    if (told === at) { telling = 0; return; }
    told = at;
    telling = setTimeout(tell, hashEvery);
    if (o.hash && stepOfHash() !== at) history.replaceState(history.state, "", "#step=" + at);
    if (o.moved) o.moved(at);
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
  const acts = {
    ArrowRight: () => set((i) => i + 1), ArrowLeft: () => set((i) => i - 1),
    Home: () => set(() => 0), End: () => set(() => last), " ": toggle, "/": find.focus,
    f: find.differences.first, n: find.differences.next, p: find.differences.before,
    s: () => { side = (side + 1) % runs.length; pickSide(); },
  };
  function onKey(e) {
    if (e.altKey || e.ctrlKey || e.metaKey || e.defaultPrevented) return;
    const tag = e.target.tagName;
    if (tag === "SELECT" || tag === "TEXTAREA" || (tag === "INPUT" && e.target.type !== "range")) return;
    if (e.key === " " && (tag === "BUTTON" || tag === "SUMMARY" || tag === "A")) return; // theirs
    if (!Object.hasOwn(acts, e.key)) return;
    e.preventDefault();
    acts[e.key]();
  }
  function onHash() {
    const i = stepOfHash();
    if (i !== null && i !== at) show(i);
  }
  const sized = new ResizeObserver(layout);
  const before = () => list.whole(true), after = () => list.whole(false);
  layout();
  pickSide();
  keys.addEventListener("keydown", onKey);
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  if (o.hash) addEventListener("hashchange", onHash);
  const linked = o.hash ? stepOfHash() : null;
  told = o.hash ? -1 : o.step || 0;
  go(linked !== null ? linked : o.step || 0);
  sized.observe(view);
  return {
    go: show,
    at: () => at,
    row: (n, step) => rowOfStep(rows, n, step),
    stop() {
      stopPlaying();
      clearTimeout(telling);
      sized.disconnect();
      keys.removeEventListener("keydown", onKey);
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
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
  const texts = new Set(runs.map((r) => r.doc).filter(Boolean));
  return el("div", {class: "mx-doc"}, ...[...texts].map((text) => el("p", {}, text)));
}

window.mxView = mxView;
