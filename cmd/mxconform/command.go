package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance/report/text"
)

// A command is a subcommand of the tool. Its run gets what follows its name.
// It returns nil for exit status 0, a [usageError] for 2, and any other error
// for 1.
type command struct {
	name    string
	args    string // what follows the name in a usage line
	summary string // what it does, in a line
	run     func(ctx context.Context, t *tool, args []string) error
}

// commands are those that there are, in the order of the help.
func commands() []command {
	return []command{
		{"compare", "[-left BACKEND] [-right BACKEND]", "run the suite everywhere and show the differences side by side (the default)", compareBackends},
		{"run", "[-backend LIST] [-case GLOB] [FILE...]", "run the suite, or the cases of files, and say what came of each", runCases},
		{"replay", "FILE|CASE [-backend LIST]", "make the calls of a case and show every result", replay},
		{"view", "FILE|CASE [-backend LIST] -o page.html", "write a page that plays a case: the calls, the bytes and the signals", viewCase},
		{"render", "FILE -format FORM", "write a report of compare or run, as -format json made it, in another form", render},
		{"explore", "[-exhaustive] [-backend LIST] [-seed N] [-n CALLS|-for DURATION] [-shard I/N]", "make every call in every state, or random calls, and compare with the contract", exploreBackends},
		{"merge", "FILE...", "put the reports of the shards of an exploration together", mergeReports},
		{"bench", "[-rounds N] [-for DURATION] [-only LIST]", "measure what calls cost, in this process and by system calls", benchmark},
		{"list", "cases|clauses|backends|divergences [-changed]", "say what there is", list},
		{"explain", "NAME", "tell all about a case, a clause or a divergence", explain},
	}
}

// defaultCommand is carried out when the command line names none.
const defaultCommand = "compare"

// errBad makes the exit status 1 after a report that says why.
var errBad = errors.New("something failed or is unexplained")

// errInterrupted is the error of a command that shows less than it would have.
var errInterrupted = errors.New("interrupted: what is shown is partial")

// main carries out a command line.
func (t *tool) main(ctx context.Context, args []string) int {
	t.commandLine = strings.Join(append([]string{"mxconform"}, args...), " ")
	defer func() {
		if t.out != nil {
			t.out.discard()
			t.out = nil
		}
	}()
	c, err := t.dispatch(ctx, args)
	var usage *usageError
	var help *helpWanted
	switch {
	case err == nil:
		return 0
	case errors.As(err, &help):
		p := &text.Page{Columns: t.columns}
		c.help(p, help.flags)
		t.stdout.Write(p.Bytes())
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(t.stderr, "mxconform: %s\n", strings.ReplaceAll(usage.what, "\n", "\nmxconform: "))
		return 2
	case errors.Is(err, errBad):
		return 1
	}
	fmt.Fprintf(t.stderr, "mxconform: %v\n", err)
	return 1
}

func (t *tool) dispatch(ctx context.Context, args []string) (command, error) {
	name := defaultCommand
	if at := commandAt(args); at >= 0 {
		name, args = args[at], slices.Delete(slices.Clone(args), at, at+1)
	} else if len(args) > 0 && isHelp(args[0]) {
		name, args = "help", args[1:]
	}
	if name == "help" {
		if len(args) == 0 || args[0] == "help" || isHelp(args[0]) {
			return command{}, t.overview()
		}
		if len(args) > 1 {
			return command{}, usagef("help tells of one command at a time, and %q is another", args[1])
		}
		name, args = args[0], []string{"-help"}
	}
	names := []string{"help"}
	for _, c := range commands() {
		if c.name == name {
			return c, c.run(ctx, t, args)
		}
		names = append(names, c.name)
	}
	return command{}, unknown("command", name, names, `"mxconform help" lists them`)
}

// commandAt returns where the name of a command stands: it may follow flags, as
// in "mxconform -format json run". It returns -1 if the command line begins
// with a flag and names no command.
func commandAt(args []string) int {
	if len(args) == 0 || !strings.HasPrefix(args[0], "-") {
		return min(len(args), 1) - 1
	}
	return slices.IndexFunc(args, func(arg string) bool {
		return slices.ContainsFunc(commands(), func(c command) bool { return c.name == arg })
	})
}

// overview writes the help about the whole.
func (t *tool) overview() error {
	p := &text.Page{Color: t.color, Columns: t.columns}
	p.Paragraph("", "mxconform holds sockets against the contract of Magenta and Zircon: the in-process model (mx) and the file descriptors of this machine. With no arguments it compares them all.")
	p.Line("")
	p.Line("Usage: mxconform [COMMAND] [ARGUMENTS]")
	p.Line("")
	width := 0
	for _, c := range commands() {
		width = max(width, len(c.name))
	}
	for _, c := range commands() {
		p.Hanging("  "+p.Bold(text.Pad(c.name, width))+"  ", text.Pad("", width+4), c.summary)
	}
	p.Hanging("  "+p.Bold(text.Pad("help", width))+"  ", text.Pad("", width+4), `this text; "help COMMAND" has the flags of one`)
	p.Line("")
	p.Paragraph("", "Backends are named KIND:EDITION, such as mx:manual or unix-stream:kernel2017. A bare KIND means all its editions, and a LIST is separated by commas.")
	p.Paragraph("", "The exit status is 0 if nothing failed and nothing is unexplained, 1 if something did or the run was broken off, 2 if the command line makes no sense.")
	_, err := t.stdout.Write(p.Bytes())
	return err
}

// help writes what a command takes.
func (c command) help(p *text.Page, f *flag.FlagSet) {
	p.Hanging("Usage: mxconform "+c.name+" ", "    ", c.args)
	p.Line("")
	p.Paragraph("", strings.ToUpper(c.summary[:1])+c.summary[1:]+".")
	first := true
	f.VisitAll(func(f *flag.Flag) {
		if first {
			p.Line("")
			first = false
		}
		name, usage := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0s" {
			usage += " (default " + f.DefValue + ")"
		}
		p.Line("  %s", strings.TrimRight("-"+f.Name+" "+name, " "))
		p.Paragraph("        ", usage)
	})
}
