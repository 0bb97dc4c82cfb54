package schedule

// A planting is a fault that the copy of a source has if it is asked for.
type planting struct {
	name     string
	family   string
	file     string
	old, new string
}

var plantings = []planting{
	{
		"a wait checks before it parks", "waits", "handle/wait.go",
		`	w := hd.waiter(t)
`,
		`	if step.Planted("a wait checks before it parks") {
		e.Unlock()
		e.Lock()
	}
	w := hd.waiter(t)
`,
	},
	{
		"a wait on a port checks before it parks", "ports", "handle/portwait.go",
		`	pw := p.waiterLocked(e)
`,
		`	if step.Planted("a wait on a port checks before it parks") {
		e.Unlock()
		e.Lock()
	}
	pw := p.waiterLocked(e)
`,
	},
	{
		"a blocking read checks before it parks", "stream", "mxsocket/read.go",
		`			return n, ep.block(e, false, p[n:], least-n, timed), st
`,
		`			if step.Planted("a blocking read checks before it parks") {
				e.Unlock()
				e.Lock()
			}
			return n, ep.block(e, false, p[n:], least-n, timed), st
`,
	},
	{
		"a wait leaves its token behind", "waits", "handle/waiter.go",
		`	w.Drain()
	w.first.forget()
	h.watch.resting = w
`,
		`	if !step.Planted("a wait leaves its token behind") {
		w.Drain()
	}
	w.first.forget()
	h.watch.resting = w
`,
	},
	{
		"a wait on a port leaves its token behind", "ports", "handle/portwait.go",
		`	pw.Drain()
`,
		`	if !step.Planted("a wait on a port leaves its token behind") {
		pw.Drain()
	}
`,
	},
	{
		"a blocking call leaves its token behind", "stream", "mxsocket/blocked.go",
		`	c.Drain() // no other can come
`,
		`	if !step.Planted("a blocking call leaves its token behind") {
		c.Drain()
	}
`,
	},
	{
		"a packet goes to a wait that has timed out", "ports", "handle/portwait.go",
		`	case pw.delivered:
		st = status.OK
`,
		`	case pw.delivered:
		if st = status.OK; step.Planted("a packet goes to a wait that has timed out") && past(deadline) {
			pk, st = Packet{}, status.ErrTimedOut
		}
`,
	},
	{
		"bytes go to a read that has timed out", "stream", "mxsocket/blocked.go",
		`	n, st, fault := n+c.done, c.st, c.fault
	c.recycle()
`,
		`	if step.Planted("bytes go to a read that has timed out") && c.timed {
		c.done, c.st = 0, status.ErrTimedOut
	}
	n, st, fault := n+c.done, c.st, c.fault
	c.recycle()
`,
	},
	{
		"a write looks up and does not look again", "waits", "mxsocket/write.go",
		`	defer e.Unlock() // also if p cannot be read
	if !e.Live() {
`,
		`	defer e.Unlock() // also if p cannot be read
	if !e.Live() && !step.Planted("a write looks up and does not look again") {
`,
	},
	{
		"a wait looks up and does not look again", "waits", "handle/wait.go",
		`	e.Lock()
	if !e.Live() {
		e.Unlock()
		return 0, status.ErrBadHandle
	}
	now :=`,
		`	e.Lock()
	if !e.Live() && !step.Planted("a wait looks up and does not look again") {
		e.Unlock()
		return 0, status.ErrBadHandle
	}
	now :=`,
	},
	{
		"an asynchronous wait does not look at the port again", "ports", "handle/async.go",
		`	if !pe.Live() || !e.Live() {
		return status.ErrBadHandle
	}
	op := `,
		`	if !pe.Live() && !step.Planted("an asynchronous wait does not look at the port again") || !e.Live() {
		return status.ErrBadHandle
	}
	op := `,
	},
}
