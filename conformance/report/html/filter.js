// What is picked is in the address of the page, so that every view of it can
// be linked to: #group=W&backend=tcp&outcome=differs&divergence=…&q=…, what the
// rows are as rows=cases, which groups are unfolded as open=WR, and the case that is open as case=NAME&on=BACKEND,
// with step=N in its player.

const filterKeys = ["group", "backend", "outcome", "divergence", "q"];
const stateKeys = [...filterKeys, "rows", "open", "case", "on", "step"];

// readState is what the address says. Keys that it has not are "".
function readState() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(stateKeys.map(key => [key, hash.get(key) || ""]));
}

// addressOf is the address of a state.
function addressOf(state) {
  const hash = new URLSearchParams();
  for (const key of stateKeys) if (state[key]) hash.set(key, state[key]);
  // Colons and slashes are plain in a fragment, and easier to read.
  return "#" + hash.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
}

// backendPicked tells whether a backend is one that the word stands for: a
// kind, ":" and an edition, a full name, or "" for all.
function backendPicked(b, word) {
  return word === "" || word === b.kind || word === b.name || word === ":" + b.edition;
}

// rowsOf is what the rows are, groups or cases. Unless the reader has picked,
// any filter turns them into cases.
function rowsOf(state) {
  return state.rows || (filterKeys.some(key => state[key]) ? "cases" : "groups");
}

// makeFilter says which cases and which columns a state shows. A backend that
// the report has not, from a link to another one, stands for all.
function makeFilter(report, state) {
  const all = report.backends.map((_, i) => i);
  const named = all.filter(i => backendPicked(report.backends[i], state.backend));
  const picked = named.length > 0 ? named : all;
  const beside = picked.map(i => report.backends[i].reference);
  const columns = all.filter(i => picked.includes(i) || beside.includes(i));
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = c => {
    if (state.group && !report.covers(c, state.group)) return false;
    if (state.outcome && !picked.some(i => report.outcome(c, i) === state.outcome)) return false;
    if (state.divergence && !picked.some(i => shows(report.result(c, i), state.divergence))) return false;
    return words.every(w => haystack(c).includes(w));
  };
  return { picked, columns, matches };
}

// shows tells whether a divergence was met.
function shows(result, name) {
  return result !== null && result.steps.some(s => nameOf(s) === name);
}

// nameOf is the divergence of a step. Unsupported calls may have none.
function nameOf(step) {
  return step.divergence || (step.judged === "unsupported" ? "(without a name)" : "");
}

// haystack is everything of a case that a search looks at.
function haystack(c) {
  if (c.haystack === undefined) {
    const names = c.results.flatMap(r => r.divergences || []);
    c.haystack = [c.name, c.doc, c.file, ...c.clauses, c.text, ...names].join("\n").toLowerCase();
  }
  return c.haystack;
}

// fillFilters makes the choices of the filters.
function fillFilters(report) {
  const option = (value, text) => el("option", { value }, text);
  const section = (label, options) => el("optgroup", { label }, ...options);
  const unique = list => [...new Set(list)];
  byId("f-group").append(option("", "all"), ...report.groups.map(g => option(g.letter, `${g.letter}: ${g.title}`)));
  byId("f-backend").append(option("", "all"),
    section("Kinds", unique(report.backends.map(b => b.kind)).map(k => option(k, k))),
    section("Editions", unique(report.backends.map(b => b.edition)).map(e => option(":" + e, e))),
    section("One backend", report.backends.map(b => option(b.name, b.name))));
  byId("f-outcome").append(option("", "any"), ...Object.entries(outcomes).filter(([name]) => name).map(
    ([name, o]) => option(name, `${o.mark} ${o.word}`)));
  byId("f-divergence").append(option("", "any"), ...report.differences.map(d => option(d.name, d.name)));
}

const filterFields = { group: "f-group", backend: "f-backend", outcome: "f-outcome", divergence: "f-divergence", q: "f-search" };

// showFilters sets the fields to a state, but not one that is being written in.
function showFilters(state) {
  for (const [key, id] of Object.entries(filterFields)) {
    const field = byId(id);
    if (field.value !== state[key]) field.value = state[key];
  }
  byId("f-rows").value = rowsOf(state);
}
