package chaos_test

import (
	"fmt"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/mxsocket/chaos"
)

// A writer that ignores counts passes every test with small messages. Here it
// loses bytes at once; WriteAll does not.
func Example() {
	t := handle.NewTable(chaos.With(3))
	words := []string{"short ", "writes ", "are ", "normal"}

	a, b, err := mxsocket.Create(t, mxsocket.Stream)
	if err != nil {
		fmt.Println(err) // NO_MEMORY is one of the faults: another seed, or try again
		return
	}
	for _, w := range words {
		mxsocket.Write(t, a, 0, []byte(w))
	}
	t.Close(a)
	fmt.Printf("naive: %q\n", all(t, b))

	a, b, err = mxsocket.Create(t, mxsocket.Stream)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, w := range words {
		mxsocket.WriteAll(t, a, []byte(w), time.Time{})
	}
	t.Close(a)
	fmt.Printf("right: %q\n", all(t, b))

	// Output:
	// naive: "short ware norma"
	// right: "short writes are normal"
}

// all reads to the end.
func all(t *handle.Table, h handle.Handle) string {
	p := make([]byte, 100)
	n, _ := mxsocket.ReadFull(t, h, p, time.Time{})
	return string(p[:n])
}
