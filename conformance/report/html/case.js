// One case on one backend: the calls, what came of them there and on the
// backend that it is shown beside, and why they differ. player is the element
// that the run is played in.

function drawCase(report, number, backend, player) {
  const c = report.cases[number];
  const b = report.backends[backend];
  const result = report.result(c, backend);
  const beside = b.reference !== backend && report.result(c, b.reference) ? b.reference : null;
  const names = result ? [...new Set(result.steps.map(nameOf).filter(Boolean))] : [];
  const body = [el("p", { class: "doc" }, c.doc), verdictLine(report, c, backend, beside, names)];
  const detail = ownDetail(result);
  if (detail) body.push(el("pre", { class: "detail" }, detail));
  body.push(el("section", { "aria-label": "Calls" }, el("h3", null, "The calls, and what came of them"), callTable(report, c, backend, beside)));
  if (names.length > 0) body.push(el("section", { "aria-label": "Causes" }, el("h3", null, "Why it differs"), causes(report, names)));
  body.push(el("section", { "aria-label": "Player" }, el("h3", null, "The run, step by step"), player));
  body.push(el("section", { "aria-label": "Clauses" }, el("h3", null, "The clauses that the case covers"), clauseList(report, c.clauses, b.edition)));
  body.push(el("p", { class: "again" }, "To run it again: ", code(`mxconform replay ${c.name} -backend ${b.name}`)));
  body.push(el("details", null, el("summary", null, `The case as it is written (${c.file}, line ${c.line}; for ${c.editions.join(", ")})`),
    el("pre", null, c.text)));
  return body;
}

// ownDetail is what a result says that its steps do not.
function ownDetail(result) {
  if (!result || !result.detail) return "";
  if (["fail", "unexplained", "not-applicable", "environment-fault"].includes(result.outcome) || result.steps.length === 0) return result.detail;
  return result.detail.split("\n").filter(line => !line.startsWith("line ") || line.includes("never returns")).join("\n");
}

// filmOf is what there is to play of a case on a backend, or null.
function filmOf(report, runs, c, backend) {
  const run = runs.runs[runs.of[backend]];
  if (!run || run.steps.length === 0) return null;
  const named = [...new Set(run.steps.map(s => s.divergence).filter(Boolean))].map(name => ({ name, cause: "", ...report.divergences[name] }));
  return { ...run, case: c.name, clauses: c.clauses, backend: report.backends[backend].name, named };
}

function verdictLine(report, c, backend, beside, names) {
  const line = el("p", { class: "came" }, code(report.backends[backend].name), " ", outcomeText(report.outcome(c, backend)));
  names.forEach((name, i) => line.append(i === 0 ? ": " : ", ", causeLink(name)));
  if (!report.backends[backend].available) line.append(` (${report.backends[backend].why})`);
  if (beside !== null) line.append(el("span", { class: "beside" }, "beside ", code(report.backends[beside].name), " ", outcomeText(report.outcome(c, beside))));
  return line;
}

// callTable has a line for each call that one of the two made, or that the
// case had still to make.
function callTable(report, c, backend, beside) {
  const mine = stepsByLine(report.result(c, backend));
  const theirs = beside === null ? new Map() : stepsByLine(report.result(c, beside));
  const lines = [...new Set([...mine.keys(), ...theirs.keys()])].sort((a, b) => a - b);
  if (lines.length === 0) return el("p", { class: "dim" }, "No call was made.");
  const head = ["step", "call", "the contract wants"];
  if (beside !== null) head.push(report.backends[beside].name);
  head.push(report.backends[backend].name, "judged");
  const body = el("tbody");
  for (const [i, line] of lines.entries()) {
    const step = mine.get(line);
    const other = theirs.get(line);
    const row = el("tr", { "data-judged": step ? step.judged : "not-made", "data-row": i + 1 });
    const cell = (n, ...content) => row.append(el("td", { "data-head": head[n] }, ...content));
    cell(0, stepLink(i + 1, String(i + 1), `line ${line} of ${c.file}`));
    cell(1, code((step || other).call));
    cell(2, wantedText(step || other));
    if (beside !== null) cell(3, answerText(other));
    cell(head.length - 2, answerText(step));
    cell(head.length - 1, ...judgement(step, mine.size > 0));
    body.append(row);
  }
  return el("table", { class: "calls" }, el("thead", null, el("tr", null, ...head.map(h => el("th", { scope: "col" }, h)))), body);
}

// stepLink leads to a step in the player.
const stepLink = (n, text, title) => el("a", { href: addressOf({ ...readState(), step: n }), "data-step": n, title }, text);

// causeLink leads to what is told of a difference.
const causeLink = name => el("a", { href: "#", "data-cause": name }, name);

// tellSince says of each step of a run that was judged from a state which an
// earlier difference left which one that is. rowOf is the row of each step.
function tellSince(film, rowOf) {
  film.steps.forEach((s, i) => {
    if (!s.since) return;
    const cell = document.querySelector(`#case .calls tr[data-row="${rowOf(i + 1)}"]`)?.lastChild;
    cell?.append(" ", el("span", { class: "since" }, "from the state that ", stepLink(rowOf(s.since), `step ${rowOf(s.since)}`), " left"));
  });
}

const stepsByLine = result => new Map((result ? result.steps : []).map(s => [s.line, s]));

function answerText(step) {
  if (!step) return el("span", { class: "dim" }, "not made");
  if (step.started) return el("span", { class: "dim" }, "under way");
  return code(step.got);
}

function wantedText(step) {
  if (step.started) return el("span", { class: "dim" }, "under way");
  if (!step.wanted) return el("span", { class: "dim" }, step.judged === "unsupported" ? "" : "any answer");
  const all = el("span");
  step.wanted.forEach((w, i) => all.append(i > 0 ? " or " : "", code(w)));
  return all;
}

function judgement(step, begun) {
  if (!step) return [el("span", { class: "dim" }, begun ? "the case had ended" : "not run")];
  const name = nameOf(step);
  return [outcomeText(step.judged), name ? el("span", { class: "named" }, " ", causeLink(name)) : ""];
}

function causes(report, names) {
  const list = el("dl");
  for (const name of names) {
    const d = report.divergences[name];
    list.append(el("dt", { "data-name": name, tabindex: -1 }, el("b", null, name), " ", el("a", { href: addressOf({ divergence: name }) }, "all cases that show it")));
    if (!d) continue;
    list.append(el("dd", null, d.cause));
    if (d.source) list.append(el("dd", { class: "dim" }, `Source: ${d.source}`));
    if (d.clauses.length > 0) list.append(el("dd", { class: "dim" }, `It departs from ${d.clauses.join(", ")}.`));
  }
  return list;
}

function clauseList(report, ids, edition) {
  const list = el("dl");
  for (const id of ids) {
    const clause = report.clauses[id];
    list.append(el("dt", null, code(id), clause ? ` ${clause.title}` : ""));
    if (clause && clause.says[edition]) list.append(el("dd", null, clause.says[edition]));
  }
  return list;
}
