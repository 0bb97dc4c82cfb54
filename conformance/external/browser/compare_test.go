package browser

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// compared opens the page of the whole comparison.
func compared(t *testing.T, fragment string, l look) *tab {
	t.Helper()
	b := open(t, write(t, "compare", "-format", "html"), fragment, l)
	b.wait(`!document.getElementById("main").hidden`)
	return b
}

// The words that an outcome is shown as, with its mark.
var words = []string{"✓ pass", "✗ fail", "≠ differs", "? unexplained", "∅ unsupported", "· n/a", "! not possible"}

// rows are the names of the cases that are shown.
func (b *tab) rows() []string {
	b.t.Helper()
	return js[[]string](b, `[...document.querySelectorAll("#cases:not([hidden]) tr:not([hidden]) .name")].map((e) => e.textContent)`)
}

// shows waits until the page says that it shows n cases.
func (b *tab) shows(n string) {
	b.t.Helper()
	b.wait(`document.getElementById("shown").textContent.startsWith(` + quote(n+" of ") + `)`)
}

// TestCompareGroups: the page opens with the groups, and counts every case in
// every column.
func TestCompareGroups(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			b := compared(t, "", l)
			b.picture("compare-groups-" + l.String())
			b.readable()
			path, err := mxconform()
			if err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(path, "list", "cases", "-format", "json").Output()
			if err != nil {
				t.Fatal(err)
			}
			var cases []any
			if err := json.Unmarshal(out, &cases); err != nil {
				t.Fatal(err)
			}
			b.wantText("#shown", fmt.Sprintf("%d of %d cases", len(cases), len(cases)))
			b.want(`/^Result (PASS|FAIL): /.test(document.getElementById("verdict").innerText)`)
			b.wantText("header", "The answers differ from the contract's in", "Machine ", "Date ", "Command mxconform compare -format html")
			// The answer comes first, then the differences, then the matrix,
			// which is not wider than the page.
			b.want(`document.getElementById("differences").compareDocumentPosition(document.getElementById("matrix")) === Node.DOCUMENT_POSITION_FOLLOWING`)
			b.want(`document.getElementById("matrix").offsetWidth <= document.getElementById("scroller").clientWidth`)
			b.wait(`!document.getElementById("groups").hidden`)
			b.want(`document.querySelectorAll("#groups tr").length === document.querySelectorAll("#f-group option").length`)
			sums := js[[]int](b, `[...document.querySelectorAll("#groups tr:first-child td")].map((td) =>
				[...td.children].map((e) => Number(e.textContent.split(" ")[1])).reduce((a, b) => a + b, 0))`)
			if len(sums) < 2 {
				t.Fatalf("%d columns", len(sums))
			}
			for i, sum := range sums {
				if sum != len(cases) {
					t.Errorf("column %d counts %d cases of %d", i, sum, len(cases))
				}
			}
		})
	}
}

// TestCompareFolds: the name of a group unfolds its cases below it, and folds
// them again, and the address keeps that.
func TestCompareFolds(t *testing.T) {
	b := compared(t, "", looks[0])
	groups := js[int](b, `document.querySelectorAll("#groups tr").length`)
	b.click(`#groups th[data-group="W"]`)
	b.wait(`location.hash === "#open=W"`)
	b.want(`document.querySelector("#groups th[data-group=W]").getAttribute("aria-expanded") === "true"`)
	below := js[int](b, `document.querySelectorAll("#groups tr").length`) - groups
	b.wantText(`#groups th[data-group="W"]`, fmt.Sprintf("%d cases", below))
	b.want(`document.querySelector("#groups tr:has(th[data-group=W]) + tr th").dataset.go === "case"`)
	b.picture("compare-unfolded")
	b.readable()
	// By the keyboard: the focus stays on the group.
	b.press(kb.Enter)
	b.wait(fmt.Sprintf(`document.querySelectorAll("#groups tr").length === %d`, groups))
	b.want(`document.activeElement.dataset.group === "W"`)
	b.press(kb.Enter)
	b.press(kb.ArrowDown)
	b.press(kb.Enter)
	b.wait(`document.getElementById("case").open`)
}

// TestCompareOutcomes: every cell of every case has a mark and a word.
func TestCompareOutcomes(t *testing.T) {
	b := compared(t, "rows=cases", looks[0])
	texts := js[map[string]int](b, `[...document.querySelectorAll("#cases td")].reduce((n, e) => (n[e.textContent] = (n[e.textContent] || 0) + 1, n), {})`)
	for text := range texts {
		if !slices.Contains(words, text) {
			t.Errorf("a cell says %q", text)
		}
	}
	if texts["✓ pass"] == 0 || texts["≠ differs"] == 0 {
		t.Errorf("%v", texts)
	}
}

// TestCompareFilters narrows the matrix down, and finds it again by its
// address.
func TestCompareFilters(t *testing.T) {
	b := compared(t, "", looks[0])
	all := len(js[[]string](b, `[...document.querySelectorAll("#f-backend optgroup:last-child option")].map((e) => e.value)`))
	// A click on a group shows its cases on that backend, beside the model.
	b.click(`#groups td[data-group="W"][data-on="` + fmt.Sprint(js[int](b, columnOf("tcp:manual"))) + `"]`)
	b.wait(`!document.getElementById("cases").hidden`)
	b.want(`document.getElementById("f-group").value === "W" && document.getElementById("f-backend").value === "tcp:manual"`)
	b.want(`document.querySelector("#cases tr").cells.length === 3`)
	inGroup := b.rows()
	b.choose("#f-outcome", "differs")
	b.wait(`location.hash.includes("outcome=differs")`)
	differing := b.rows()
	if len(differing) == 0 || len(differing) >= len(inGroup) {
		t.Errorf("%d cases of %d differ", len(differing), len(inGroup))
	}
	b.want(`[...document.querySelectorAll("#cases tr:not([hidden])")].every((r) => r.cells[2].textContent === "≠ differs")`)
	// Words are looked for together.
	b.do("focus", focus("#f-search"))
	b.press("HELLO-WORLD short")
	b.wait(`location.hash.includes("q=HELLO")`)
	found := b.rows()
	if !slices.Contains(found, "walkthrough-short-write") || len(found) >= len(differing) {
		t.Errorf("the search shows %q", found)
	}
	address := js[string](b, `location.hash.slice(1)`)
	b.visit(address)
	b.wait(`!document.getElementById("main").hidden`)
	if again := b.rows(); !slices.Equal(again, found) {
		t.Errorf("the address %s shows %q, want %q", address, again, found)
	}
	b.want(`document.getElementById("f-search").value === "HELLO-WORLD short"`)
	// Nothing matches everything.
	b.do("focus", focus("#f-search"))
	b.press(" no-such-word")
	b.shows("0")
	b.click("#f-clear")
	b.wait(`location.hash === ""`)
	b.want(`!document.getElementById("groups").hidden`)
	// All editions of a kind, and all kinds of an edition.
	b.choose("#f-backend", ":kernel2017")
	b.wait(`!document.getElementById("cases").hidden`)
	b.want(fmt.Sprintf(`document.querySelector("#cases tr").cells.length - 1 < %d`, all))
	b.want(`[...document.querySelectorAll("#matrix thead tr:last-child th")].every((e) => e.textContent.startsWith("kernel2017"))`)
	// A difference: what it is, and the cases that show it.
	b.choose("#f-backend", "")
	b.choose("#f-divergence", "capacity-not-settable")
	b.wait(`document.getElementById("about").textContent.includes("SO_SNDBUF")`)
	if rows := b.rows(); !slices.Contains(rows, "walkthrough-short-write") || slices.Contains(rows, "pump-one-mebibyte") {
		t.Errorf("capacity-not-settable shows %q", rows)
	}
}

// columnOf is an expression for the number of a backend.
func columnOf(name string) string {
	return `[...document.querySelectorAll("#f-backend optgroup:last-child option")].findIndex((e) => e.value === ` + quote(name) + `)`
}

// TestCompareCell opens a cell with the mouse: the calls, both results, what
// the contract wants, the name of the difference and its cause, the clauses.
func TestCompareCell(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			b := compared(t, "q=walkthrough-short-write&backend=tcp:manual", l)
			b.picture("compare-cases-" + l.String())
			b.click(`#cases tr:not([hidden]) td:nth-child(3)`)
			b.wait(`document.getElementById("case").open && document.querySelector("#player .mx-view")`)
			b.wantText("#case-title", "walkthrough-short-write")
			b.wantText(".came", "tcp:manual ≠ differs", "capacity-not-settable", "beside mx:manual ✓ pass")
			lines := js[[][]string](b, `[...document.querySelectorAll("#case .calls tbody tr")].map((r) => [...r.cells].map((c) => c.textContent))`)
			if len(lines) != 9 {
				t.Fatalf("%q", lines)
			}
			if want := []string{`write a "HELLO-WORLD"`, "OK 5", "OK 5", "OK 11", "≠ differs capacity-not-settable"}; !slices.Equal(lines[1][1:], want) {
				t.Errorf("the first write is %q, want %q", lines[1][1:], want)
			}
			if want := []string{"create stream capacity=5", "OK a b", "OK a b", "OK a b", "✓ pass"}; !slices.Equal(lines[0][1:], want) {
				t.Errorf("the create is %q, want %q", lines[0][1:], want)
			}
			b.wantText(`#case [aria-label="Causes"]`, "capacity-not-settable", "SO_SNDBUF and F_SETPIPE_SZ are wishes", "Source:")
			b.wantText(`#case [aria-label="Clauses"]`, "W-STREAM-SHORT", "C-CAPACITY")
			b.wantText("#case .again", "mxconform replay walkthrough-short-write -backend tcp:manual")
			b.picture("compare-case-" + l.String())
			js[bool](b, `(document.getElementById("player").scrollIntoView(), true)`)
			b.readable()
			b.picture("compare-player-" + l.String())
			b.click("#case-close")
			b.wait(`!document.getElementById("case").open && !location.hash.includes("case=")`)
		})
	}
}

// TestComparePlayer plays a case inside of the report, on both backends.
func TestComparePlayer(t *testing.T) {
	b := compared(t, "case=naive-writer-loses-the-tail&on=unix-stream:manual&step=2", looks[0])
	b.wait(`document.querySelector("#player .mx-view")`)
	b.at(2)
	if left, right := b.scene(0), b.scene(1); left.Answer != "OK 5" || right.Answer != "OK 11" {
		t.Errorf("step 2 is %q beside %q", left, right)
	}
	b.click("#player .mx-last")
	b.at(5)
	b.wait(`location.hash.includes("step=5")`)
	if left := b.scene(0); !slices.Equal(left.Tape, []string{"HELLO: accepted 0 to 5", `-WORLD: LOST 5 to 11 "-WORLD"`}) {
		t.Errorf("the writer's row is %q", left.Tape)
	}
	b.press(kb.ArrowLeft) // the focus is in the player
	b.at(4)
	b.wait(`location.hash.includes("step=4")`)
	js[string](b, `location.hash = location.hash.replace("step=4", "step=1")`)
	b.at(1)
	// Another backend of the same case.
	b.choose("#case-backend", "mx:zircon")
	b.wait(`document.querySelector(".came").innerText.includes("mx:zircon")`)
	b.wait(`document.querySelectorAll("#player .mx-run").length === 1`)
	b.at(0)
}

// TestCompareKeys does everything with the keyboard.
func TestCompareKeys(t *testing.T) {
	b := compared(t, "group=H", looks[0])
	b.do("focus", focus("#to-differences"))
	b.press(kb.Tab)
	b.want(`document.activeElement.matches("#cases tr:not([hidden]) .name")`)
	name := js[string](b, `document.activeElement.textContent`)
	b.press(kb.ArrowDown)
	b.press(kb.ArrowDown)
	b.press(kb.ArrowUp)
	b.press(kb.ArrowRight)
	b.press(kb.ArrowRight)
	rows := b.rows()
	if rows[0] != name {
		t.Errorf("Tab goes to %s, want %s", name, rows[0])
	}
	b.want(`document.activeElement.cellIndex === 2 && document.activeElement.parentElement.cells[0].textContent === ` + quote(rows[1]))
	b.press(kb.Enter)
	b.wait(`document.getElementById("case").open`)
	b.wantText("#case-title", rows[1])
	// The focus stays inside of what is open.
	b.press(kb.Tab)
	b.want(`document.getElementById("case").contains(document.activeElement)`)
	b.click("#case-next")
	b.wait(`document.getElementById("case-title").textContent === ` + quote(rows[2]))
	b.press(kb.Escape)
	b.wait(`!document.getElementById("case").open`)
	b.wait(`document.activeElement.cellIndex === 2 && document.activeElement.parentElement.cells[0].textContent === ` + quote(rows[2]))
	b.press(kb.End)
	b.want(`document.activeElement === document.activeElement.parentElement.lastElementChild`)
	b.press(kb.Home)
	b.press(kb.PageDown)
	b.want(`document.activeElement.textContent === ` + quote(rows[12]))
	// What has the focus is in sight, and not behind the heads of the columns.
	b.want(`(() => {
		const cell = document.activeElement.getBoundingClientRect();
		const head = document.querySelector("#matrix thead").getBoundingClientRect();
		return cell.top >= head.bottom - 1 && cell.bottom <= innerHeight + 1;
	})()`)
	// Back undoes the last step.
	b.press(" ")
	b.wait(`document.getElementById("case").open`)
	js[bool](b, `(history.back(), true)`)
	b.wait(`!document.getElementById("case").open`)
}

// TestCompareLinks follows links to cases.
func TestCompareLinks(t *testing.T) {
	b := compared(t, "case=half-close-no-such-case", looks[0])
	b.wantText("#notice", "There is no case half-close-no-such-case")
	b.want(`!document.getElementById("case").open`)
	b.visit("case=walkthrough-short-write")
	b.wait(`document.getElementById("case").open`)
	b.wantText(".came", "≠ differs") // of the first backend that has something to tell
	// A backend that there is not, as in a link from another machine.
	b.visit("case=walkthrough-short-write&on=no-such-backend&backend=no-such-backend")
	b.wait(`document.getElementById("case").open`)
	b.wantText(".came", "≠ differs")
	// An example of a difference, from the list below.
	b.visit("")
	b.wait(`!document.getElementById("main").hidden`)
	articles := js[[]string](b, `[...document.querySelectorAll("#differences details")].map((e) => (e.open = true, e.dataset.name + "\n" + e.innerText))`)
	names := js[[]string](b, `[...document.querySelectorAll("#f-divergence option")].map((e) => e.value).filter(Boolean)`)
	if len(articles) != len(names) || len(articles) == 0 {
		t.Errorf("%d differences are told of, %d can be picked", len(articles), len(names))
	}
	for _, a := range articles {
		if strings.Count(a, "\n") < 3 {
			t.Errorf("a difference without a cause: %q", a)
		}
	}
	b.wantText(`#differences details[data-name="capacity-not-settable"] pre`, "> create stream", "contract ", "unix-stream ")
	b.click(`#differences details[data-name="capacity-not-settable"] a:nth-of-type(2)`)
	b.wait(`document.getElementById("case").open`)
	b.wantText("#case .calls", "capacity-not-settable")
	b.click(`#case [aria-label="Causes"] a`)
	b.wait(`!document.getElementById("case").open && document.getElementById("f-divergence").value === "capacity-not-settable"`)
}

// TestComparePair: a page of two backends has what they answer differently.
func TestComparePair(t *testing.T) {
	b := open(t, write(t, "compare", "-left", "mx:manual", "-right", "pipe:manual", "-format", "html"), "", looks[0])
	b.wait(`!document.getElementById("main").hidden`)
	b.wantText("#differences", "pipe:manual against mx:manual", "cannot be tried on both")
	b.want(`document.querySelectorAll("#differences .calls tbody tr").length > 10`)
	name := b.text("#differences .calls tbody tr a")
	b.click("#differences .calls tbody tr a")
	b.wait(`document.getElementById("case").open`)
	b.wantText("#case-title", name)
	b.wantText(".came", "pipe:manual", "beside mx:manual")
}
