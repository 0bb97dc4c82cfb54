package view_test

import (
	"slices"
	"testing"

	"mx.example/conformance/posixfd"
	"mx.example/handle"
)

// TestSince: what a difference left is told of the steps that are judged from
// there, and of no step on another socket.
func TestSince(t *testing.T) {
	r := record(t, parse(t, `create stream capacity=5 -> OK a b
create stream capacity=5 -> OK c d
signals a -> OK WRITABLE LAST_HANDLE
write a "HELLO-WORLD" -> OK 5
read b 5 -> OK "HELLO"
write c "x" -> OK 1
read b 9 -> SHOULD_WAIT
write c "HELLO-WORLD" -> OK 4
read d 9 -> OK "xHELL"
read b 9 -> SHOULD_WAIT
close a -> OK`), kind(t, posixfd.UnixStream), handle.Manual)
	var got []int
	for _, s := range r.Steps {
		got = append(got, s.Since)
	}
	// Step 3 differs as well, and leaves everything as it is.
	if want := []int{0, 0, 0, 0, 4, 0, 4, 0, 8, 4, 4}; !slices.Equal(got, want) {
		t.Errorf("the steps are judged from what %v left, want %v", got, want)
	}
	if r.Steps[2].Divergence == "" {
		t.Error("step 3 does not differ")
	}
}
