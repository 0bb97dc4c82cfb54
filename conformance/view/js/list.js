// rowsAhead is how many rows or columns are drawn beyond those in sight, so
// that a turn of the wheel meets no gap.
const rowsAhead = 5;
const lineHeight = 3.4; // rem

// callList is the calls and their answers from top to bottom, those of all runs
// in one line each, so that they stand beside each other whatever they are. Only
// the lines in sight are there.
function callList(runs, rows, why, show) {
  const list = el("ol", {class: "mx-calls", tabindex: "0", "aria-label": "calls"});
  const above = el("li", {class: "mx-void", "aria-hidden": "true"}), below = above.cloneNode();
  const editions = new Set(runs.map((r) => r.backend.split(":")[1]));
  const short = (run) => (editions.size > 1 ? run.backend : run.backend.split(":")[0]);
  const head = el("div", {class: "mx-list-head mx-answers", "aria-hidden": "true"}, ...runs.map((run, n) => el("span", {class: "mx-of", "data-run": n}, short(run))), el("span", {}, "differs"));
  const height = lineHeight * parseFloat(getComputedStyle(document.documentElement).fontSize);
  let from = 0, to = 0, current = 0, top = 0, tall = 0, found = new Set(), side = 0;
  list.style.setProperty("--mx-line", height + "px");
  list.addEventListener("scroll", soon(() => {
    top = list.scrollTop;
    draw();
  }));
  new ResizeObserver(() => {
    tall = list.clientHeight;
    reveal();
    draw();
  }).observe(list);

  function item(i) {
    const row = rows[i], some = row.steps.find((s) => s);
    const answers = runs.map((run, n) => {
      const s = row.steps[n];
      const what = s ? el("code", {class: "mx-answer mx-tone-" + tone(s), title: answerOf(s)}, answerOf(s))
        : el("span", {class: "mx-none"}, noStep(run, row, n));
      return el("span", {class: "mx-of" + (n === side ? "" : " mx-away")}, what);
    });
    const differs = row.differs ? why.badge(i) : null;
    const b = el("button", {type: "button", class: "mx-step", tabindex: "-1"},
      el("span", {class: "mx-number"}, String(i + 1)), el("code", {class: "mx-what", title: callOf(some)}, callOf(some)));
    b.addEventListener("click", () => show(i + 1));
    const e = el("li", {class: (row.differs ? "mx-differs" : "") + (found.has(i) ? " mx-found" : ""), "data-row": i + 1},
      b, el("span", {class: "mx-answers"}, ...answers, differs));
    e.addEventListener("click", () => show(i + 1));
    e.setAttribute("aria-setsize", rows.length);
    e.setAttribute("aria-posinset", i + 1);
    if (i === current - 1) e.setAttribute("aria-current", "step");
    return e;
  }
  function fill(a, b) {
    [from, to] = [a, b];
    above.style.height = a * height + "px";
    below.style.height = (rows.length - b) * height + "px";
    list.replaceChildren(above, ...rows.slice(a, b).map((_, i) => item(a + i)), below);
  }
  // draw draws what is in sight, unless it is there.
  function draw() {
    tall ||= list.clientHeight;
    const first = Math.floor(top / height), last = Math.ceil((top + tall) / height);
    if (to > from && first >= from && Math.min(last, rows.length) <= to) return;
    fill(Math.max(0, first - rowsAhead), Math.min(rows.length, last + rowsAhead));
  }
  // reveal scrolls to the step that is shown.
  function reveal() {
    const here = (current - 1) * height;
    if (here >= top && here + height <= top + tall) return;
    top = Math.min(Math.max(0, here - (tall - height) / 2), Math.max(0, rows.length * height - tall));
    list.scrollTop = top;
  }
  return {
    element: runs.length > 1 ? el("div", {class: "mx-list"}, head, list) : el("div", {class: "mx-list"}, list),
    // pick takes note of the run that is shown where there is room for one.
    pick(n) {
      side = n;
      fill(from, to);
    },
    mark(numbers) {
      found = numbers;
      fill(from, to);
    },
    show(i) {
      current = i;
      reveal();
      draw();
      for (const e of list.children) {
        if (e.dataset.row === String(i)) e.setAttribute("aria-current", "step");
        else e.removeAttribute("aria-current");
      }
    },
    // whole has everything there for a while, as on paper.
    whole(yes) {
      from = to = 0;
      if (yes) fill(0, Math.min(rows.length, 2000));
      else draw();
    },
  };
}

// noStep says why a run has no step in a row.
function noStep(run, row, n) {
  return run.left > 0 && row.frames[n] === run.steps.length ? "the run had ended" : "no such line in this edition";
}
