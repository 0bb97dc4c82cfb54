package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// layout has functions that find fault with how things stand: overlaps with
// pieces of text that lie on each other as they are in sight (what stands under
// the bar of the player is behind it on purpose), and unaligned with rows of
// two runs that stand at different heights.
const layout = `
	const clips = new Map();
	const clipsOf = (e) => {
		if (e === document.body) return [];
		if (!clips.has(e)) clips.set(e, getComputedStyle(e).overflowX === "visible" ? clipsOf(e.parentElement) : [e, ...clipsOf(e.parentElement)]);
		return clips.get(e);
	};
	function overlaps() {
		clips.clear();
		const boxes = [];
		const walk = document.createTreeWalker(document.querySelector(".mx-view"), NodeFilter.SHOW_TEXT);
		for (let node; (node = walk.nextNode());) {
			const e = node.parentElement;
			if (!node.data.trim() || e.closest(".mx-told, .mx-controls, datalist, title") || !e.checkVisibility({visibilityProperty: true})) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const r of range.getClientRects()) {
				let [left, top, right, bottom] = [r.left, r.top, r.right, r.bottom];
				for (const p of clipsOf(e)) {
					const clip = p.getBoundingClientRect();
					[left, top, right, bottom] = [Math.max(left, clip.left), Math.max(top, clip.top), Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
				}
				if (right - left > 2 && bottom - top > 4) boxes.push({node, left: left + 1, top: top + 2, right: right - 1, bottom: bottom - 2});
			}
		}
		boxes.sort((a, b) => a.top - b.top);
		const found = [], say = (x) => x.node.data.trim().slice(0, 30) + " (" + x.node.parentElement.className + ")";
		boxes.forEach((a, i) => {
			for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
				const b = boxes[j];
				if (a.node !== b.node && a.left < b.right && b.left < a.right) found.push(say(a) + " | " + say(b));
			}
		});
		return found;
	}
	function unaligned() {
		const rows = (run) => [...run.querySelectorAll(":scope > *, .mx-row, .mx-move")].filter((e) => !e.hidden)
			.map((e) => [e.classList[0] + " " + (e.dataset.move || ""), Math.round(e.getBoundingClientRect().top)].join(" at "));
		const [left, right] = [...document.querySelectorAll(".mx-run")].map(rows);
		return left.filter((row, i) => row !== right[i]).map((row) => "not aligned: " + row);
	}`

// TestNothingOverlaps looks at every frame, in narrow and wide windows: no text
// lies on other text, nothing is wider than the window, and runs beside each
// other are aligned.
func TestNothingOverlaps(t *testing.T) {
	for _, page := range []struct{ name, backends string }{
		{"walkthrough-short-write", "mx:manual,unix-stream:manual"},
		{"naive-writer-loses-the-tail", "mx:manual,tcp:manual"},
		{"walkthrough-wait-for-writable", "mx:manual,mx:zircon,pipe:manual"},
		{"pump-one-mebibyte", "mx:manual,tcp:manual"},
		{recorded(t, 40), "mx:manual,unix-stream:manual"},
	} {
		for _, width := range []int64{400, 800, 1400, 1920} {
			b := viewed(t, page.name, page.backends, "", look{"light", width})
			aligned := width >= 800 && strings.Count(page.backends, ",") == 1
			found := js[[]string](b, `(async () => {`+layout+`
				const last = Number(document.querySelector(".mx-range").max);
				for (let i = 0; i <= last; i++) {
					if (i > 0) document.querySelector(".mx-forward").click();
					await new Promise(requestAnimationFrame);
					const found = [...overlaps(), ...(`+fmt.Sprint(aligned)+` ? unaligned() : [])];
					if (found.length > 0) return ["step " + i, ...found];
				}
				return [];
			})()`, chromedp.EvalAwaitPromise)
			if len(found) > 0 {
				t.Errorf("%s at %d pixels:\n  %s", page.name, width, strings.Join(found[:min(len(found), 6)], "\n  "))
				b.picture(fmt.Sprintf("overlap-%d", width))
			}
			b.readable()
		}
	}
}

// TestSides switches between two runs at the same step where there is room for
// one of them only.
func TestSides(t *testing.T) {
	b := viewed(t, "walkthrough-short-write", "mx:manual,unix-stream:manual", "step=5", look{"dark", 400})
	shown := func(want string) {
		t.Helper()
		b.wait(`[...document.querySelectorAll(".mx-run")].filter((e) => e.checkVisibility()).map((e) => e.querySelector(".mx-run-title").firstChild.data).join() === ` + quote(want))
		b.at(5)
	}
	shown("unix-stream:manual")
	b.wantText(".mx-calls [aria-current]", "OK 6")
	b.click(".mx-sides button:first-child")
	shown("mx:manual")
	b.wantText(".mx-calls [aria-current]", "OK 5")
	b.want(`document.querySelector(".mx-sides button").getAttribute("aria-pressed") === "true"`)
	b.press("s")
	shown("unix-stream:manual")
	b.picture("sides-400")
}

// TestWhy: what differs leads to its name and its cause, and what is judged
// from another state to the step that made it so.
func TestWhy(t *testing.T) {
	b := viewed(t, "walkthrough-short-write", "mx:manual,unix-stream:manual", "step=5", look{"light", 1400})
	b.wantText(".mx-run:nth-of-type(2) .mx-now", "the contract wants SHOULD_WAIT, judged from the state that step 3 left", "SO_SNDBUF")
	b.click(".mx-run:nth-of-type(2) .mx-since")
	b.at(3)
	b.wantText(".mx-run:nth-of-type(2) .mx-now", "the state that step 2 left")
	// A right answer may be one that the contract would not have had.
	b.press("5")
	js[string](b, `location.hash = "#step=8"`)
	b.at(8)
	b.wantText(".mx-run:nth-of-type(2) .mx-now", `OK "D-WOR"`, "≠ differs right from the state that step 7 left")
	b.wantText(".mx-result", "mx:manual ✓ pass 9 steps", "unix-stream:manual ≠ differs 4 of 9 steps, the first of them step 2: capacity-not-settable")
	b.want(`document.querySelectorAll(".mx-badge").length > 5 && [...document.querySelectorAll(".mx-badge")].every((e) => e.tagName === "A")`)
	for _, badge := range []string{".mx-calls .mx-badge", ".mx-run:nth-of-type(1) .mx-badge", ".mx-run:nth-of-type(2) .mx-badge", ".mx-result .mx-divergence"} {
		js[bool](b, `(document.activeElement.blur(), scrollTo(0, 0), true)`)
		b.click(badge)
		b.want(`document.activeElement.dataset.divergence === "capacity-not-settable" && document.activeElement.innerText.includes("SO_SNDBUF")`)
		b.want(`(r => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`)
	}
	b.at(8)
	// Two editions differ under no name.
	file := filepath.Join(t.TempDir(), "editions.mx")
	if err := os.WriteFile(file, []byte("case editions\nclauses H-DIRECTION\n\ncreate stream -> OK a b\nwrite a \"\" half-close\nwrite a \"x\"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	b = viewed(t, file, "mx:manual,mx:kernel2017", "", look{"light", 1400})
	b.wantText(".mx-why", "other rules", "manual and kernel2017", "mxconform explain")
}
