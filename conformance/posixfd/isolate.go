//go:build linux || darwin || freebsd

package posixfd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

var _ conformance.Isolator = (*backend)(nil)

// childVariable is set in the environment of a child that runs cases.
const childVariable = "MXCONFORM_POSIXFD_CHILD"

// A child finds its orders and gives its results on two pipes, first under
// these numbers: see clearOut.
const (
	ordersNumber  = 3
	resultsNumber = 4
)

// A child to which the machine refused something exits with that error number
// above refused.
const refused = 100

// served says that this program calls ServeChild, so that it can be started
// again as a child.
var served atomic.Bool

// An order is what the child is told: to run one case.
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
	began := time.Now()
	r, err := children.run(ctx, orderFor(b.kind, c, e))
	if err != nil {
		r = conformance.CaseResult{
			Backend: conformance.BackendName(b.kind, e), Case: c.Name,
			Outcome: conformance.Unexplained,
			Detail:  "the child process that runs the case: " + err.Error(),
		}
		var e syscall.Errno
		var start *notStarted
		switch {
		case errors.As(err, &e) && hostmodel.RefusalOf(e) != "":
			r.Outcome, r.Detail = conformance.EnvironmentFault, hostmodel.RefusalOf(e)+"\n"+r.Detail
		case errors.As(err, &start):
			r.Outcome = conformance.EnvironmentFault
		}
		if ctx.Err() != nil {
			r.Outcome, r.Detail = "", "canceled"
		}
	}
	r.Took = time.Since(began)
	return r, true
}

func orderFor(kind string, c *trace.Case, e handle.Edition) *order {
	o := &order{Kind: kind, Edition: e.String(), File: c.File, Line: c.Line, Text: c.String()}
	for i := range c.Steps {
		o.Lines = append(o.Lines, c.Steps[i].Line)
	}
	return o
}

// toCase returns the case of the order, with the lines that it had.
func (o *order) toCase() (*trace.Case, handle.Edition, error) {
	cases, err := trace.Parse(o.File, strings.NewReader(o.Text))
	if err != nil {
		return nil, 0, err
	}
	c := &cases[0]
	c.Line = o.Line
	for i := range c.Steps {
		c.Steps[i].Line = o.Lines[i]
	}
	e, err := handle.ParseEdition(o.Edition)
	return c, e, err
}

// ServeChild makes cases about stale descriptors possible: call it first in
// main, or in TestMain. In a process that was started to run such cases it
// runs them and exits; in every other it returns at once. A program keeps a
// few such processes until it ends.
func ServeChild() {
	if os.Getenv(childVariable) == "" {
		served.Store(true)
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		var e syscall.Errno
		if errors.As(err, &e) && hostmodel.RefusalOf(e) != "" {
			os.Exit(refused + int(e))
		}
		os.Exit(1)
	}
	// At once: a program built with the race detector would wait for a second.
	unix.Exit(0)
}

// serve runs one case after the other until no more orders can come.
func serve() error {
	if _, err := unix.Write(resultsNumber, []byte{'\n'}); err != nil {
		return err
	}
	orders, results, err := clearOut()
	if err != nil {
		return err
	}
	clear, err := lowestFree(orders)
	if err != nil {
		return err
	}
	in, out := json.NewDecoder(orders), json.NewEncoder(results)
	for in.More() {
		var o order
		if err := in.Decode(&o); err != nil {
			return err
		}
		c, e, err := o.toCase()
		if err != nil {
			return err
		}
		r := conformance.RunCase(context.Background(), &backend{kind: o.Kind, isolated: true}, e, c)
		free, err := lowestFree(orders)
		if err != nil {
			return err
		}
		// What is left open might be what the next case takes for stale.
		last := free != clear || r.Outcome.Bad()
		if err := out.Encode(answer{r, last}); err != nil || last {
			return err
		}
	}
	return nil
}

// An answer is what came of an order. The child exits after its last one.
type answer struct {
	Result conformance.CaseResult
	Last   bool
}

// clearOut leaves the process with nothing open below a number that no case
// comes to, and returns the pipes.
func clearOut() (orders, results pipeEnd, err error) {
	away, err := outOfReach()
	if err != nil {
		return 0, 0, err
	}
	for _, p := range []struct {
		from int
		to   *pipeEnd
	}{{ordersNumber, &orders}, {resultsNumber, &results}} {
		fd, err := unix.FcntlInt(uintptr(p.from), unix.F_DUPFD_CLOEXEC, away)
		if err != nil {
			return 0, 0, err
		}
		*p.to = pipeEnd(fd)
	}
	// The runtime opens descriptors of its own when the first file is opened,
	// and the catalogue opens files. Both do so now rather than between two
	// calls of a case, and with all small numbers in use.
	for fd := 0; fd < away-1; {
		if fd, err = unix.FcntlInt(uintptr(orders), unix.F_DUPFD_CLOEXEC, 0); err != nil {
			return 0, 0, err
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		return 0, 0, err
	}
	r.Close()
	w.Close()
	hostmodel.LookAtHost()
	for fd := range away {
		unix.Close(fd)
	}
	return orders, results, nil
}

// outOfReach returns a number that is larger than those of a case, with room
// above it for what the process needs beside: the pipes, two descriptors of the
// runtime, and files that are read.
func outOfReach() (int, error) {
	const beside = 8
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0, err
	}
	return int(min(100, max(uint64(limit.Cur), beside+resultsNumber+1)-beside)), nil
}

// lowestFree returns the number that the next descriptor of a case will have.
func lowestFree(any pipeEnd) (int, error) {
	fd, err := unix.FcntlInt(uintptr(any), unix.F_DUPFD_CLOEXEC, unix.Stderr+1)
	if err == nil {
		unix.Close(fd)
	}
	return fd, err
}

// A pipeEnd is the number of a blocking descriptor that no os.File is made of,
// so that the runtime does not look at it.
type pipeEnd int

func (p pipeEnd) Read(b []byte) (int, error) {
	for {
		n, err := unix.Read(int(p), b)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (p pipeEnd) Write(b []byte) (done int, err error) {
	for done < len(b) {
		n, err := unix.Write(int(p), b[done:])
		if err != nil && err != unix.EINTR {
			return done, err
		}
		done += max(n, 0)
	}
	return done, nil
}
