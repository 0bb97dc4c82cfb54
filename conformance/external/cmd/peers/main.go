// Command peers measures the sockets of mxsocket against other pipes of the
// same program and of the machine, in interleaved rounds, and prints the
// ratios with what they were made of.
//
//	go run ./cmd/peers [-rounds N] [-time D]
//
// Only ratios within one run mean anything: the same machine can be a third
// slower an hour later, all rows alike.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"mx.example/conformance/external/peers"
)

func main() {
	rounds := flag.Int("rounds", 21, "measure each cell in `N` rounds")
	cell := flag.Duration("time", 20*time.Millisecond, "run a cell for `D` in each round")
	flag.Parse()
	if flag.NArg() > 0 || *rounds < 1 || *cell <= 0 {
		fmt.Fprintln(os.Stderr, "peers: want no arguments, at least one round and some time; see peers -help")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := peers.Options{Rounds: *rounds, Time: *cell}
	terminal := isTerminal(os.Stderr)
	if terminal {
		o.Progress = func(done, total int, what string) {
			fmt.Fprintf(os.Stderr, "\r\x1b[K%3d %% %s", 100*done/total, what)
		}
	}
	start := time.Now()
	r, err := peers.Run(ctx, o)
	if terminal {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
	if err == nil {
		err = r.WriteText(os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
	fmt.Printf("%d rounds of %v a cell, %v in all\n", *rounds, *cell, time.Since(start).Round(time.Second))
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
