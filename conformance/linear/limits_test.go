package linear

import (
	"testing"

	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/mxsocket"
)

// In a table that is nearly full, calls on different objects meet as well:
// what one gives back, another takes (X-FULL, L-ACCOUNT).
func TestLimitsAreLinearizable(t *testing.T) {
	const least = mxsocket.PairCharge + handle.EventCharge + 3*handle.HandleCharge // for the scene
	checkAll(t, inproc.Backend(), long(6000, 150), func(seed uint64) Config {
		c := config(seed)
		if seed%2 == 0 {
			c.Handles = 3 + seed/2%5
		} else {
			c.Memory = least + 70*(seed/2%5)
		}
		return c
	})
}
