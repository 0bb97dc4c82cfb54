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
  return !run || run.steps.length === 0 ? null : { ...run, case: c.name, backend: report.backends[backend].name };
}

function verdictLine(report, c, backend, beside, names) {
  const line = el("p", { class: "came" }, code(report.backends[backend].name), " ", outcomeText(report.outcome(c, backend)));
  if (names.length > 0) line.append(": ", names.join(", "));
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
  const head = ["line", "call", "the contract wants"];
  if (beside !== null) head.push(report.backends[beside].name);
  head.push(report.backends[backend].name, "judged");
  const body = el("tbody");
  let differs = false;
  for (const line of lines) {
    const step = mine.get(line);
    const other = theirs.get(line);
    const row = el("tr", { "data-judged": step ? step.judged : "not-made" });
    const cell = (n, ...content) => row.append(el("td", { "data-head": head[n] }, ...content));
    cell(0, String(line));
    cell(1, code((step || other).call));
    cell(2, wantedText(step || other));
    if (beside !== null) cell(3, answerText(other));
    cell(head.length - 2, answerText(step));
    cell(head.length - 1, ...judgement(step, mine.size > 0));
    body.append(row);
    differs = differs || Boolean(step && step.judged === "differs" && line !== lines.at(-1));
  }
  const table = el("table", { class: "calls" }, el("thead", null, el("tr", null, ...head.map(h => el("th", { scope: "col" }, h)))), body);
  const note = differs ? el("p", { class: "dim" }, "After a difference, the contract is asked in the state that followed from it.") : "";
  return el("div", null, table, note);
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
  return [outcomeText(step.judged), name ? el("span", { class: "named" }, " ", name) : ""];
}

function causes(report, names) {
  const list = el("dl");
  for (const name of names) {
    const d = report.divergences[name];
    list.append(el("dt", null, el("b", null, name), " ", el("a", { href: addressOf({ divergence: name }) }, "all cases that show it")));
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
