//go:build linux || darwin || freebsd

package posixfd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"mx.example/conformance"
)

// children are the processes that run cases about stale descriptors.
var children pool

// A pool keeps processes that wait for an order. There are never more than
// were busy at one time.
type pool struct {
	mu   sync.Mutex
	idle []*child // guarded by mu
}

// A child is a process of this program that runs cases, one at a time.
type child struct {
	cmd       *exec.Cmd
	orders    *os.File
	results   *os.File
	out       *json.Decoder   // from results
	complaint strings.Builder // what it printed; read it after cmd.Wait
}

// run lets a child run one case.
func (p *pool) run(ctx context.Context, o *order) (conformance.CaseResult, error) {
	c, err := p.take()
	if err != nil {
		return conformance.CaseResult{}, err
	}
	var a answer
	stop := context.AfterFunc(ctx, func() { c.cmd.Process.Kill() })
	err = json.NewEncoder(c.orders).Encode(o)
	if err == nil {
		err = c.out.Decode(&a)
	}
	switch {
	case !stop():
		c.end()
		return a.Result, ctx.Err()
	case err != nil:
		return a.Result, c.broken(err)
	case a.Last:
		c.end()
	default:
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	}
	return a.Result, nil
}

// take returns a child that nobody else uses.
func (p *pool) take() (*child, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return newChild()
}

// drain ends the children that are idle.
func (p *pool) drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.idle {
		c.end()
	}
	p.idle = nil
}

// A notStarted is why a child could not be started, which is no fault of the
// case that it was to run.
type notStarted struct{ error }

func (e *notStarted) Unwrap() error { return e.error }

// program returns the file of this program: the one that it runs from, or where
// there is no /proc to tell that, the one of its name.
func program() (string, error) {
	if self, err := os.Executable(); err == nil {
		return self, nil
	}
	self, err := exec.LookPath(os.Args[0])
	if err != nil {
		return "", fmt.Errorf("%w: mount /proc, or call this program by its path", err)
	}
	return filepath.Abs(self)
}

// newChild starts a child and returns when it runs a program of its own. Until
// then it has a copy of every descriptor of this process, and none that is
// closed here would be closed for good.
func newChild() (*child, error) {
	self, err := program()
	if err != nil {
		return nil, &notStarted{err}
	}
	in, orders, err := os.Pipe()
	if err != nil {
		return nil, &notStarted{err}
	}
	defer in.Close()
	results, out, err := os.Pipe()
	if err != nil {
		orders.Close()
		return nil, &notStarted{err}
	}
	defer out.Close()
	c := &child{cmd: exec.Command(self), orders: orders, results: results, out: json.NewDecoder(results)}
	c.cmd.Env = append(os.Environ(), childVariable+"=1")
	c.cmd.ExtraFiles = []*os.File{in, out}                                   // ordersNumber and resultsNumber
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = in, &c.complaint, &c.complaint // rather than /dev/null, which may be missing

	spawning.Lock()
	defer spawning.Unlock()
	if err := c.cmd.Start(); err != nil {
		orders.Close()
		results.Close()
		return nil, &notStarted{err}
	}
	out.Close() // so that its death is the end of the results
	var ready [1]byte
	if _, err := io.ReadFull(results, ready[:]); err != nil {
		return nil, &notStarted{fmt.Errorf("%w (%v): %s", err, c.end(), c.complaint.String())}
	}
	return c, nil
}

// broken ends a child that gives no answer because of err. It returns an error
// that wraps what the machine refused to the child, if it did.
func (c *child) broken(err error) error {
	exit := c.end()
	if e := c.cmd.ProcessState.ExitCode(); e > refused {
		err = syscall.Errno(e - refused)
	}
	return fmt.Errorf("%w (%v): %s", err, exit, c.complaint.String())
}

// end ends the child, which exits when no more orders can come, and returns how
// it ended.
func (c *child) end() error {
	c.orders.Close()
	c.results.Close()
	return c.cmd.Wait()
}
