//go:build linux || darwin || freebsd

package posixfd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

var _ conformance.Isolator = (*backend)(nil)

// childVariable is set in the environment of a child that runs one case.
const childVariable = "MXCONFORM_POSIXFD_CHILD"

// resultNumber is the descriptor on which the child finds the pipe for its
// result, and resultAway the least number that it moves it to: out of the
// reach of a small number that has gone stale.
const (
	resultNumber = 3
	resultAway   = 100
)

// served says that this program calls ServeChild, so that it can be started
// again as a child.
var served atomic.Bool

// An order is what the child is told.
type order struct {
	Kind    string
	Edition string
	File    string
	Line    int
	Lines   []int // of the steps
	Text    string
}

// RunIsolated runs a case that uses values which are no handles, or no longer,
// in a child process: one of them might be a descriptor of this program. It
// declines if the program does not call [ServeChild]; such calls are then
// refused one by one.
func (b *backend) RunIsolated(ctx context.Context, c *trace.Case, e handle.Edition) (conformance.CaseResult, bool) {
	if b.isolated || !served.Load() || !c.UsesStale() {
		return conformance.CaseResult{}, false
	}
	r, err := b.runChild(ctx, c, e)
	if err != nil {
		r = conformance.CaseResult{
			Backend: conformance.BackendName(b.kind, e), Case: c.Name,
			Outcome: conformance.Unexplained,
			Detail:  "the child process that ran the case: " + err.Error(),
		}
		if ctx.Err() != nil {
			r.Outcome, r.Detail = "", "canceled"
		}
	}
	return r, true
}

func (b *backend) runChild(ctx context.Context, c *trace.Case, e handle.Edition) (r conformance.CaseResult, err error) {
	began := time.Now()
	o := order{Kind: b.kind, Edition: e.String(), File: c.File, Line: c.Line, Text: c.String()}
	for i := range c.Steps {
		o.Lines = append(o.Lines, c.Steps[i].Line)
	}
	in, err := json.Marshal(o)
	if err != nil {
		return r, err
	}
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	results, w, err := os.Pipe()
	if err != nil {
		return r, err
	}
	defer results.Close()
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	cmd.Stdin = bytes.NewReader(in)
	cmd.ExtraFiles = []*os.File{w}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	err = start(cmd, results, w)
	if err != nil {
		return r, err
	}
	out, err := io.ReadAll(results)
	if waited := cmd.Wait(); err == nil {
		err = waited
	}
	if err != nil {
		return r, fmt.Errorf("%w: %s", err, complaint.String())
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return r, fmt.Errorf("it gave no result: %w", err)
	}
	r.Took = time.Since(began)
	return r, nil
}

// start starts the child and returns when it runs a program of its own. Until
// then it has a copy of every descriptor of this process, and none that is
// closed here would be closed for good.
func start(cmd *exec.Cmd, results, w *os.File) error {
	spawning.Lock()
	defer spawning.Unlock()
	err := cmd.Start()
	w.Close()
	if err != nil {
		return err
	}
	var ready [1]byte
	_, err = io.ReadFull(results, ready[:])
	if err != nil {
		err = fmt.Errorf("it did not start (%v): %w", cmd.Wait(), err)
	}
	return err
}

// ServeChild makes cases about stale descriptors possible: call it first in
// main, or in TestMain. In a process that was started to run such a case it
// runs the case and exits; in every other it returns at once.
func ServeChild() {
	if os.Getenv(childVariable) == "" {
		served.Store(true)
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	// At once: a program built with the race detector would wait for a second,
	// in each of hundreds of children.
	unix.Exit(0)
}

func serve() error {
	if _, err := unix.Write(resultNumber, []byte{'\n'}); err != nil {
		return err
	}
	in, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	var o order
	if err := json.Unmarshal(in, &o); err != nil {
		return err
	}
	cases, err := trace.Parse(o.File, strings.NewReader(o.Text))
	if err != nil {
		return err
	}
	c := &cases[0]
	c.Line = o.Line
	for i := range c.Steps {
		c.Steps[i].Line = o.Lines[i]
	}
	e, err := handle.ParseEdition(o.Edition)
	if err != nil {
		return err
	}
	result, err := clearOut()
	if err != nil {
		return err
	}
	r := conformance.RunCase(context.Background(), &backend{kind: o.Kind, isolated: true}, e, c)
	out, err := json.Marshal(r)
	if err != nil {
		return err
	}
	for len(out) > 0 {
		n, err := unix.Write(result, out)
		if err != nil && err != unix.EINTR {
			return err
		}
		out = out[max(n, 0):]
	}
	return nil
}

// clearOut leaves the process with nothing open below the number of the pipe
// for the result but what the Go runtime keeps, and returns that number.
func clearOut() (result int, err error) {
	// The runtime opens descriptors of its own when the first file is opened,
	// and the catalogue opens files. Both do so now rather than between two
	// calls of the case.
	r, w, err := os.Pipe()
	if err != nil {
		return -1, err
	}
	r.Close()
	w.Close()
	hostmodel.LookAtHost()
	result, err = unix.FcntlInt(resultNumber, unix.F_DUPFD_CLOEXEC, resultAway)
	if err != nil {
		return -1, err
	}
	for fd := 0; fd <= resultNumber; fd++ {
		unix.Close(fd)
	}
	return result, nil
}
