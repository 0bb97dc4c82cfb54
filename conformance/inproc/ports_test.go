package inproc_test

import (
	"testing"

	"mx.example/conformance/oracle"
	"mx.example/handle"
)

// What the oracle states of ports is what the library has.
func TestPortNumbers(t *testing.T) {
	if oracle.PortCharge != handle.PortCharge || oracle.PacketCharge != handle.PacketCharge {
		t.Errorf("the oracle charges %d and %d, the library %d and %d",
			oracle.PortCharge, oracle.PacketCharge, handle.PortCharge, handle.PacketCharge)
	}
	if oracle.Repeating != handle.WaitAsyncRepeating || oracle.Timestamp != handle.WaitAsyncTimestamp || oracle.Edge != handle.WaitAsyncEdge {
		t.Error("the options of wait_async differ")
	}
}
