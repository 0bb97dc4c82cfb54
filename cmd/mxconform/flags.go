package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"mx.example/conformance/report/text"
	"mx.example/status/near"
)

// A usageError is a command line that makes no sense.
type usageError struct{ what string }

func (e *usageError) Error() string { return e.what }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// unknown is the usage error for a name that there is none of. It suggests the
// names near to it; where says how to see all, and may be empty.
func unknown(kind, word string, known []string, where string) error {
	what := fmt.Sprintf("unknown %s %q", kind, word)
	if names := near.Names(word, known); len(names) > 0 {
		what += ": did you mean " + text.List(names, "or") + "?"
	}
	if where != "" {
		what += " (" + where + ")"
	}
	return &usageError{what}
}

// A helpWanted is the error of a command line that asks for help.
type helpWanted struct{ flags *flag.FlagSet }

func (*helpWanted) Error() string { return "help is wanted" }

func isHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }

// newFlags makes the flags of a command; [parse] reads them.
func newFlags(command string) *flag.FlagSet {
	f := flag.NewFlagSet(command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// parse reads flags wherever they stand among the arguments, which it returns.
// What follows "--" is all arguments.
func parse(f *flag.FlagSet, args []string) (rest []string, err error) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		switch {
		case arg == "--":
			return append(rest, args...), nil
		case arg == "-" || !strings.HasPrefix(arg, "-"):
			rest = append(rest, arg)
			continue
		case isHelp(arg):
			return nil, &helpWanted{f}
		}
		name, value, given := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-"), "=")
		known := f.Lookup(name)
		if known == nil {
			return nil, unknownFlag(f, name)
		}
		if b, ok := known.Value.(interface{ IsBoolFlag() bool }); !given && ok && b.IsBoolFlag() {
			value, given = "true", true
		}
		if !given {
			if len(args) == 0 {
				_, usage := flag.UnquoteUsage(known)
				return nil, usagef("-%s needs a value: %s", name, usage)
			}
			value, args = args[0], args[1:]
		}
		if err := f.Set(name, value); err != nil {
			return nil, usagef("-%s %q: %v", name, value, inWords(known, err))
		}
	}
	return rest, nil
}

// inWords says what a flag takes where its type only says that it is something
// else.
func inWords(f *flag.Flag, err error) error {
	g, ok := f.Value.(flag.Getter)
	if !ok {
		return err
	}
	switch g.Get().(type) {
	case uint64:
		return errors.New("expected a whole number, 0 or more")
	case int:
		return errors.New("expected a whole number")
	case time.Duration:
		return errors.New("expected a duration with its unit, such as 30s or 5m")
	case bool:
		return errors.New("expected true or false")
	}
	return err
}

// given reports whether the command line had a flag.
func given(f *flag.FlagSet, name string) bool {
	found := false
	f.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

func unknownFlag(f *flag.FlagSet, name string) error {
	var known []string
	f.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
	what := fmt.Sprintf("unknown flag -%s of %s", name, f.Name())
	switch names := near.Names(name, known); {
	case len(names) > 0:
		what += ": did you mean -" + strings.Join(names, " or -") + "?"
	case len(known) == 0:
		what += ": it has no flags"
	default:
		what += ": it has -" + strings.Join(known, ", -")
	}
	return &usageError{what}
}

// A choice is a flag whose value is one of a few words.
type choice struct {
	value   string
	allowed []string
}

func (c *choice) String() string { return c.value }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		what := "expected " + text.List(c.allowed, "or")
		if names := near.Names(s, c.allowed); len(names) > 0 {
			what += "; did you mean " + names[0] + "?"
		}
		return fmt.Errorf("%s", what)
	}
	c.value = s
	return nil
}

// noArguments is the error of a command that takes none and was given some.
func noArguments(command string, rest []string) error {
	if len(rest) == 0 {
		return nil
	}
	return usagef("%s takes no arguments, and %q is one", command, rest[0])
}
