// Command mxconform holds implementations of Magenta and Zircon sockets
// against their contract: the in-process model of this module, and the file
// descriptors of the machine that it runs on.
//
//	mxconform [compare]          the suite everywhere, side by side
//	mxconform run [FILE...]      the suite, or case files, one line a result
//	mxconform replay FILE        one case, call by call
//	mxconform view FILE          the same as a page that plays it
//	mxconform render FILE        a report made elsewhere, in another form
//	mxconform explore            every call in every state, or random calls
//	mxconform merge FILE...      the reports of shards of that, put together
//	mxconform bench              what calls cost, in this process and by system calls
//	mxconform list WHAT          cases, clauses, departures, backends, divergences
//	mxconform explain NAME       one of them, in full
//	mxconform help [COMMAND]     the flags of a command
//
// The exit status is 0 if nothing failed and nothing is unexplained, 1 if
// something did, or if the run was broken off, and 2 if the command line makes
// no sense.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/posixfd"
	"mx.example/conformance/trace"
)

func main() {
	posixfd.ServeChild()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first interrupt ends the run in good order, the second one at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: it carries out the command line and gives the exit
// status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	t := &tool{
		backends: append([]conformance.Backend{inproc.Backend()}, posixfd.Backends()...),
		suite:    conformance.Cases(),
		stdin:    stdin,
		stdout:   stdout,
		stderr:   stderr,
		color:    wantsColor(stdout),
		progress: isTerminal(stderr),
		columns:  terminalColumns(stdout),
		now:      time.Now(),
	}
	return t.main(ctx, args)
}

// A tool is what the commands work with.
type tool struct {
	backends []conformance.Backend // the model first
	suite    []trace.Case
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	color    bool // of text on stdout
	progress bool // whether stderr is a terminal, and shows how far a run is
	columns  int  // how wide stdout is; 0 if it is no terminal

	now         time.Time // of the reports; zero for none
	commandLine string
	out         *output // what a report will be written to; nil for stdout
}
