package explore

import (
	"math/rand/v2"
	"strconv"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A generator makes up the calls of one sequence, each in view of the state
// that the ones before it have led to. What it does depends on nothing but its
// source of numbers, the traits of the backend, and that state.
type generator struct {
	src rand.Source
	traits
	s *oracle.State

	slots    [slotCount]slot // handles that are remembered, live or dead
	live     int
	ports    int    // how many of those are ports
	fresh    int    // how many names creates have used up
	plan     []kind // what to do before anything random
	rules    *oracle.Rules
	profiles []profile
	profile  *profile
	left     int    // calls until the profile changes
	pos      uint64 // in the pattern: what is written next
	opening  opening
	started  [len(actors)]element // the waits that the actors have under way
}

// An opening is what a sequence is about, drawn once.
type opening struct {
	datagram bool
	capacity uint64 // 0: the default
	ports    bool   // it is about ports too
}

// A slot remembers the name of a handle.
type slot struct {
	name string
	trace.Ref
	live   bool
	port   bool // and a port
	table  string
	object handle.Koid
	rights handle.Rights
}

const slotCount = 16

// The tables that a sequence may make besides the first.
const (
	tightTable = "t1" // with limits
	otherTable = "t2" // in another edition
)

// An element is one step of a sequence with the memory that its slices use.
type element struct {
	trace.Step
	out    [2]string
	items  [maxItems]trace.WaitItem
	packet handle.Packet
}

const maxItems = 4

// names are those that create and event give. None is given twice in a
// sequence, so that a name means one object for good.
var names = func() (names [2*sequenceCalls + 2]string) {
	for i := range names {
		names[i] = "h" + strconv.Itoa(i)
	}
	return names
}()

// keep copies o, memory and all.
func (e *element) keep(o *element) {
	*e = *o
	e.Call.Out = e.out[:len(o.Call.Out)]
	if o.Call.Items != nil {
		e.Call.Items = e.items[:len(o.Call.Items)]
	}
	if o.Call.Packet != nil {
		e.Call.Packet = &e.packet
	}
}

// reset begins a sequence.
func (g *generator) reset(src rand.Source, s *oracle.State) {
	*g = generator{src: src, traits: g.traits, s: s, plan: g.plan[:0]}
	g.rules = oracle.RulesOf(s.Edition)
	g.open()
	g.profiles = profilesOf(g.rules.Zircon, g.opening.ports)
}

// below draws a number from 0 to n-1.
func (g *generator) below(n int) int {
	return int(g.src.Uint64() >> 32 * uint64(n) >> 32)
}

// one reports true once in n times.
func (g *generator) one(n int) bool { return g.below(n) == 0 }

// capacities are those of most sequences: small, so that every boundary is
// near. Some are around the sizes in which a queue may cut its memory.
var capacities = [...]uint64{
	1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 8, 9, 11, 12, 15, 16, 16, 17, 20, 24, 31, 32, 33, 40, 48, 50, 63, 64, 64,
}

var bigCapacities = [...]uint64{127, 256, 1024, 1100, 2008, 2048, 2304, 4096, 5000}

// open draws what the sequence is about and what it begins with.
func (g *generator) open() {
	g.opening.datagram = g.one(2)
	switch n := g.below(1024); {
	case n == 0: // the default
	case n < 16:
		g.opening.capacity = bigCapacities[g.below(len(bigCapacities))]
	default:
		g.opening.capacity = capacities[g.below(len(capacities))]
	}
	if g.not&hosted != 0 && g.one(2) {
		g.opening.capacity = 0
	}
	if g.not&noStream != 0 {
		g.opening.datagram = true
	} else if g.not&noDatagram != 0 {
		g.opening.datagram = false
	}
	g.opening.ports = g.not&noPorts == 0 && g.one(4)
	if g.not&noTables == 0 {
		if g.one(4) || g.opening.ports && g.one(2) {
			g.plan = append(g.plan, doTable)
		}
		if len(g.others) > 0 && g.one(32) {
			g.plan = append(g.plan, doOther)
		}
	}
	g.plan = append(g.plan, doCreate)
	if g.opening.ports {
		g.plan = append(g.plan, doPort)
	}
}

// next makes up the next step in e.
func (g *generator) next(e *element) {
	e.Step = trace.Step{}
	if len(g.plan) > 0 {
		k := g.plan[0]
		g.plan = g.plan[1:]
		g.fill(e, k)
		return
	}
	if g.left == 0 {
		g.profile = &g.profiles[g.below(len(g.profiles))]
		g.left = 4 + g.below(40)
	}
	g.left--
	if g.live == g.ports {
		g.fill(e, doCreate)
		return
	}
	if len(g.s.Waits) > 0 && g.one(4) && g.finish(e) {
		return
	}
	if g.live > slotCount*3/4 && g.one(2) {
		g.fill(e, doClose)
		return
	}
	for {
		k := g.profile.kinds[g.below(len(g.profile.kinds))]
		if g.not&needs[k] == 0 || g.one(rarely) {
			g.fill(e, k)
			return
		}
	}
}

// rarely is how seldom a call is made that the backend is known not to have.
const rarely = 64

// fill makes up a call of a kind.
func (g *generator) fill(e *element, k kind) {
	c := &e.Call
	c.Op = ops[k]
	switch k {
	case doTable, doOther:
		g.table(c, k)
	case doCreate:
		g.create(e)
	case doEvent:
		c.Table = g.tableFor()
		g.newNames(e, 1)
	case doWrite:
		g.write(c)
	case doHalfClose:
		c.Options = oracle.HalfClose
		c.H = g.ref()
	case doRead:
		g.read(c)
	case doRaw:
		g.raw(c)
	case doDuplicate, doReplace:
		c.H = g.ref()
		c.Rights = g.askRights(c.H)
		g.reuseName(e)
	case doTransfer:
		c.H = g.ref()
		if c.Table = g.tableFor(); c.Table == "" {
			c.Table = oracle.FirstTable
		}
		g.reuseName(e)
	case doSignal, doSignalPeer:
		c.H = g.ref()
		c.Clear, c.Set = g.settable(), g.settable()
	case doWait, doWaitMany:
		g.wait(e)
	case doStart:
		g.start(e)
	case doDisposition:
		c.H = g.ref()
		c.Mine, c.Peers = g.disposition(), g.disposition()
	case doGetProperty, doSetProperty:
		g.property(c)
	case doPort:
		g.newPort(e)
	case doPortQueue, doPortWait, doWaitAsync, doPortCancel:
		g.portCall(e)
	case doOutstanding, doSocketInfo, doClose, doInfo, doSignals:
		c.H = g.ref()
	}
}

// ref is a handle to make a call on: as a rule one that is live.
func (g *generator) ref() trace.Ref {
	if g.not&hosted == 0 && g.one(48) {
		return g.badRef()
	}
	return g.pick().Ref
}

// badRef is a handle value that is not valid, or is not in that table.
func (g *generator) badRef() trace.Ref {
	sl := &g.slots[g.below(slotCount)]
	if sl.name == "" || g.one(4) {
		return trace.Ref{}
	}
	r := sl.Ref // which is stale if the slot is dead
	switch g.below(8) {
	case 0:
		r.Delta = int32(1 - 2*g.below(2))
	case 1:
		if g.s.Tables[tightTable] != nil {
			r.Table = tightTable
		}
	case 2:
		r.Table = oracle.FirstTable
	}
	return r
}

// pick draws a live handle, rarely one to a port. There is one.
func (g *generator) pick() *slot {
	ports := g.ports > 0 && (g.live == g.ports || g.one(rarely))
	for i := g.below(slotCount); ; i = (i + 1) % slotCount {
		if g.slots[i].live && (ports || !g.slots[i].port) {
			return &g.slots[i]
		}
	}
}

// sync takes note of what a step has come to.
func (g *generator) sync(e *element, o conformance.Outcome, s *oracle.State) {
	g.s = s
	switch {
	case o == conformance.UnsupportedCase:
		return
	case o != conformance.Pass: // anything may have changed
		for i := range g.slots {
			g.look(&g.slots[i])
		}
		return
	}
	c := &e.Call
	if len(c.Out) == 0 && c.Op != trace.OpClose {
		return
	}
	for i := range g.slots {
		if g.slots[i].name == c.H.Name {
			g.look(&g.slots[i])
		}
	}
	for _, name := range c.Out {
		if h, ok := s.Handles[name]; ok && h.Live {
			g.remember(name)
		}
	}
}

// look reads what has become of a slot.
func (g *generator) look(sl *slot) {
	if sl.name == "" {
		return
	}
	h := g.s.Handles[sl.name]
	port := h.Live && g.opening.ports && isPort(g.s.Objects[h.Object])
	g.live += one(h.Live) - one(sl.live)
	g.ports += one(port) - one(sl.port)
	sl.live, sl.port, sl.table, sl.object, sl.rights = h.Live, port, h.Table, h.Object, h.Rights
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// remember gives a name a slot: its own, or one that is free or dead.
func (g *generator) remember(name string) {
	var found *slot
	for i := range g.slots {
		sl := &g.slots[i]
		if sl.name == name {
			found = sl
			break
		}
		if !sl.live && (found == nil || sl.name == "" && found.name != "") {
			found = sl
		}
	}
	if found == nil {
		return // enough handles: this one is left to its table
	}
	if found.name != name {
		*found = slot{name: name, Ref: trace.Ref{Name: name}}
	}
	g.look(found)
}

// newNames gives the call names that were never given.
func (g *generator) newNames(e *element, n int) {
	for i := range n {
		e.out[i] = names[g.fresh%len(names)]
		g.fresh++
	}
	e.Call.Out = e.out[:n]
}

// reuseName gives the call the name of a dead handle, or a new one.
func (g *generator) reuseName(e *element) {
	if sl := &g.slots[g.below(slotCount)]; sl.name != "" && !sl.live {
		e.out[0] = sl.name
		e.Call.Out = e.out[:1]
		return
	}
	g.newNames(e, 1)
}

// endpoint is the endpoint that a handle refers to, and its peer. Either is
// nil if there is none.
func (g *generator) endpoint(r trace.Ref) (e, peer *oracle.Object) {
	if e = g.s.Endpoint(r); e != nil {
		peer = g.s.Peer(e)
	}
	return e, peer
}
