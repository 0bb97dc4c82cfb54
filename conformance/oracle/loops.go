package oracle

import (
	"slices"

	"mx.example/conformance/trace"
	"mx.example/status"
)

// isLoop reports whether the call is one of [Blocking].
func isLoop(c *trace.Call) bool { return c.Op == trace.OpWriteAll || c.Op == trace.OpReadFull }

// withLoops lets f act on the loops of the state that have not ended. Their own
// calls must not let them go on once more.
func (s *State) withLoops(f func(*Blocking)) {
	loops := s.Loops
	s.Loops = nil
	b := &Blocking{State: s, Time: s.Now}
	for _, l := range loops {
		if !l.Over {
			b.blocked = append(b.blocked, l)
		}
	}
	f(b)
	s.Loops = loops
}

// settleLoops ends the loops whose handle is gone, and lets the others go on.
func (s *State) settleLoops() {
	if len(s.Loops) == 0 {
		return
	}
	s.withLoops(func(b *Blocking) {
		for _, l := range b.blocked {
			if _, live := b.Lookup(l.H); !live {
				l.end(status.ErrCanceled)
			}
		}
		b.settle()
	})
}

// expireLoops ends the loops whose deadline has passed.
func (s *State) expireLoops() {
	if len(s.Loops) > 0 {
		s.withLoops(func(b *Blocking) { b.Pass(s.Now) })
	}
}

// startLoop makes a call as far as it gets, and reports whether it blocks there.
func (s *State) startLoop(c *trace.Call) (l *Loop, blocked bool) {
	l = &Loop{H: c.H, Write: c.Op == trace.OpWriteAll, Size: int(c.Buf.Size), Least: int(c.Buf.Size),
		Never: c.Until.Kind == trace.Never, Deadline: s.ends(c.Until)}
	if l.Write {
		l.Data = string(c.Buf.Data.Bytes())
	}
	s.withLoops(func(b *Blocking) { b.Start(l) })
	return l, !l.Over
}

// loop makes a call that is not started on an actor.
func (s *State) loop(c *trace.Call) trace.Want {
	l, blocked := s.startLoop(c)
	if blocked {
		if l.Never {
			panic("oracle: a call that never returns; ask Blocks first, and Start it")
		}
		s.Loops = append(s.Loops, l) // in line, until its time has come
		s.pass(l.Deadline)
		s.Loops = slices.DeleteFunc(s.Loops, func(m *Loop) bool { return m == l })
	}
	return l.want()
}

// startedLoop makes a call on an actor.
func (s *State) startedLoop(actor string, c *trace.Call) *Wait {
	l, blocked := s.startLoop(c)
	if !blocked {
		want := l.want()
		return &Wait{Done: &want}
	}
	l.actor = actor
	s.Loops = append(s.Loops, l)
	return &Wait{Looping: true, Expired: true}
}

// finishedLoop takes the loop of an actor out of the state, with the answer that
// it has come to. There is none if it never returns.
func (s *State) finishedLoop(actor string) []Outcome {
	i := slices.IndexFunc(s.Loops, func(l *Loop) bool { return l.actor == actor })
	l := s.Loops[i]
	if !l.Over && l.Never {
		return nil
	}
	if !l.Over {
		s.pass(l.Deadline)
	}
	s.Loops = slices.Delete(s.Loops, i, i+1)
	return []Outcome{{l.want(), s}}
}

// want is the answer of a loop that is over.
func (l *Loop) want() trace.Want {
	w := answer(l.Status)
	if l.Write {
		w.N = uint64(l.N)
	} else {
		w.Data = trace.Data{Text: string(l.Got)}
	}
	return w
}
