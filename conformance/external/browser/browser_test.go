package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// names are what the browser may be called.
var names = []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}

// errNone says that there is no browser.
var errNone = errors.New("no browser to look at the pages with")

// find looks for a browser.
func find() (path string, err error) {
	wish := os.Getenv("MXCONFORM_BROWSER")
	if wish != "" && wish != "required" {
		return exec.LookPath(wish)
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: there is no %s; on Debian, apt-get install chromium, or set MXCONFORM_BROWSER to the path of one",
		errNone, strings.Join(names[:4], ", "))
}

// scratch is a directory for the pages, the command and the browser.
var scratch string

// stop ends the browser, if one was started.
var stop = func() {}

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "mxconform-browser-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	stop()
	os.RemoveAll(scratch)
	os.Exit(status)
}

// start starts the browser that all tests share, and gives the context that
// tabs are made from.
var start = sync.OnceValues(func() (context.Context, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(filepath.Join(scratch, "profile")),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", false),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to run as root with one
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	browser, _ := chromedp.NewContext(allocator)
	stop = func() {
		chromedp.Cancel(browser) // waits until it is gone
		end()
	}
	if err := chromedp.Do(browser); err != nil {
		return nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	return browser, nil
})

// need gives the browser, or skips the test if there is none.
func need(t *testing.T) context.Context {
	t.Helper()
	browser, err := start()
	if errors.Is(err, errNone) && os.Getenv("MXCONFORM_BROWSER") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return browser
}

// mxconform builds the command.
var mxconform = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, "mxconform")
	out, err := exec.Command("go", "build", "-o", path, "mx.example/cmd/mxconform").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build mx.example/cmd/mxconform: %w\n%s", err, out)
	}
	return path, nil
})

// made has the pages that exist, by the arguments that made them.
var made sync.Map

// write has mxconform write a page and returns its file. A page that was made
// before is used again. What the page reports may be a failure: that is for
// others to test.
func write(t *testing.T, args ...string) string {
	t.Helper()
	need(t) // no page without somebody to read it
	key := strings.Join(args, " ")
	once, _ := made.LoadOrStore(key, sync.OnceValues(func() (string, error) {
		path, err := mxconform()
		if err != nil {
			return "", err
		}
		f, err := os.CreateTemp(scratch, "page-*.html")
		if err != nil {
			return "", err
		}
		f.Close()
		out, err := exec.Command(path, append(args, "-o", f.Name())...).CombinedOutput()
		if page, statErr := os.Stat(f.Name()); err != nil && (statErr != nil || page.Size() == 0) {
			return "", fmt.Errorf("mxconform %s: %w\n%s", key, err, out)
		}
		return f.Name(), nil
	}))
	file, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return file
}
