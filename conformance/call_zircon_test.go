package conformance_test

import (
	"errors"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// today makes a machine on a kernel of zircon whose first process is what of
// makes of that of the model.
func today(t *testing.T, of func(conformance.Process) conformance.Process) *conformance.Machine {
	t.Helper()
	b := &mutant{newProcess: func(k *mutantKernel, l conformance.Limits) (conformance.Process, error) {
		p, err := k.Kernel.NewProcess(l)
		if err != nil {
			return nil, err
		}
		return of(p), nil
	}}
	k, err := b.Boot(handle.Zircon)
	if err != nil {
		t.Fatal(err)
	}
	m, err := conformance.NewMachine(k, handle.Zircon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// A null buffer of size 0 is a query in one table and a read in another: what
// a Process that takes slices only is asked goes by the edition.
func TestNullReadWithoutRawCalls(t *testing.T) {
	m := today(t, func(p conformance.Process) conformance.Process { return sliced{p} })
	doAll(t, m, `
		create stream -> OK a b => OK a b
		read b null:0 => SHOULD_WAIT
		write a "hello" => OK 5
		read b null:0 => OK 0
		read b null:0 peek => OK 0
		read b null:0 options=1 => INVALID_ARGS
		outstanding b => OK 5
		table t1 edition=manual => OK
		create stream table=t1 -> OK a b => OK a b
		write a "hello" => OK 5
		read b null:0 => OK 5
		read b null:0 options=1 => INVALID_ARGS
	`)
}

func TestProcessWithoutTheCallsOfZircon(t *testing.T) {
	m := today(t, func(p conformance.Process) conformance.Process { return sliced{p} })
	const none = " is a call of Zircon: the Process is no ZirconProcess)"
	doAll(t, m, `
		create stream -> OK a b => OK a b
		set-disposition a mine=disabled => unsupported (unsupported; set-disposition`+none+`
		get-property a RX_THRESHOLD => unsupported (unsupported; get-property`+none+`
		set-property a RX_THRESHOLD value=1 => unsupported (unsupported; set-property`+none+`
		socket-info a => unsupported (unsupported; socket-info`+none+`
	`)
}

// odd answers the calls of Zircon as no kernel should.
type odd struct {
	conformance.Process
	err error
}

func (o odd) SetDisposition(h handle.Handle, mine, peers uint32) error { return o.err }

func (o odd) GetProperty(h handle.Handle, p handle.Property) (uint64, error) { return 7, o.err }

func (o odd) SetProperty(h handle.Handle, p handle.Property, value uint64) error { return o.err }

func (o odd) SocketInfo(h handle.Handle) (trace.SocketInfo, error) {
	return trace.SocketInfo{RxBufMax: 7}, o.err
}

func TestOddAnswersToTheCallsOfZircon(t *testing.T) {
	for _, test := range []struct {
		err                   error
		disposition, get, ask string
	}{
		{nil, "OK", "OK 7", "OK stream rx_buf_max=7 rx_buf_size=0 rx_buf_available=0 tx_buf_max=0 tx_buf_size=0"},
		{status.ErrBadState, "BAD_STATE", "BAD_STATE and the actual count changed", "BAD_STATE"},
		{&conformance.Unsupported{Why: "not here"}, "unsupported (unsupported; not here)", "unsupported (unsupported; not here)", "unsupported (unsupported; not here)"},
		{errors.New("what?"), "INTERNAL (what?)", "INTERNAL and the actual count changed (what?)", "INTERNAL (what?)"},
	} {
		m := today(t, func(p conformance.Process) conformance.Process { return odd{p, test.err} })
		do(t, m, "create stream -> OK a b")
		for text, want := range map[string]string{
			"set-disposition a mine=disabled": test.disposition,
			"get-property a RX_THRESHOLD":     test.get,
			"set-property a 99 value=1":       test.disposition,
			"socket-info a":                   test.ask,
		} {
			if got := do(t, m, text); got != want {
				t.Errorf("%s: got %s, want %s", text, got, want)
			}
		}
	}
}
