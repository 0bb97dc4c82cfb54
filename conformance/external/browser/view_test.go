package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// viewed opens the page of a case.
func viewed(t *testing.T, name, backends, fragment string, l look) *tab {
	t.Helper()
	b := open(t, write(t, "view", name, "-backend", backends), fragment, l)
	b.wait(`document.querySelector(".mx-view")`)
	return b
}

// A scene is what one run shows at a step.
type scene struct {
	Call, Answer             string
	Offset, Accepted, Status string
	// The rows of the picture: kind, range and bytes of each piece, and its
	// label.
	Tape, Buffer, Arrived []string
}

// scene reads what run number n shows.
func (b *tab) scene(n int) scene {
	b.t.Helper()
	return js[scene](b, fmt.Sprintf(`(() => {
		const run = document.querySelectorAll(".mx-run")[%d];
		const text = (e) => e ? e.innerText.replace(/\s+/g, " ").trim() : "";
		const own = (cell) => [...cell.childNodes].filter((c) => c.nodeType === Node.TEXT_NODE).map((c) => c.data).join("");
		const pieces = (row) => [...run.querySelectorAll(".mx-row-" + row + " .mx-seg[data-from]")].map((s) =>
			[...s.querySelectorAll(".mx-cell")].map(own).join("") + ": " + text(s.querySelector(".mx-label")));
		const figure = (name) => text(run.querySelector(".mx-figure.mx-" + name + " dd"));
		return {
			Call: text(run.querySelector(".mx-now .mx-what")), Answer: text(run.querySelector(".mx-now .mx-answer")),
			Offset: figure("offset"), Accepted: figure("accepted"), Status: figure("status"),
			Tape: pieces("sent"), Buffer: pieces("buffer"), Arrived: pieces("arrived"),
		};
	})()`, n))
}

// at waits until the page shows a step.
func (b *tab) at(step int) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelector(".mx-view").dataset.step === "%d"`, step))
}

// TestWalkthrough steps through the writer that does it right, and reads at
// each step the offset, the accepted count, the status and where the bytes are.
func TestWalkthrough(t *testing.T) {
	b := viewed(t, "walkthrough-short-write", "mx:manual", "", looks[0])
	for i, want := range []scene{
		{Offset: "0 of 11", Accepted: "– 0 in all", Status: "–",
			Tape: []string{"HELLO-WORLD: next write 0 to 11"}},
		{Call: "create stream capacity=5", Answer: "OK a b", Offset: "0 of 11", Accepted: "– 0 in all", Status: "OK",
			Tape: []string{"HELLO-WORLD: next write 0 to 11"}},
		{Call: `write a "HELLO-WORLD"`, Answer: "OK 5", Offset: "0 → 5 of 11", Accepted: "5 of 11 5 in all", Status: "OK",
			Tape:   []string{"HELLO: accepted 0 to 5", "-WORLD: next write 5 to 11"},
			Buffer: []string{"HELLO: waiting 0 to 5"}},
		{Call: `write a "-WORLD"`, Answer: "SHOULD_WAIT", Offset: "5 of 11", Accepted: "0 of 6 5 in all", Status: "SHOULD_WAIT",
			Tape:   []string{"HELLO: accepted 0 to 5", "-WORLD: next write 5 to 11"},
			Buffer: []string{"HELLO: waiting 0 to 5"}},
		{Call: "read b 5", Answer: `OK "HELLO"`, Offset: "5 of 11", Accepted: "– 5 in all", Status: "OK",
			Tape:    []string{"HELLO: accepted 0 to 5", "-WORLD: next write 5 to 11"},
			Arrived: []string{"HELLO: arrived 0 to 5"}},
		{Call: `write a "-WORLD"`, Answer: "OK 5", Offset: "5 → 10 of 11", Accepted: "5 of 6 10 in all", Status: "OK",
			Tape:    []string{"HELLO-WORL: accepted 0 to 10", "D: next write 10 to 11"},
			Buffer:  []string{"-WORL: waiting 5 to 10"},
			Arrived: []string{"HELLO: arrived 0 to 5"}},
		{Call: "read b 5", Answer: `OK "-WORL"`, Offset: "10 of 11", Accepted: "– 10 in all", Status: "OK",
			Tape:    []string{"HELLO-WORL: accepted 0 to 10", "D: next write 10 to 11"},
			Arrived: []string{"HELLO-WORL: arrived 0 to 10"}},
		{Call: `write a "D"`, Answer: "OK 1", Offset: "10 → 11 of 11", Accepted: "1 of 1 11 in all", Status: "OK",
			Tape:    []string{"HELLO-WORLD: accepted 0 to 11"},
			Buffer:  []string{"D: waiting 10 to 11"},
			Arrived: []string{"HELLO-WORL: arrived 0 to 10"}},
		{Call: "read b 5", Answer: `OK "D"`, Offset: "11 of 11", Accepted: "– 11 in all", Status: "OK",
			Tape:    []string{"HELLO-WORLD: accepted 0 to 11"},
			Arrived: []string{"HELLO-WORLD: arrived 0 to 11"}},
		{Call: "read b 5", Answer: "SHOULD_WAIT", Offset: "11 of 11", Accepted: "– 11 in all", Status: "SHOULD_WAIT",
			Tape:    []string{"HELLO-WORLD: accepted 0 to 11"},
			Arrived: []string{"HELLO-WORLD: arrived 0 to 11"}},
	} {
		if i > 0 {
			b.click(".mx-forward")
		}
		b.at(i)
		if got := b.scene(0); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("step %d shows\n  %q\nwant\n  %q", i, got, want)
		}
	}
	b.wait(`location.hash === "#step=9"`)
	b.wantText(".mx-told", "Step 9 of 9", "SHOULD_WAIT")
}

// TestLost: on the page of the writer that does not look at the count, the
// slice that is lost is labeled with its byte range, and the reader's row has
// what did arrive.
func TestLost(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			b := viewed(t, "naive-writer-loses-the-tail", "mx:manual", "step=2", l)
			if got := b.scene(0); !slices.Equal(got.Tape, []string{"HELLO: accepted 0 to 5", "-WORLD: not accepted 5 to 11"}) {
				t.Errorf("before it is lost: %q", got.Tape)
			}
			b.press(kb.End)
			b.at(5)
			got := b.scene(0)
			if want := []string{"HELLO: accepted 0 to 5", `-WORLD: LOST 5 to 11 "-WORLD"`}; !slices.Equal(got.Tape, want) {
				t.Errorf("the writer's row is %q, want %q", got.Tape, want)
			}
			if want := []string{"HELLO: arrived 0 to 5"}; !slices.Equal(got.Arrived, want) {
				t.Errorf("the reader's row is %q, want %q", got.Arrived, want)
			}
			if got.Status != "PEER_CLOSED" {
				t.Errorf("the last status is %q", got.Status)
			}
			b.wantText(".mx-row-arrived .mx-row-title", "b received", "5 of 11 bytes, 6 lost")
			// It can be told from the others without its color.
			b.want(`getComputedStyle(document.querySelector(".mx-lost .mx-cell")).backgroundImage !== getComputedStyle(document.querySelector(".mx-accepted .mx-cell")).backgroundImage ||
				getComputedStyle(document.querySelector(".mx-lost .mx-cell")).borderStyle !== getComputedStyle(document.querySelector(".mx-accepted .mx-cell")).borderStyle`)
			b.readable()
			b.picture("view-lost-" + l.String())
		})
	}
}

// TestTwoBackends: the calls are side by side, and where they differ it is
// marked and has a name with a cause.
func TestTwoBackends(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			b := viewed(t, "walkthrough-short-write", "mx:manual,unix-stream:manual", "step=2", l)
			b.wantText(".mx-run:nth-of-type(1) .mx-run-title", "mx:manual", "pass")
			b.wantText(".mx-run:nth-of-type(2) .mx-run-title", "unix-stream:manual", "differs")
			left, right := b.scene(0), b.scene(1)
			if left.Answer != "OK 5" || right.Answer != "OK 11" || left.Accepted == right.Accepted {
				t.Errorf("left %q, right %q", left, right)
			}
			b.wantText(".mx-run:nth-of-type(2) .mx-now", "≠ differs", "OK 5", "capacity-not-settable")
			b.wantText(".mx-run:nth-of-type(1) .mx-now", "≠ differs", "unix-stream:manual answered OK 11", "capacity-not-settable")
			// The steps that differ, in the lists of the calls.
			marked := js[[]string](b, `[...document.querySelectorAll(".mx-calls li[data-row]")].map((li) => (li.classList.contains("mx-differs") ? "differs " : "") + li.innerText.replace(/\s+/g, " "))`)
			for i, differs := range []bool{false, true, true, false, true} {
				if got := strings.HasPrefix(marked[i], "differs ") && strings.Contains(marked[i], "≠ capacity-not-settable"); got != differs {
					t.Errorf("step %d: marked is %v: %q", i+1, got, marked[i])
				}
			}
			b.wantText(".mx-why", "capacity-not-settable", "SO_SNDBUF", "unix-stream:manual at step 2, step 3")
			b.readable()
			b.picture("view-two-" + l.String())
		})
	}
}

// TestPlayerKeys plays and steps with the keyboard alone.
func TestPlayerKeys(t *testing.T) {
	b := viewed(t, "naive-writer-loses-the-tail", "mx:manual", "", looks[0])
	b.at(0)
	for _, press := range []struct {
		key  string
		step int
	}{{kb.ArrowRight, 1}, {kb.ArrowRight, 2}, {kb.ArrowLeft, 1}, {kb.End, 5}, {kb.ArrowRight, 5}, {kb.Home, 0}, {kb.ArrowLeft, 0}} {
		b.press(press.key)
		b.at(press.step)
	}
	b.press(" ")
	b.want(`document.querySelector(".mx-play").getAttribute("aria-label").startsWith("pause")`)
	b.at(2) // by itself
	b.press(" ")
	b.want(`document.querySelector(".mx-play").getAttribute("aria-label").startsWith("play")`)
	b.press(kb.End)
	b.press(kb.ArrowLeft)
	b.press(" ")
	b.at(5)
	b.wait(`document.querySelector(".mx-play").getAttribute("aria-label").startsWith("play")`)
}

// TestStepLink follows links to steps.
func TestStepLink(t *testing.T) {
	b := viewed(t, "naive-writer-loses-the-tail", "mx:manual", "step=4", looks[0])
	b.at(4)
	if got := b.scene(0); got.Answer != `OK "HELLO"` {
		t.Errorf("the link to step 4 shows %q", got)
	}
	js[string](b, `location.hash = "#step=2"`)
	b.at(2)
	b.click(`.mx-calls li[data-row="3"] button`)
	b.at(3)
	b.wait(`location.hash === "#step=3"`)
	// A step that there is not is the nearest that there is.
	js[string](b, `location.hash = "#step=99"`)
	b.at(5)
}

// TestSignals: a signal's lane says when it rises and falls.
func TestSignals(t *testing.T) {
	b := viewed(t, "walkthrough-short-write", "mx:manual", "", looks[0])
	b.wait(`document.querySelector(".mx-signal")`)
	titles := js[[]string](b, `[...document.querySelectorAll(".mx-signal title")].map((e) => e.textContent)`)
	for _, want := range []string{
		"a WRITABLE by step: 0 none, 1 on, 2 off, 3 off, 4 on, 5 off, 6 on, 7 on, 8 on, 9 on",
		"b READABLE by step: 0 none, 1 off, 2 on, 3 on, 4 off, 5 on, 6 off, 7 on, 8 off, 9 off",
	} {
		if !slices.Contains(titles, want) {
			t.Errorf("no lane says %q, but %q", want, titles)
		}
	}
}

// TestLargeCase: a mebibyte is drawn, and not byte by byte.
func TestLargeCase(t *testing.T) {
	b := viewed(t, "pump-one-mebibyte", "mx:manual,tcp:manual", "step=2", looks[0])
	b.wantText(".mx-run:nth-of-type(2) .mx-row-arrived", "1048576")
	b.want(`document.querySelectorAll("*").length < 2000`)
	b.readable()
}
