//go:build unix

package remote_test

import (
	"io"
	"math/rand/v2"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/remote"
	"mx.example/handle"
)

// pieces writes in pieces of random sizes.
type pieces struct {
	io.Writer
	rng *rand.Rand
}

func (p pieces) Write(b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = p.Writer.Write(b[n:min(len(b), n+1+p.rng.IntN(7))])
		n += m
	}
	return n, err
}

// A kernel that somebody else has started is reached over TCP and over a unix
// socket, and what it says comes in pieces.
func TestConnect(t *testing.T) {
	interpreter := python(t)
	for _, network := range []string{"tcp", "unix"} {
		t.Run(network, func(t *testing.T) {
			at, prefix := "127.0.0.1:0", ""
			if network == "unix" {
				at, prefix = filepath.Join(t.TempDir(), "kernel"), "unix:"
			}
			l, err := net.Listen(network, at)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			ended := make(chan error, 1)
			go func() {
				c, err := l.Accept()
				if err == nil {
					kernel := exec.Command(interpreter, "adapter/python/toy.py")
					kernel.Stdin, kernel.Stdout = c, pieces{c, rand.New(rand.NewPCG(1, 2))}
					err = kernel.Run()
					c.Close()
				}
				ended <- err
			}()
			address := prefix + l.Addr().String()
			b, err := remote.Connect(address, remote.Options{Name: "mine"})
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Available(); err != nil || b.Name() != "mine" || b.About() != "a kernel at "+address {
				t.Errorf("%v, %s: %s", err, b.Name(), b.About())
			}
			cases := conformance.Cases()
			for i := range cases {
				if !strings.HasPrefix(cases[i].Name, "walkthrough-") {
					continue
				}
				if r := conformance.RunCase(t.Context(), b, handle.Manual, &cases[i]); r.Outcome.Bad() {
					t.Errorf("%s: %s: %s", cases[i].Name, r.Outcome, r.Detail)
				}
			}
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			if err := <-ended; err != nil { // its input has ended
				t.Error(err)
			}
		})
	}
}
