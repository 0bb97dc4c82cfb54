package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take for anything.
const patience = 60 * time.Second

// A look is how a reader looks at a page.
type look struct {
	scheme string // "light" or "dark"
	width  int64
}

func (l look) String() string { return fmt.Sprintf("%s-%d", l.scheme, l.width) }

// looks are those that pictures are made of.
var looks = []look{{"light", 1280}, {"dark", 1280}, {"light", 400}, {"dark", 400}}

// A tab shows one page. When the test ends it fails if the page has written an
// error to the console, or has asked for anything but its own file.
type tab struct {
	t    *testing.T
	ctx  context.Context
	file string

	mu      sync.Mutex
	trouble []string
}

// open opens a file in a new tab. fragment is what follows the # of the
// address, if anything does.
func open(t *testing.T, file, fragment string, l look) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(need(t))
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx, file: "file://" + file}
	// The first thing done with a context makes the tab, which ends with the
	// context: it must be one without a deadline.
	if err := chromedp.Listen(ctx, b.saw); err != nil {
		t.Fatal(err)
	}
	b.do("watch the network", command(network.Enable, network.EnableParams{}))
	b.look(l)
	b.visit(fragment)
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, what := range b.trouble {
			t.Error(what)
		}
	})
	return b
}

// saw takes note of what must not happen.
func (b *tab) saw(event any) {
	what := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		what = "an exception: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			what += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			text, _ := json.Marshal(e.Args)
			what = fmt.Sprintf("console.%s: %s", e.Type, text)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			what = fmt.Sprintf("the browser's log: %s %s", e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if e.Request.URL != b.file {
			what = "a request: " + e.Request.URL
		}
	}
	if what != "" {
		b.mu.Lock()
		b.trouble = append(b.trouble, what)
		b.mu.Unlock()
	}
}

// command is a command of the protocol as an action.
func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// do carries out an action.
func (b *tab) do(what string, action chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, action); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// look sets the color scheme and the width of the window.
func (b *tab) look(l look) {
	b.t.Helper()
	b.do("set the color scheme", command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}},
	}))
	b.do("set the width", chromedp.EmulateViewport(l.width, 900))
}

// visit goes to the page at a fragment, as if the address had been typed into
// a new tab.
func (b *tab) visit(fragment string) {
	b.t.Helper()
	b.do("leave", chromedp.Navigate("about:blank"))
	address := b.file
	if fragment != "" {
		address += "#" + fragment
	}
	b.do("open "+address, chromedp.Navigate(address))
}

// js evaluates an expression.
func js[T any](b *tab, expression string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// wait waits until a condition holds. The page looks at it before each frame
// that it draws.
func (b *tab) wait(condition string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](
		`(async () => { while (!(`+condition+`)) await new Promise(requestAnimationFrame); return true })()`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		shown := js[string](b, `document.body.innerText.slice(0, 4000)`)
		b.t.Fatalf("waited for %s: %v\nThe page shows:\n%s", condition, err, shown)
	}
}

// want fails the test unless a condition holds.
func (b *tab) want(condition string) {
	b.t.Helper()
	if !js[bool](b, `Boolean(`+condition+`)`) {
		b.t.Errorf("it does not hold that %s", condition)
	}
}

// text is the text that an element shows, with its blanks made single.
func (b *tab) text(selector string) string {
	b.t.Helper()
	text := js[string](b, `(e => e ? e.innerText : "(there is no such element)")(document.querySelector(`+quote(selector)+`))`)
	return strings.Join(strings.Fields(text), " ")
}

// wantText fails the test unless an element shows all the parts.
func (b *tab) wantText(selector string, parts ...string) {
	b.t.Helper()
	text := b.text(selector)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			b.t.Errorf("%s does not show %q but %q", selector, p, text)
		}
	}
}

// click clicks on an element, with the mouse.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.do("click on "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// focus gives the focus to an element.
func focus(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Focus(chromedp.CSS(selector))
}

// press presses keys, as the focus is. They are characters, or of package kb.
func (b *tab) press(keys string, options ...chromedp.KeyOption) {
	b.t.Helper()
	b.do(fmt.Sprintf("press %q", keys), chromedp.KeyEvent(keys, options...))
}

// choose picks an option of a select element.
func (b *tab) choose(selector, value string) {
	b.t.Helper()
	ok := js[bool](b, fmt.Sprintf(`(e => { e.value = %s; e.dispatchEvent(new Event("input", {bubbles: true})); return e.value === %[1]s })(document.querySelector(%s))`,
		quote(value), quote(selector)))
	if !ok {
		b.t.Fatalf("%s has no choice %s", selector, value)
	}
}

// picture keeps a picture of the window if pictures are wanted.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("MXCONFORM_SCREENSHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(dir, 0o777)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// quote is a string of JavaScript.
func quote(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always can be
	}
	return string(b)
}
