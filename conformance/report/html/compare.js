// The page as a whole: the address says what is shown, and everything that a
// reader does changes the address.

if (!("DecompressionStream" in window)) {
  byId("notice").textContent = "This browser is too old for the page: it has no DecompressionStream (Chrome 103, Firefox 113 and Safari 16.4 have).";
  byId("notice").hidden = false;
  return;
}
const report = makeReport(await unpack("data"));
const dialog = byId("case");
let address = null; // what is drawn
let filtered = null; // the part of it that the matrix depends on
let state = readState();
let shown = []; // the cases that the filters let through
let drawn = null; // which case is in the dialog
let runs = null; // what is played, once it is wanted
let player = null; // of the case that is open

// set goes to a state: as a step that Back takes back, or in place.
function set(changes, step) {
  const next = addressOf({ ...state, ...changes });
  if (next === addressOf(state)) return;
  if (step) location.hash = next;
  else location.replace(next);
  show(); // the browser tells of it later, when there is nothing left to do
}

const matrix = drawMatrix(report, picked => {
  const on = picked.on === undefined ? "" : report.backends[picked.on].name;
  if (picked.go === "fold") set({ open: state.open.includes(picked.group) ? state.open.replace(picked.group, "") : state.open + picked.group }, true);
  else if (picked.go === "group") set({ group: picked.group || state.group, backend: on || state.backend, rows: "cases" }, true);
  else set({ case: report.cases[picked.case].name, on: on || likely(report.cases[picked.case]) }, true);
});

// likely is the backend to open a case on when none was named: the first that
// has something to tell.
function likely(c) {
  const { picked } = makeFilter(report, state);
  const tells = picked.find(i => !["pass", "not-applicable", ""].includes(report.outcome(c, i)));
  return report.backends[tells ?? picked[0]].name;
}

// show draws what the address says, unless that is what is drawn.
function show() {
  if (location.hash === address) return;
  address = location.hash;
  state = readState();
  const behind = addressOf({ ...state, case: "", on: "", step: "" });
  if (behind !== filtered) {
    filtered = behind;
    showMatrix();
  }
  showCase();
}

function showMatrix() {
  showFilters(state);
  shown = matrix.draw(makeFilter(report, state), state);
  byId("shown").textContent = `${shown.length} of ${plural(report.cases.length, "case")} shown`;
  const named = report.divergences[state.divergence];
  byId("about").replaceChildren(...(named ? [el("b", null, state.divergence), ": ", named.cause] : []));
}

function showCase() {
  const number = report.caseNumber.get(state.case);
  byId("notice").hidden = state.case === "" || number !== undefined;
  byId("notice").textContent = byId("notice").hidden ? "" : `There is no case ${state.case} in this report.`;
  if (number === undefined) {
    if (dialog.open) dialog.close();
    drawn = null;
    stopPlayer();
    return;
  }
  const c = report.cases[number];
  const backend = report.backendNumber.get(state.on) ?? report.backendNumber.get(likely(c));
  if (drawn !== `${number} ${backend}`) {
    drawn = `${number} ${backend}`;
    byId("case-title").textContent = c.name;
    byId("case-backend").replaceChildren(...report.backends.map((b, i) => {
      const o = outcomes[report.outcome(c, i)];
      return el("option", { value: b.name, selected: i === backend }, `${b.name} ${o.mark} ${o.word}`);
    }));
    stopPlayer();
    const place = el("div", { id: "player" });
    byId("case-body").replaceChildren(...drawCase(report, number, backend, place));
    dialog.scrollTop = 0;
    startPlayer(number, backend, place);
  } else if (player && Number(state.step) !== player.at()) player.go(Number(state.step));
  const place = shown.indexOf(number);
  byId("case-previous").disabled = place <= 0;
  byId("case-next").disabled = place < 0 || place === shown.length - 1;
  if (!dialog.open) {
    dialog.showModal();
    byId("case-title").focus();
  }
}

// turn opens the case that many places further in those that are shown.
function turn(by) {
  const next = shown[shown.indexOf(report.caseNumber.get(state.case)) + by];
  set({ case: report.cases[next].name, step: "" }, false);
}

// startPlayer plays the runs of a case in an element. Those of all cases are
// unpacked when the first is wanted.
async function startPlayer(number, backend, place) {
  runs ??= unpack("runs");
  const all = await runs;
  if (!place.isConnected) return; // the reader has gone on
  const shown = [...new Set([report.backends[backend].reference, backend])];
  const films = shown.map(i => filmOf(report, all[number], report.cases[number], i)).filter(Boolean);
  if (films.length === 0) {
    place.append(el("p", { class: "dim" }, "There is no run to show."));
    return;
  }
  // The address follows the step that is shown.
  const moved = n => set({ step: n || "" }, false);
  player = mxView(place, films, { title: 4, step: Number(state.step) || 0, moved });
  const film = films.find(f => f.backend === report.backends[backend].name);
  if (film) tellSince(film, n => player.row(films.indexOf(film), n));
}

function stopPlayer() {
  player?.stop();
  player = null;
}

fillFilters(report);
byId("legend").append("Marks: ", ...Object.entries(outcomes).filter(([name]) => name).map(([name, o]) =>
  el("span", { class: "key" }, outcomeText(name), ` ${o.says}`)));
for (const [key, id] of Object.entries(filterFields)) byId(id).addEventListener("input", e => set({ [key]: e.target.value }, false));
byId("f-rows").addEventListener("input", e => set({ rows: e.target.value }, false));
byId("filters").addEventListener("submit", e => e.preventDefault());
byId("f-clear").addEventListener("click", () => set(Object.fromEntries([...filterKeys, "rows"].map(k => [k, ""])), true));
byId("to-differences").addEventListener("click", () => {
  byId("differences").scrollIntoView();
  byId("differences").focus({ preventScroll: true });
});
byId("to-matrix").addEventListener("click", e => {
  e.preventDefault();
  byId("matrix-title").scrollIntoView();
  byId("f-group").focus({ preventScroll: true });
});
byId("case-backend").addEventListener("input", e => set({ on: e.target.value, step: "" }, false));
byId("case-previous").addEventListener("click", () => turn(-1));
byId("case-next").addEventListener("click", () => turn(1));
byId("case-body").addEventListener("click", e => {
  const a = e.target.closest("a[data-step], a[data-cause]");
  if (!a || byId("player").contains(a)) return;
  e.preventDefault();
  if (a.dataset.step) {
    player?.go(Number(a.dataset.step));
    byId("player").scrollIntoView();
  } else {
    const cause = byId("case-body").querySelector(`dt[data-name="${CSS.escape(a.dataset.cause)}"]`);
    cause?.scrollIntoView({ block: "center" });
    cause?.focus({ preventScroll: true });
  }
});
byId("case-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", e => { if (e.target === dialog) dialog.close(); });
// However it was closed (the Escape key too), the address follows, and the
// focus is on the cell of the case.
dialog.addEventListener("close", () => {
  const number = report.caseNumber.get(state.case);
  const backend = report.backendNumber.get(byId("case-backend").value);
  set({ case: "", on: "", step: "" }, true);
  if (number !== undefined) matrix.focus(number, backend);
});
addEventListener("hashchange", show);
// What must not be is one click away.
for (const bad of ["fail", "unexplained", "environment-fault"]) {
  if (report.cases.some(c => c.results.some(r => r.outcome === bad))) {
    byId("verdict").append(" ", el("a", { href: addressOf({ outcome: bad }) }, `Show: ${outcomes[bad].word}`));
  }
}
drawDifferences(report);
byId("main").hidden = false;
// There is room for one backend and what it is shown beside.
if (matchMedia("(max-width: 40rem)").matches && !state.backend) {
  const told = report.backends.find((b, i) => b.available && b.reference !== i) ?? report.backends[0];
  if (told) location.replace(addressOf({ ...state, backend: told.name, rows: rowsOf(state) }));
}
show();
