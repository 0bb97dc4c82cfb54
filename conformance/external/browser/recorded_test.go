package browser

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// recorded writes a case file as somebody's program leaves one behind: n calls
// on three sockets, some of them made by actors, and returns its name.
func recorded(t *testing.T, n int) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(18, uint64(n)))
	var b strings.Builder
	b.WriteString("case recorded-program\ndoc Three sockets and two actors, as they were recorded.\n\n")
	for i := range 3 {
		fmt.Fprintf(&b, "create stream capacity=%d -> OK a%d b%[2]d\n", 40+40*i, i)
	}
	for i := 3; i < n; {
		h := []string{"a0", "b0", "a1", "b1", "a2", "b2"}[rng.IntN(6)]
		data := "abcdefghijklmnopqrstuvwxyz0123456789"[:1+rng.IntN(36)]
		switch call := rng.IntN(20); {
		case call < 9:
			fmt.Fprintf(&b, "write %s %q\n", h, data)
		case call < 17:
			fmt.Fprintf(&b, "read %s %d\n", h, 1+rng.IntN(50))
		case call < 19:
			fmt.Fprintf(&b, "signals %s\n", h)
		default: // two steps: it blocks, and returns
			fmt.Fprintf(&b, "w%d: wait %s READABLE|WRITABLE|PEER_CLOSED until=5ms -> OK ... | TIMED_OUT ...\n", i%2, h)
			i++
		}
		i++
	}
	file := filepath.Join(t.TempDir(), "recorded.mx")
	if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestRecordedProgram plays two thousand steps on three sockets, on two
// backends: what is drawn is what is in sight, and a step costs less than a
// twentieth of a second.
func TestRecordedProgram(t *testing.T) {
	b := open(t, write(t, "view", recorded(t, 2000), "-backend", "mx:manual,unix-stream:manual"), "step=1000", look{"light", 1400})
	b.wait(`document.querySelector(".mx-view")`)
	b.at(1000)
	b.wantText(".mx-count", "of 2000")
	b.picture("recorded-1400")
	b.readable()
	// Steps by the keyboard, each with all that it makes the browser lay out, and
	// as many that jump. What counts is the time of the page's own thread, not
	// what else the machine does meanwhile.
	const each = 50
	for _, way := range []struct{ name, act string }{
		{"a step", `document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}))`},
		{"a jump", `(document.querySelector(".mx-goto").value = 7 + (i * 619) % 1990, document.querySelector(".mx-goto").dispatchEvent(new Event("change")))`},
	} {
		before := b.busy()
		js[bool](b, fmt.Sprintf(`(() => { for (let i = 0; i < %d; i++) { %s; document.body.getBoundingClientRect(); } return true; })()`, each, way.act))
		took := (b.busy() - before) / each
		t.Logf("%s costs %v", way.name, took)
		if took > 50*time.Millisecond {
			t.Errorf("%s costs %v", way.name, took)
		}
	}
	if n := js[int](b, `document.querySelectorAll(".mx-view *").length`); n > 5000 {
		t.Errorf("%d elements are drawn", n)
	}
	// The list and the timelines show the steps that they are scrolled to.
	js[bool](b, `(document.querySelector(".mx-calls").scrollTop = 1e9, document.querySelector(".mx-scroller").scrollLeft = 1e9, true)`)
	b.wait(`document.querySelector(".mx-calls li[data-row=\"2000\"]") && document.querySelector(".mx-call[aria-label^=\"step 2000:\"]")`)
	b.wait(`[...document.querySelectorAll(".mx-scroller")].every((e, i, all) => e.scrollLeft === all[0].scrollLeft)`)
}

// busy is how long the page's thread has been at work.
func (b *tab) busy() time.Duration {
	b.t.Helper()
	var metrics performance.GetMetricsResult
	b.do("ask what the page costs", chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		domain := performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}
		if _, err := cdp.Call(ctx, t, performance.Enable, domain); err != nil {
			return err
		}
		metrics, err = cdp.Call(ctx, t, performance.GetMetrics, cdp.Empty{})
		return err
	}))
	for _, m := range metrics.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second))
		}
	}
	b.t.Fatalf("the browser does not tell: %+v", metrics)
	return 0
}

// TestFind jumps to a call, a handle, a status and the first difference.
func TestFind(t *testing.T) {
	b := open(t, write(t, "view", recorded(t, 300), "-backend", "mx:manual,unix-stream:manual"), "", look{"light", 1280})
	b.wait(`document.querySelector(".mx-view")`)
	b.at(0)
	current := `document.querySelector(".mx-calls [aria-current=step]").innerText`
	find := func(words string) {
		t.Helper()
		b.press("/")
		b.want(`document.activeElement.matches(".mx-words")`)
		js[bool](b, `(document.activeElement.value = "", true)`)
		b.press(words)
		b.wait(`/ (found|of [1-9])/.test(document.querySelector(".mx-hits").textContent)`)
	}
	step := func() int { return js[int](b, `Number(document.querySelector(".mx-view").dataset.step)`) }
	find("signals b2")
	b.press(kb.Enter)
	b.want(`/signals b2/.test(` + current + `)`)
	first := step()
	b.press(kb.Enter)
	b.want(`/signals b2/.test(` + current + `)`)
	if second := step(); second <= first {
		t.Errorf("the next is step %d, after step %d", second, first)
	}
	b.press(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierShift))
	b.at(first)
	b.press(kb.Escape)
	find("SHOULD_WAIT")
	b.press(kb.Enter)
	b.want(`/SHOULD_WAIT/.test(` + current + `)`)
	b.press(kb.Escape)
	find("w1")
	b.press(kb.Enter)
	b.want(`/w1: wait/.test(` + current + `)`)
	b.press(kb.Escape)
	// The differences, by the keys.
	b.press("f")
	first = step()
	b.want(`document.querySelector(".mx-calls [aria-current=step] .mx-badge")`)
	b.want(fmt.Sprintf(`![...document.querySelectorAll(".mx-calls .mx-badge")].some((e) => Number(e.closest("li").dataset.row) < %d)`, first))
	b.press("n")
	if next := step(); next <= first {
		t.Errorf("the next difference is at step %d, after that of step %d", next, first)
	}
	b.press("p")
	b.at(first)
	// What is not there is not found.
	b.press("/")
	b.press("no-such-word")
	b.wait(`document.querySelector(".mx-hits").textContent === "0 found"`)
}
