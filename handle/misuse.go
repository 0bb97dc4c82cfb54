package handle

import (
	"runtime"
	"strings"
)

// check panics for a Table that NewTable has not made, with a message that
// names the call. Calls that use the table before they look up a handle begin
// with it; for the others, Lookup finds nothing and [Table.NoHandle] checks.
func (t *Table) check() {
	if t == nil || t.rules == nil {
		panic(misused(t))
	}
}

// misused returns the message of check. The call is the outermost function of this package or of
// mxsocket on the stack, before the program's own.
//
//go:noinline
func misused(t *Table) string {
	const module = "mx.example/"
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	call := "a call"
	for {
		f, more := frames.Next()
		name, ours := strings.CutPrefix(f.Function, module)
		ours = ours && (strings.HasPrefix(name, "handle.") || strings.HasPrefix(name, "mxsocket."))
		if !ours || strings.HasSuffix(f.File, "_test.go") {
			break
		}
		call = name
		if !more {
			break
		}
	}
	kind := "zero"
	if t == nil {
		kind = "nil"
	}
	return "handle: " + call + " with a " + kind + " Table: make one with handle.NewTable"
}
