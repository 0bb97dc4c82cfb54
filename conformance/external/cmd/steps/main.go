// Command steps counts the machine instructions of a turn of small programs,
// exactly, by executing them one instruction at a time. The programs form a
// ladder from two bare channels to whole sockets, so that each row of the
// table shows what one more thing costs.
//
//	go run ./cmd/steps [-run REGEXP] [-functions]
//
// Times differ from machine to machine and from hour to hour. Numbers of
// instructions do not: they depend on the code, the compiler and, by a
// percent or less, on chance inside the runtime. They say nothing of how long
// an instruction takes, and an atomic one takes as long as dozens of others;
// those are therefore counted apart.
//
// Counted is what one thread does with GOMAXPROCS=1, without the garbage
// collector and without preemption. What the kernel does is not counted, and
// two goroutines that change places on one thread do not call it. Code that
// the compiler copied into another function counts for that function: the
// fast way of a mutex counts for whoever locks it.
//
// It needs Linux on amd64, and a system that permits ptrace.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	serveTracee()
	functions := flag.Bool("functions", false, "list the functions with most instructions too, for each program")
	run := flag.String("run", "", "count only the programs whose names match `REGEXP`")
	flag.Parse()
	if flag.NArg() > 0 {
		usage("want no arguments, and got %q", flag.Arg(0))
	}
	selected, err := selectPrograms(*run)
	if err != nil {
		usage("-run: %v", err)
	}
	counts, err := countAll(selected)
	if err == nil {
		err = writeReport(os.Stdout, counts, *functions)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "steps:", err)
		os.Exit(1)
	}
}

func usage(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "steps: %s; see steps -help\n", fmt.Sprintf(format, args...))
	os.Exit(2)
}

// selectPrograms are those whose names match the expression, at least one.
func selectPrograms(expression string) (selected []program, err error) {
	re, err := regexp.Compile(expression)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(programs))
	for _, p := range programs {
		if names = append(names, p.name); re.MatchString(p.name) {
			selected = append(selected, p)
		}
	}
	if len(selected) == 0 {
		return nil, fmt.Errorf("no program matches %q; there are: %s", expression, strings.Join(names, ", "))
	}
	return selected, nil
}

// countAll runs the programs one after another, each in a process of its own.
func countAll(selected []program) ([]count, error) {
	if !supported {
		return nil, errUnsupported
	}
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s, err := openSymbols(path)
	if err != nil {
		return nil, fmt.Errorf("symbols of %s: %w", path, err)
	}
	terminal := isTerminal(os.Stderr)
	if terminal {
		defer fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
	var counts []count
	for i, p := range selected {
		if terminal {
			fmt.Fprintf(os.Stderr, "\r\x1b[K%d of %d: %s", i+1, len(selected), p.name)
		}
		steps, err := trace(path, p.name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		counts = append(counts, newCount(p, steps, s))
	}
	return counts, nil
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
