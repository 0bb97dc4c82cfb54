// Below the matrix: every difference with its cause, or what a pair of
// backends answered differently.

function drawDifferences(report) {
  const place = byId("differences");
  if (report.pairs.length > 0) {
    byId("differences-title").textContent = "Answered differently";
    place.append(...report.pairs.map(pairSection));
    return;
  }
  const part = (title, list) => list.length > 0
    ? el("section", null, el("h3", null, title), ...list.map(d => differenceText(d))) : "";
  place.append(
    part("In answers", report.differences.filter(d => d.answers)),
    part("Calls without a counterpart: the case ends there, as unsupported", report.differences.filter(d => !d.answers)));
  if (report.differences.length === 0) place.append(el("p", null, "There are none."));
}

function differenceText(d) {
  return el("article", { "data-name": d.name },
    el("h4", null, d.name),
    el("p", null, d.cause),
    el("p", { class: "dim" }, d.where, ". ",
      el("a", { href: addressOf({ divergence: d.name }) }, "Its cases"), " · ",
      el("a", { href: addressOf({ divergence: d.name, case: d.example.case, on: d.example.backend }) },
        `Example: ${d.example.case} on ${d.example.backend}`)));
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
