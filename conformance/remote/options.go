package remote

import (
	"io"
	"time"
)

// Options say how a kernel is reached and reported. The zero Options are fine.
type Options struct {
	// Name is the name in reports. Empty means the one that the kernel says.
	Name string
	// Wire, if it is not nil, gets the exchange, line by line, as it happens:
	// see [Replay]. Writes come from one goroutine at a time.
	Wire io.Writer
	// StartTimeout bounds the time from the start of a connection to the
	// answer to hello, and CallTimeout the time that the kernel may take for
	// anything else without a byte of progress. 0 means [StartTimeout] and
	// [CallTimeout].
	StartTimeout, CallTimeout time.Duration
}

const (
	// StartTimeout is how long a kernel may take to come up.
	StartTimeout = 60 * time.Second
	// CallTimeout is how long a kernel may be silent when it owes an answer.
	CallTimeout = 10 * time.Second
	// KillGrace is how long a program may take to end once its input has.
	KillGrace = 500 * time.Millisecond

	// helloAgain is the time between two requests hello.
	helloAgain = time.Second
	// giveUpStarts and giveUpHangs are after how many failed starts, or hangs,
	// in a row the kernel is not started again.
	giveUpStarts = 3
	giveUpHangs  = 5
)

func (o Options) withDefaults() Options {
	if o.StartTimeout <= 0 {
		o.StartTimeout = StartTimeout
	}
	if o.CallTimeout <= 0 {
		o.CallTimeout = CallTimeout
	}
	return o
}
