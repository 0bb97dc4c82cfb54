package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"mx.example/conformance/remote"
)

// kernelFlags are those by which a command reaches a kernel that is none of
// this program's.
type kernelFlags struct {
	exec, connect, name, wire string
	timeout                   time.Duration
}

func addKernelFlags(f *flag.FlagSet) *kernelFlags {
	k := &kernelFlags{}
	f.StringVar(&k.exec, "exec", "", "`COMMAND` whose standard input and output speak the wire protocol: its kernel is a backend, and the one to use if -backend names none")
	f.StringVar(&k.connect, "connect", "", "`ADDRESS` of such a kernel: HOST:PORT, unix:PATH, /dev/NAME, or replay:FILE for what -wire has written")
	f.StringVar(&k.name, "name", "", "`NAME` of that kernel in reports, instead of its own")
	f.StringVar(&k.wire, "wire", "", "`FILE` to write the exchange with that kernel to")
	f.DurationVar(&k.timeout, "timeout", 0, "`DURATION` that the kernel may be silent when it owes an answer (10s)")
	return k
}

// open adds the kernel to the backends of the tool, and chooses it if *chosen is
// still what it was before the flags were read. The caller calls end.
func (k *kernelFlags) open(t *tool, chosen *word, before word) (end func() error, err error) {
	end = func() error { return nil }
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
	o := remote.Options{Name: k.name, CallTimeout: k.timeout}
	closeWire := func() error { return nil }
	if k.wire != "" {
		f, err := os.Create(k.wire)
		if err != nil {
			return end, cannot("write", k.wire, err)
		}
		o.Wire, closeWire = f, f.Close
	}
	var b remote.Backend
	if k.exec != "" {
		b, err = remote.Exec(k.exec, o)
	} else {
		b, err = remote.Connect(k.connect, o)
	}
	if err != nil {
		closeWire() // nothing was written
		return end, usagef("%v", err)
	}
	end = func() error {
		err := b.Close()
		if e := closeWire(); err == nil {
			err = e
		}
		if err != nil {
			return cannot("write", k.wire, err)
		}
		return nil
	}
	if why := b.Available(); why != nil {
		end()
		return func() error { return nil }, fmt.Errorf("the kernel cannot be reached: %w", why)
	}
	for _, have := range t.backends {
		if have.Name() == b.Name() {
			end()
			return func() error { return nil }, usagef("there is a backend called %s already: give the kernel another name with -name", b.Name())
		}
	}
	t.backends = append(t.backends[:len(t.backends):len(t.backends)], b)
	if chosen != nil && *chosen == before {
		*chosen = word(b.Name())
	}
	return end, nil
}

// ended puts the error of the end of a kernel beside that of the command.
func ended(end func() error, err *error) {
	if e := end(); *err == nil {
		*err = e
	}
}
