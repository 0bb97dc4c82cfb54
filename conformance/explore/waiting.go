package explore

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// levels are the signals that every backend knows.
const levels = handle.Readable | handle.Writable | handle.PeerClosed

// zirconSignals are those of the group Z.
var zirconSignals = [...]handle.Signals{
	handle.PeerWriteDisabled, handle.WriteDisabled, handle.ReadThreshold, handle.WriteThreshold,
}

// waitFor draws the signals that a wait asks for.
func (g *generator) waitFor() handle.Signals {
	if g.not&noSignals != 0 && !g.one(rarely) {
		return levels & handle.Signals(g.below(8))
	}
	if g.rules.Zircon && g.one(4) {
		return zirconSignals[g.below(len(zirconSignals))]
	}
	switch g.below(10) {
	case 0:
		return 0
	case 1, 2:
		return handle.Readable
	case 3:
		return handle.Writable
	case 4:
		return handle.PeerClosed
	case 5:
		return handle.LastHandle
	case 6:
		return handle.UserSignal0 << g.below(2)
	case 7:
		return 1 << g.below(32)
	}
	return levels & handle.Signals(g.below(8))
}

// wait makes a wait that returns at once.
func (g *generator) wait(e *element) {
	c := &e.Call
	g.ask(e)
	c.Until.Kind = trace.Past
	if g.not&hosted == 0 && g.one(32) {
		c.Until.Kind = trace.Never
		if g.s.Blocks(c) {
			c.Until.Kind = trace.Past
		}
	}
}

// ask fills in what a wait is for.
func (g *generator) ask(e *element) {
	c := &e.Call
	if c.Op == trace.OpWait {
		c.H = g.ref()
		c.Signals = g.waitFor()
		return
	}
	n := g.below(maxItems + 1)
	if e.Kind == trace.Start {
		n = max(n, 1) // one without items nothing would end
	}
	for i := range n {
		sl := g.pick()
		if i == 0 && sl.table != oracle.FirstTable {
			c.Table = sl.table
		}
		e.items[i] = trace.WaitItem{Ref: trace.Ref{Name: sl.name}, WaitFor: g.waitFor()}
	}
	c.Items = e.items[:n]
}

// actors may each have a wait in progress.
var actors = [...]string{"w1", "w2", "w3"}

// start begins a wait on an actor, if one is free.
func (g *generator) start(e *element) {
	i := g.below(len(actors))
	actor := actors[i]
	if g.s.Waits[actor] != nil {
		g.fill(e, doSignals)
		return
	}
	e.Kind, e.Actor = trace.Start, actor
	c := &e.Call
	if c.Op = trace.OpWait; g.one(4) {
		c.Op = trace.OpWaitMany
	}
	if g.ports > 0 && g.one(3) {
		c.Op, c.H = trace.OpPortWait, g.port()
	} else {
		g.ask(e)
	}
	c.Until.Kind = trace.Never
	g.started[i].keep(e)
}

// finish makes the step in which a wait returns that may do so now, if there
// is one.
func (g *generator) finish(e *element) bool {
	for i, actor := range actors {
		w := g.s.Waits[actor]
		if w == nil || w.Done == nil && !w.Fired && !w.Canceled {
			continue
		}
		e.keep(&g.started[i])
		e.Kind = trace.Finish
		return true
	}
	return false
}
