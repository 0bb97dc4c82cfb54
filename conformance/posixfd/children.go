//go:build linux || darwin || freebsd

package posixfd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"

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
		return a.Result, fmt.Errorf("%w (%v): %s", err, c.end(), c.complaint.String())
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

// newChild starts a child and returns when it runs a program of its own. Until
// then it has a copy of every descriptor of this process, and none that is
// closed here would be closed for good.
func newChild() (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	in, orders, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	results, out, err := os.Pipe()
	if err != nil {
		orders.Close()
		return nil, err
	}
	defer out.Close()
	c := &child{cmd: exec.Command(self), orders: orders, results: results, out: json.NewDecoder(results)}
	c.cmd.Env = append(os.Environ(), childVariable+"=1")
	c.cmd.ExtraFiles = []*os.File{in, out} // ordersNumber and resultsNumber
	c.cmd.Stderr = &c.complaint

	spawning.Lock()
	defer spawning.Unlock()
	if err := c.cmd.Start(); err != nil {
		orders.Close()
		results.Close()
		return nil, err
	}
	out.Close() // so that its death is the end of the results
	var ready [1]byte
	if _, err := io.ReadFull(results, ready[:]); err != nil {
		return nil, fmt.Errorf("it did not start (%v): %w", c.end(), err)
	}
	return c, nil
}

// end ends the child, which exits when no more orders can come, and returns how
// it ended.
func (c *child) end() error {
	c.orders.Close()
	c.results.Close()
	return c.cmd.Wait()
}
