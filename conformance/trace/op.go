package trace

import "strconv"

// opNames are the words that the calls have in a case.
var opNames = [...]string{
	OpTable:       "table",
	OpCreate:      "create",
	OpEvent:       "event",
	OpWrite:       "write",
	OpRead:        "read",
	OpOutstanding: "outstanding",
	OpClose:       "close",
	OpDuplicate:   "duplicate",
	OpReplace:     "replace",
	OpTransfer:    "transfer",
	OpInfo:        "info",
	OpSignal:      "signal",
	OpSignalPeer:  "signal-peer",
	OpWait:        "wait",
	OpWaitMany:    "wait-many",
	OpSignals:     "signals",
	OpPump:        "pump",
	OpChurn:       "churn",
	OpPort:        "port",
	OpPortQueue:   "port-queue",
	OpPortWait:    "port-wait",
	OpWaitAsync:   "wait-async",
	OpPortCancel:  "port-cancel",

	OpSetDisposition: "set-disposition",
	OpGetProperty:    "get-property",
	OpSetProperty:    "set-property",
	OpSocketInfo:     "socket-info",
}

// String is the word that a case has for the call.
func (op Op) String() string {
	if op > 0 && int(op) < len(opNames) {
		return opNames[op]
	}
	return "Op(" + strconv.Itoa(int(op)) + ")"
}

// Ops gives every kind of call. The slice is the caller's own.
func Ops() []Op {
	ops := make([]Op, 0, len(opNames)-1)
	for op := OpTable; int(op) < len(opNames); op++ {
		ops = append(ops, op)
	}
	return ops
}

// Gives is how many handles a call of this kind returns when it succeeds, and
// so how many names stand in its OK answer.
func (op Op) Gives() int {
	switch op {
	case OpCreate:
		return 2
	case OpEvent, OpPort, OpDuplicate, OpReplace, OpTransfer:
		return 1
	}
	return 0
}

// counts reports whether an OK of the call comes with a count of bytes, as which
// a number of handles and the value of a property pass. A read with a null pointer and size 0 does
// too: it is the query in its raw form, and where there is none has no bytes to
// tell of.
func (c *Call) counts() bool {
	switch c.Op {
	case OpWrite, OpOutstanding, OpPump, OpChurn, OpGetProperty:
		return true
	case OpRead:
		return c.Buf.Kind == Null && c.Buf.Size == 0
	}
	return false
}

// MaxChurn is how many handles an OpChurn makes at most: so many have to be
// made before a value may be used again (X-STALE).
const MaxChurn = 1 << 20

// The options that have a word of their own in a case, by the numbers of the
// system calls.
const (
	optStream    = 0
	optDatagram  = 1
	optHalfClose = 1
	optPeek      = 8
	optRepeating = 1
)
