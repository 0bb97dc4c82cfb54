package handle_test

import (
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// TestTypeAndRight: an object that a call is not for, through a handle that
// lacks the right besides. Which of the two is told is the edition's to say,
// for NOT_SUPPORTED as for WRONG_TYPE: by default an event of Zircon has no
// right to signal a peer, and a port none to be waited for, and yet it is the
// type that the caller hears of (S-PEER-NONE, T-UNWAITABLE, O-ORDER).
func TestTypeAndRight(t *testing.T) {
	for _, test := range []struct {
		edition handle.Edition
		want    status.Status
	}{
		{handle.Manual, status.ErrAccessDenied},
		{handle.Kernel2017, status.ErrAccessDenied},
		{handle.Zircon, status.ErrNotSupported},
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
		if err := table.SignalPeer(event, 0, handle.UserSignal0); err != test.want {
			t.Errorf("%v: SignalPeer on an event without rights: %v, want %v", test.edition, err, test.want)
		}
		if _, err := table.WaitOne(port, 0, past); err != test.want {
			t.Errorf("%v: WaitOne on a port without rights: %v, want %v", test.edition, err, test.want)
		}
		items := []handle.WaitItem{{Handle: port}}
		if err := table.WaitMany(items, past); err != test.want {
			t.Errorf("%v: WaitMany on a port without rights: %v, want %v", test.edition, err, test.want)
		}
		if _, err := table.WaitOne(event, 0, past); err != status.ErrAccessDenied {
			t.Errorf("%v: WaitOne on an event without rights: %v", test.edition, err)
		}
	}
}
