package conformance

import (
	"context"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Watcher looks on while a case is run: see [WatchCase].
type Watcher interface {
	// Saw is called after each step that is judged, before the next call is
	// made, from the goroutine that makes them. The machine is there for a
	// look at the kernel ([Machine.Handle]), which must leave it as it is. The
	// result is valid until Saw returns, and nil for a call that was started.
	//
	// If a call never returns, the case is given up without its goroutine: a
	// call of Saw may then come after [WatchCase] has returned.
	Saw(m *Machine, s *trace.Step, r *trace.Result)
}

// WatchCase is [RunCase] with somebody looking on. A case that an [Isolator]
// runs in a process of its own is not seen: there is no call of Saw then.
func WatchCase(ctx context.Context, b Backend, e handle.Edition, c *trace.Case, w Watcher) CaseResult {
	return runCase(ctx, b, e, c, w)
}
