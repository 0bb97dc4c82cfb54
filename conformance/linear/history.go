package linear

import (
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A Config says what is recorded.
type Config struct {
	Edition  handle.Edition
	Datagram bool
	Capacity uint64 // of each direction; tiny, so that full and empty are common
	Clients  int    // goroutines that call
	Calls    int    // that each of them makes
	// Handles and Memory are limits of the table that all begin in; 0: none.
	// With a limit, clients also make events, which use it up elsewhere.
	Handles, Memory uint64
	// Watchers is how many further waits, for no signal and by nobody who is
	// recorded, there are on each of the first two handles. Each change of
	// state has to tell them all: so calls take long enough to meet, and those
	// that come meanwhile are held up half way.
	Watchers int
	// Outside: no bubble tells when all have blocked, and the time is real. It is
	// for kernels that are not written in Go.
	Outside bool
	Seed    uint64 // of the calls; the order in which they run is the scheduler's
}

func (c Config) String() string {
	mode := "stream"
	if c.Datagram {
		mode = "datagram"
	}
	s := fmt.Sprintf("%v %s, capacity %d, %d clients with %d calls each, seed %d", c.Edition, mode, c.Capacity, c.Clients, c.Calls, c.Seed)
	if c.Handles > 0 {
		s += fmt.Sprintf(", at most %d handles", c.Handles)
	}
	if c.Memory > 0 {
		s += fmt.Sprintf(", at most %d bytes", c.Memory)
	}
	return s
}

// An Op is a call and its result, with the instants of a clock that ticks at
// each of them. Pending ones never returned.
type Op struct {
	Client   int
	Call     trace.Call
	Loop     *oracle.Loop // a WriteAll or ReadFull, as it was called; Call is then its first write or read
	Result   trace.Result
	Koid     [2]string // OpInfo: the names of the objects whose koids it told
	Called   int64
	Parked   int64 // a wait that blocked: when it had; otherwise 0
	Returned int64 // 0 if Pending
	Pending  bool
}

// spans is the number of spans that the call has, each with a beginning and an
// end that are put in order by themselves, or 0 if it takes effect at one
// instant.
func (o *Op) spans() int {
	switch {
	case o.waits():
		return len(o.items())
	case o.Loop != nil, o.Call.Op == trace.OpPortWait && o.endsLate():
		return 1
	}
	return 0
}

// endsLate reports whether the call may have blocked.
func (o *Op) endsLate() bool {
	if o.Pending {
		return true
	}
	switch o.Result.Status {
	case status.OK, status.ErrTimedOut, status.ErrCanceled:
		return true
	}
	return false
}

// waits reports whether the call is a wait that got so far as to wait.
func (o *Op) waits() bool {
	return (o.Call.Op == trace.OpWait || o.Call.Op == trace.OpWaitMany) && o.Loop == nil && o.endsLate()
}

// items are what a wait waits for.
func (o *Op) items() []trace.WaitItem {
	if o.Call.Op == trace.OpWait {
		return []trace.WaitItem{{Ref: o.Call.H, WaitFor: o.Call.Signals}}
	}
	return o.Call.Items
}

// observed is what the wait saw of an item.
func (o *Op) observed(item int) handle.Signals {
	if o.Call.Op == trace.OpWait {
		return o.Result.Observed
	}
	if item >= len(o.Result.Pending) {
		return 0
	}
	return o.Result.Pending[item]
}

// A Quiet is an instant at which every client had blocked or was done.
type Quiet struct {
	At      int64
	Waiting []*Op // those that were blocked, with their later results
}

// A History is what was called and answered.
type History struct {
	Config Config
	Ops    []*Op // by the time of the call
	Quiets []Quiet
}

// String is the history, an operation a line: when it was called and when it
// had returned, then the call and its answer as a case has them. A tilde
// stands before the instant at which a wait had blocked.
func (h *History) String() string {
	koids := h.koids()
	var b strings.Builder
	next := 0
	for _, o := range h.Ops {
		for ; next < len(h.Quiets) && h.Quiets[next].At < o.Called; next++ {
			h.Quiets[next].write(&b)
		}
		fmt.Fprintf(&b, "%4d–%-10s %s\n", o.Called, o.until(), o.text(koids))
	}
	for _, q := range h.Quiets[next:] {
		q.write(&b)
	}
	return b.String()
}

func (o *Op) until() string {
	s := "..."
	if !o.Pending {
		s = fmt.Sprint(o.Returned)
	}
	if o.Parked > 0 {
		s += fmt.Sprintf(" ~%d", o.Parked)
	}
	return s
}

// text is the call with its answer, if it has one.
func (o *Op) text(koids *trace.Koids) string {
	step := trace.Step{Kind: trace.Start, Actor: clientName(o.Client), Call: o.Call}
	if !o.Pending {
		step.Want = []trace.Want{o.Result.Want(&o.Call, koids)}
	}
	if o.Loop == nil {
		return step.String()
	}
	text := strings.Replace(step.String(), ": write ", ": write-all ", 1)
	text = strings.Replace(text, ": read ", ": read-full ", 1)
	if !o.Loop.Never {
		text += ", with a deadline"
	}
	if !o.Pending && o.Result.Status != status.OK {
		text += fmt.Sprintf(", after %d bytes", o.Result.N)
	}
	return text
}

func (q *Quiet) write(b *strings.Builder) {
	fmt.Fprintf(b, "%4d%-12s # every client has blocked or is done", q.At, "")
	for i, o := range q.Waiting {
		fmt.Fprintf(b, "%s%s since %d", []string{"; waiting: ", ", "}[min(i, 1)], clientName(o.Client), o.Called)
	}
	b.WriteByte('\n')
}

// clientName is the actor that stands for a client. The calls that set the
// scene and clear it are those of client 0.
func clientName(i int) string {
	if i == 0 {
		return "main"
	}
	return fmt.Sprintf("c%d", i)
}

func (h *History) koids() *trace.Koids {
	var k trace.Koids
	for _, o := range h.Ops {
		if o.Result.Status == status.OK && !o.Pending {
			k.Gave(&o.Call)
		}
	}
	return &k
}

// Shape is the same for two histories that differ only in when exactly things
// happened, and not in their order.
func (h *History) Shape() string {
	var instants []int64
	for _, o := range h.Ops {
		instants = append(instants, o.Called, o.Parked, o.Returned)
	}
	for _, q := range h.Quiets {
		instants = append(instants, q.At)
	}
	slices.Sort(instants)
	instants = slices.Compact(instants)
	at := func(t int64) int { n, _ := slices.BinarySearch(instants, t); return n }
	var b []byte
	for _, o := range h.Ops {
		b = fmt.Appendf(b, "%d %d %d %d %s %t %v %d %q %x %x", o.Client, at(o.Called), at(o.Parked), at(o.Returned), o.Call.String(), o.Pending,
			o.Result.Status, o.Result.N, o.Result.Data, o.Result.Observed, o.Result.Pending)
		if p := o.Result.Packet; p != nil {
			b = fmt.Appendf(b, "%v", *p)
		}
	}
	for _, q := range h.Quiets {
		b = fmt.Appendf(b, "%d %d", at(q.At), len(q.Waiting))
	}
	return string(b)
}
