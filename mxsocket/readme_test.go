package mxsocket_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// The README shows the body of this example.
func Example() {
	t := handle.NewTable()
	a, b, _ := mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(5))
	n, err := mxsocket.Write(t, a, 0, []byte("HELLO-WORLD"))
	fmt.Println(n, err) // a short write: the rest is not written
	_, err = mxsocket.Write(t, a, 0, []byte("-WORLD"))
	fmt.Println(err == status.ErrShouldWait)
	buf := make([]byte, 16)
	n, _ = mxsocket.Read(t, b, 0, buf)
	seen, _ := t.WaitOne(a, handle.Writable, time.Time{})
	fmt.Printf("%s %v\n", buf[:n], seen)
	// Output:
	// 5 <nil>
	// true
	// HELLO WRITABLE|LAST_HANDLE
}

func TestReadmeShowsTheExample(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(source), "func Example() {\n")
	body, _, _ = strings.Cut(body, "\t// Output:")
	body = strings.ReplaceAll(strings.TrimPrefix(body, "\t"), "\n\t", "\n")
	if !strings.Contains(string(readme), "```go\n"+body+"```") {
		t.Errorf("README.md does not show the example as it is:\n%s", body)
	}
}
