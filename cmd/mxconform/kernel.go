package main

import (
	"errors"
	"flag"
	"fmt"
	"time"

	"mx.example/conformance/remote"
)

// kernelFlags are those by which a command reaches a kernel that is none of
// this program's.
type kernelFlags struct {
	exec, connect, name, wire word
	timeout                   time.Duration
}

func addKernelFlags(f *flag.FlagSet) *kernelFlags {
	k := &kernelFlags{}
	f.Var(&k.exec, "exec", "`COMMAND` whose standard input and output speak the wire protocol: its kernel is a backend, and the one to use if -backend names none")
	f.Var(&k.connect, "connect", "`ADDRESS` of such a kernel: HOST:PORT, unix:PATH, /dev/NAME, or replay:FILE for what -wire has written")
	f.Var(&k.name, "name", "`NAME` of that kernel in reports, instead of its own")
	f.Var(&k.wire, "wire", "`FILE` to write the exchange with that kernel to; it grows as FILE.partial, which takes the place of FILE at the end of the run")
	f.DurationVar(&k.timeout, "timeout", 0, "`DURATION` that the kernel may be silent when it owes an answer (10s)")
	return k
}

// open adds the kernel to the backends of the tool, and chooses it if *chosen is
// still what it was before the flags were read. The caller calls end with the
// error of the command.
func (k *kernelFlags) open(t *tool, chosen *word, before word) (end func(error) error, err error) {
	end = func(error) error { return nil }
	switch {
	case k.exec == "" && k.connect == "":
		if k.name != "" || k.wire != "" || k.timeout != 0 {
			return end, usagef("-name, -wire and -timeout are about a kernel that -exec or -connect reaches: give one of these")
		}
		return end, nil
	case k.exec != "" && k.connect != "":
		return end, usagef("-exec and -connect both say how to reach the kernel: give one of them")
	case k.timeout < 0:
		return end, usagef("-timeout %v is no time", k.timeout)
	}
	o := remote.Options{Name: string(k.name), CallTimeout: k.timeout}
	var wire *wireFile
	if k.wire != "" {
		if wire, err = openWire(string(k.wire)); err != nil {
			return end, err
		}
		o.Wire = wire
	}
	var b remote.Backend
	if k.exec != "" {
		b, err = remote.Exec(string(k.exec), o)
	} else {
		b, err = remote.Connect(string(k.connect), o)
	}
	if err != nil {
		err = usagef("%v", err)
		wire.end(t, err)
		return end, err
	}
	closeAll := func(of error) error {
		err := b.Close()
		if e := wire.end(t, of); err == nil {
			err = e
		}
		if err != nil {
			return cannot("write", string(k.wire), err)
		}
		return nil
	}
	if why := b.Available(); why != nil {
		err := fmt.Errorf("the kernel cannot be reached: %w", why)
		closeAll(err)
		return end, err
	}
	for _, have := range t.backends {
		if have.Name() == b.Name() {
			err := usagef("there is a backend called %s already: give the kernel another name with -name", b.Name())
			closeAll(err)
			return end, err
		}
	}
	t.backends = append(t.backends[:len(t.backends):len(t.backends)], b)
	if chosen != nil && *chosen == before {
		*chosen = word(b.Name())
	}
	return closeAll, nil
}

// ended puts the error of the end of a kernel beside that of the command.
func ended(end func(error) error, err *error) {
	if e := end(*err); *err == nil {
		*err = e
	}
}

// A wireFile is the record of an exchange. A nil one is none.
type wireFile struct {
	*output
	begun bool
}

func openWire(name string) (*wireFile, error) {
	o, err := openOutput(name)
	if err != nil {
		return nil, err
	}
	return &wireFile{output: o}, nil
}

// Write adds to the record. Until there is something to add, a record of before
// that was broken off stays.
func (w *wireFile) Write(p []byte) (int, error) {
	if !w.begun {
		if err := w.begin(); err != nil {
			return 0, err
		}
		w.begun = true
	}
	return w.f.Write(p)
}

// end puts the record of a command, which ended with an error or nil, into its
// place. What a run that was broken off has recorded stays beside the file, and
// a usage error leaves nothing.
func (w *wireFile) end(t *tool, of error) error {
	var usage *usageError
	switch {
	case w == nil:
		return nil
	case !w.begun || errors.As(of, &usage):
		w.discard()
		return nil
	}
	partial := of != nil && !errors.Is(of, errBad)
	name, err := w.keep(partial)
	if err == nil && partial {
		fmt.Fprintf(t.stderr, "mxconform: what was exchanged until then is in %s\n", name)
	}
	return err
}
