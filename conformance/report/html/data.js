// What the page shows, and small tools to draw it. All text goes into the page
// as text, never as markup.

// The outcomes, in the order of the reports: a mark and a word each, so that
// nothing has to be read from a color.
const outcomes = {
  "pass": { mark: "✓", word: "pass", says: "every call was answered as the contract says" },
  "fail": { mark: "✗", word: "fail", says: "a call was answered wrongly" },
  "differs": { mark: "≠", word: "differs", says: "answered otherwise, in ways that have a name and a cause" },
  "unexplained": { mark: "?", word: "unexplained", says: "answered otherwise, in a way that has no name" },
  "unsupported": { mark: "∅", word: "unsupported", says: "a call has no counterpart there" },
  "not-applicable": { mark: "·", word: "n/a", says: "not applicable: the case does not speak for the edition" },
  "environment-fault": { mark: "!", word: "not possible", says: "this machine refused something that the case needs" },
  "": { mark: "–", word: "not run", says: "the backend is not available here, or the run was interrupted" },
};

// unpack reads the JSON that the element holds, deflated and in base64.
async function unpack(id) {
  const holder = document.getElementById(id);
  const packed = Uint8Array.from(atob(holder.textContent.trim()), c => c.charCodeAt(0));
  holder.remove();
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

const byId = id => document.getElementById(id);

// el makes an element. Attributes whose value is null or false are left out.
function el(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) e.setAttribute(name, value === true ? "" : value);
  }
  e.append(...children.filter(c => c !== null && c !== undefined && c !== ""));
  return e;
}

const code = text => el("code", null, text);
const plural = (n, one) => n === 1 ? `1 ${one}` : `${n} ${one}s`;

// outcomeText is an outcome as mark and word.
function outcomeText(name) {
  const o = outcomes[name];
  return el("span", { class: "outcome", "data-outcome": name, title: o.says },
    el("span", { class: "mark", "aria-hidden": "true" }, o.mark), " ", el("span", { class: "word" }, o.word));
}

// A report is the data with what is looked up often.
function makeReport(data) {
  const report = { ...data, caseNumber: new Map(), backendNumber: new Map() };
  data.cases.forEach((c, i) => report.caseNumber.set(c.name, i));
  data.backends.forEach((b, i) => report.backendNumber.set(b.name, i));
  // result is what came of a case on a backend, or null.
  report.result = (c, backend) => c.of[backend] < 0 ? null : c.results[c.of[backend]];
  report.outcome = (c, backend) => report.result(c, backend)?.outcome ?? "";
  report.covers = (c, letter) => c.clauses.some(id => id.startsWith(letter + "-"));
  return report;
}
