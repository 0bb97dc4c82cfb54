// Above the matrix: every difference in a line, or what a pair of
// backends answered differently.

function drawDifferences(report) {
  const place = byId("differences");
  if (report.pairs.length > 0) {
    byId("differences-title").textContent = "Answered differently";
    place.append(...report.pairs.map(pairSection));
    return;
  }
  const part = (title, list) => list.length > 0
    ? el("section", null, el("h3", null, title), ...list.map(d => differenceText(report, d))) : "";
  place.append(
    part("In answers", report.differences.filter(d => d.answers)),
    part("Calls without a counterpart: the case ends there, as unsupported", report.differences.filter(d => !d.answers)));
  if (report.differences.length === 0) place.append(el("p", null, "There are none."));
}

// differenceText is a line of the list, which opens to the cause, the source and
// an example with both results.
function differenceText(report, d) {
  return el("details", { "data-name": d.name },
    el("summary", null, el("b", null, d.name), " ", el("span", { class: "brief" }, d.brief), " ",
      el("span", { class: "dim" }, `${plural(d.count, "case")} on ${d.kinds.join(", ")}`)),
    el("p", null, d.cause),
    d.source ? el("p", { class: "dim" }, `Source: ${d.source}`) : "",
    exampleText(report, d),
    el("p", null, el("a", { href: addressOf({ divergence: d.name }) }, `Its cases: ${d.where}`), " · ",
      el("a", { href: addressOf({ divergence: d.name, case: d.example.case, on: d.example.backend }) },
        `The example as a whole: ${d.example.case} on ${d.example.backend}`)));
}

// exampleText has the calls up to the one that shows a difference, and both
// answers to that one.
function exampleText(report, d) {
  const c = report.cases[report.caseNumber.get(d.example.case)];
  const result = report.result(c, report.backendNumber.get(d.example.backend));
  if (!result || !result.steps[d.example.step]) return "";
  const lines = result.steps.slice(0, d.example.step).map(s => s.started ? s.call : `${s.call} -> ${s.got}`);
  if (lines.length > 7) lines.splice(1, lines.length - 7, `… ${plural(lines.length - 7, "more call")} …`);
  const last = result.steps[d.example.step];
  const kind = d.example.backend.split(":")[0];
  const width = Math.max("contract".length, kind.length);
  lines.push(`> ${last.call}`);
  if (last.wanted) lines.push(`    ${"contract".padEnd(width)}  ${last.wanted.join(" or ")}`);
  lines.push(`    ${kind.padEnd(width)}  ${last.got}`);
  return el("pre", null, lines.join("\n"));
}

function pairSection(pair) {
  const link = name => el("a", { href: addressOf({ case: name, on: pair.right }) }, name);
  const rows = pair.answers.map(x => el("tr", null,
    el("td", { "data-head": "case" }, link(x.case)), el("td", { "data-head": "call" }, code(x.call)),
    el("td", { "data-head": pair.left }, code(x.left)), el("td", { "data-head": pair.right }, code(x.right))));
  const head = ["case", "call", pair.left, pair.right].map(h => el("th", { scope: "col" }, h));
  return el("section", null, el("h3", null, pair.title),
    rows.length > 0 ? el("table", { class: "calls" }, el("thead", null, el("tr", null, ...head)), el("tbody", null, ...rows)) : "",
    ...pair.missing.map(m => el("details", null,
      el("summary", null, `${plural(m.cases.length, "case")} cannot be tried on both: ${m.why}`),
      el("p", null, ...m.cases.flatMap(name => [link(name), " "])))));
}
