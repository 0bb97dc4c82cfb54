package handle_test

import (
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// TestRightBeforeType: a call for all types of objects, on one that it is not
// for, through a handle that lacks the right besides. The right is told, but
// for that which the kernel of 2017 does not want at all (S-RIGHT,
// S-PEER-NONE, T-UNWAITABLE, O-ORDER).
func TestRightBeforeType(t *testing.T) {
	for _, test := range []struct {
		edition    handle.Edition
		signalPeer status.Status
	}{
		{handle.Manual, status.ErrAccessDenied},
		{handle.Kernel2017, status.ErrNotSupported},
		{handle.Zircon, status.ErrAccessDenied},
	} {
		table := handle.NewTable(handle.WithEdition(test.edition))
		event, err := handle.NewEvent(table)
		if err != nil {
			t.Fatal(err)
		}
		options := handle.PortVersion
		if test.edition == handle.Zircon {
			options = 0
		}
		port, err := handle.NewPort(table, options)
		if err != nil {
			t.Fatal(err)
		}
		past := time.Unix(0, 1)
		for _, h := range []*handle.Handle{&event, &port} {
			if *h, err = table.Replace(*h, 0); err != nil {
				t.Fatal(err)
			}
		}
		if err := table.SignalPeer(event, 0, handle.UserSignal0); err != test.signalPeer {
			t.Errorf("%v: SignalPeer on an event without rights: %v, want %v", test.edition, err, test.signalPeer)
		}
		if _, err := table.WaitOne(port, 0, past); err != status.ErrAccessDenied {
			t.Errorf("%v: WaitOne on a port without rights: %v", test.edition, err)
		}
		items := []handle.WaitItem{{Handle: port}}
		if err := table.WaitMany(items, past); err != status.ErrAccessDenied {
			t.Errorf("%v: WaitMany on a port without rights: %v", test.edition, err)
		}
		if _, err := table.WaitOne(event, 0, past); err != status.ErrAccessDenied {
			t.Errorf("%v: WaitOne on an event without rights: %v", test.edition, err)
		}
	}
}
