package view

import (
	"slices"

	"mx.example/conformance/trace"
	"mx.example/status"
)

// A flow follows the bytes of one direction. It knows them from the calls and
// what those reported alone, so that it works on every backend: what is
// waiting is what was accepted and not yet delivered.
type flow struct {
	direction Direction // without what its flow gathers
	messages  []message
	pending   Range
	rest      trace.Data // the bytes of pending
	queue     []Range    // what is waiting: of datagrams a range each
	arrived   pile
	dropped   pile
	lost      pile
	accepted  uint64
	reached   uint64 // the position after the last byte that was accepted
	ended     string
	disabled  bool // ended by a disposition, which another may take back
	changed   bool // since the last snapshot
}

// A message is a [Message] with its bytes.
type message struct {
	at, length  uint64
	parts       []trace.Data
	unaccounted bool
}

// end returns the length of the transcript.
func (f *flow) end() uint64 {
	if len(f.messages) == 0 {
		return 0
	}
	last := &f.messages[len(f.messages)-1]
	return last.at + last.length
}

// put makes a new message at the end of the transcript.
func (f *flow) put(d trace.Data) *message {
	f.messages = append(f.messages, message{at: f.end(), length: d.Length(), parts: []trace.Data{d}})
	return &f.messages[len(f.messages)-1]
}

// write takes note of a write that offered d and was answered with st and n.
//
// A write is what its caller wants to send. If fewer bytes are accepted than
// were offered, the rest is pending. A write that offers that rest again goes
// on with the same message; it may offer less of it, or add to it. Any other
// write that gets something done shows that the caller has forgotten the rest,
// which is lost then. A message of a datagram socket goes as a whole or not at
// all, so only the same one is the same.
func (f *flow) write(d trace.Data, st status.Status, n uint64) *Attempt {
	size := d.Length()
	n = min(n, size)
	t := &Attempt{Asked: size, Taken: n, Text: label([]trace.Data{d})}
	if size == 0 {
		t.Range = Range{f.offset(), f.offset()}
		return t
	}
	goesOn := f.goesOn(d)
	if !goesOn && st != status.OK && !mayTryAgain(st) {
		t.Refused = true
		return t
	}
	f.changed = true
	switch {
	case !goesOn:
		f.giveUp()
		at := f.put(d).at
		f.pending, f.rest = Range{at, at + size}, d
	case size > f.pending.Len() && (st == status.OK || mayTryAgain(st)):
		last := &f.messages[len(f.messages)-1]
		more := slice(d, f.pending.Len(), size)
		last.parts = append(last.parts, more)
		last.length += more.Length()
		f.pending[1] += more.Length()
		f.rest = d
	}
	at := f.pending[0]
	t.Range = Range{at, min(at+size, f.pending[1])}
	if n > 0 {
		f.accepted += n
		f.reached = at + n
		f.queue = append(f.queue, Range{at, at + n})
		if !f.direction.Datagram {
			f.queue = merge(f.queue)
		}
		f.pending[0] += n
		f.rest = slice(f.rest, n, f.rest.Length())
	}
	return t
}

// mayTryAgain reports whether a status says that the same write may succeed
// later: nothing was taken, and nothing is wrong with it.
func mayTryAgain(st status.Status) bool {
	return st == status.ErrShouldWait || st == status.ErrNoMemory
}

// goesOn reports whether d is the rest that is pending, less than it or more.
func (f *flow) goesOn(d trace.Data) bool {
	switch {
	case f.pending.Len() == 0:
		return false
	case f.direction.Datagram:
		return d.Length() == f.pending.Len() && begins(d, f.rest)
	}
	return begins(d, f.rest) || begins(f.rest, d)
}

// giveUp loses what is pending.
func (f *flow) giveUp() {
	if f.pending.Len() == 0 {
		return
	}
	f.lost.add(f.pending)
	f.pending = Range{f.pending[1], f.pending[1]}
	f.rest = trace.Data{}
	f.changed = true
}

// stop is the end of the direction: nothing more can be written.
func (f *flow) stop(why string) {
	if f.ended == "" || f.disabled {
		f.ended, f.disabled = why, false
		f.changed = true
	}
	f.giveUp()
}

// disable is an end that may be taken back: what is pending is not lost yet.
func (f *flow) disable() {
	if f.ended == "" {
		f.ended, f.disabled, f.changed = "write disabled", true, true
	}
}

// enable takes that back.
func (f *flow) enable() {
	if f.disabled {
		f.ended, f.disabled, f.changed = "", false, true
	}
}

// room is how many of n bytes there is room for, as far as that is known.
func (f *flow) room(n uint64) uint64 {
	if f.direction.Capacity == 0 {
		return n
	}
	free := f.direction.Capacity
	for _, r := range f.queue {
		free -= min(free, r.Len())
	}
	return min(n, free)
}

// next is how many bytes a read with enough room gets.
func (f *flow) next() (n uint64) {
	for _, r := range f.queue {
		if n += r.Len(); f.direction.Datagram {
			break
		}
	}
	return n
}

// discard is the end of the reader: what nobody has read is gone.
func (f *flow) discard() {
	if len(f.queue) > 0 {
		f.dropped.add(f.queue...)
		f.queue = nil
		f.changed = true
	}
}

// read takes note of a read with room for size bytes that delivered n. data is
// what came, or nil if only the count is known.
func (f *flow) read(size, n uint64, data []byte) *Delivery {
	t := &Delivery{Room: size, Count: n}
	if n == 0 {
		return t
	}
	f.changed = true
	var got []Range
	if f.direction.Datagram {
		got = f.takeOne(n, data)
		if more := n - total(got); more > 0 {
			got = append(got, f.unaccounted(more, data, len(data)-int(more)))
		}
	} else {
		got = f.takeStream(n, data)
	}
	f.arrived.join(got...)
	t.Ranges = merge(got)
	if t.Text = f.text(got...); uint64(len(data)) == n {
		t.Text = label([]trace.Data{trace.DataOf(data)}) // what came, whatever should have
	}
	return t
}

// takeStream takes n bytes. Of more than are waiting the first ones are taken
// for those that no write has reported if the others are what is waiting, and
// else the last.
func (f *flow) takeStream(n uint64, data []byte) []Range {
	more := n - min(n, f.next())
	if more == 0 {
		return f.take(n)
	}
	if uint64(len(data)) == n && f.waits(data[more:]) {
		first := f.unaccounted(more, data, 0)
		return append([]Range{first}, f.take(n-more)...)
	}
	return append(f.take(n-more), f.unaccounted(more, data, len(data)-int(more)))
}

// waits reports whether data is what is waiting.
func (f *flow) waits(data []byte) bool {
	for _, r := range f.queue {
		if !f.holds(r[0], data[:r.Len()]) {
			return false
		}
		data = data[r.Len():]
	}
	return true
}

func total(ranges []Range) (n uint64) {
	for _, r := range ranges {
		n += r.Len()
	}
	return n
}

// take takes n bytes out of the queue, or as many as there are.
func (f *flow) take(n uint64) (got []Range) {
	for n > 0 && len(f.queue) > 0 {
		first := &f.queue[0]
		k := min(n, first.Len())
		got = append(got, Range{first[0], first[0] + k})
		first[0] += k
		n -= k
		if first.Len() == 0 {
			f.queue = f.queue[1:]
		}
	}
	return got
}

// takeOne takes a datagram out of the queue, of which n bytes are delivered.
// If those that came are not its, but a later one's, those before have been
// dropped in between: descriptors do that.
func (f *flow) takeOne(n uint64, data []byte) (got []Range) {
	at := 0
	if uint64(len(data)) == n {
		at = slices.IndexFunc(f.queue, func(r Range) bool { return r.Len() >= n && f.holds(r[0], data) })
	}
	if at < 0 || at >= len(f.queue) {
		return nil
	}
	f.dropped.add(f.queue[:at]...)
	r := f.queue[at]
	f.queue = f.queue[at+1:]
	n = min(n, r.Len())
	if n < r.Len() {
		f.dropped.add(Range{r[0] + n, r[1]})
	}
	return []Range{{r[0], r[0] + n}}
}

// holds reports whether data is in the transcript from position at on.
func (f *flow) holds(at uint64, data []byte) bool {
	for _, d := range f.between(Range{at, at + uint64(len(data))}) {
		n := d.Length()
		if !d.Equal(data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

// unaccounted makes a message of n bytes that came out and of which no write
// had reported that it accepted them. They begin at from in data, if that is
// known.
func (f *flow) unaccounted(n uint64, data []byte, from int) Range {
	f.giveUp() // what is put next to it is not the writer's to go on with
	var d trace.Data
	if from >= 0 && uint64(len(data)-from) >= n {
		d = trace.DataOf(data[from:][:n])
	}
	m := f.put(d)
	m.length, m.unaccounted = n, true
	return Range{m.at, m.at + n}
}

// pump is a transfer of n bytes that all arrived.
func (f *flow) pump(n uint64) (*Attempt, *Delivery) {
	wrote := f.write(trace.Data{Kind: trace.Pattern, Len: n}, status.OK, n)
	got := f.take(n)
	f.arrived.join(got...)
	return wrote, &Delivery{Room: n, Count: n, Ranges: got, Text: wrote.Text}
}

// offset is where the writer stands: what was accepted takes it forward, and
// nothing else does.
func (f *flow) offset() uint64 {
	if f.pending.Len() > 0 {
		return f.pending[0]
	}
	return f.reached
}

// state returns a snapshot of the flow, which is number i.
func (f *flow) state(i int) State {
	s := State{
		Direction: i, Offset: f.offset(), Offered: f.end(), Accepted: f.accepted, Ended: f.ended,
		Arrived: f.arrived.bytes, Lost: f.lost.bytes, Dropped: f.dropped.bytes,
		Waiting: merge(slices.Clone(f.queue)),
	}
	if f.pending.Len() > 0 {
		s.Pending = &Span{f.pending, f.text(f.pending)}
	}
	return s
}

// merge puts ranges together that touch.
func merge(ranges []Range) []Range {
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && out[n-1][1] == r[0] {
			out[n-1][1] = r[1]
			continue
		}
		out = append(out, r)
	}
	return out
}
