package remote

import (
	"io"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
)

// A spoken stream is a kernel that says what it says, whatever it is asked.
type spoken struct {
	io.Reader
	killed chan struct{}
}

func (s *spoken) Write(p []byte) (int, error) { return len(p), nil }

func (s *spoken) kill() string {
	select {
	case <-s.killed:
	default:
		close(s.killed)
	}
	return ""
}

func (s *spoken) done() {}

// FuzzAnswers has a kernel say anything: every call returns.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		"=1 0 mxwire 1\n=2 0\n=3 0 1 2\n=4 0\n=5 -22\n",
		"=1 0 mxwire 1 waits=2\n=2 0\n=3 parked\n=3 parked\n",
		"=1 0 mxwire 1\n=2 0\n=3 no - because\n=4 0 zz\n=5 1\n",
		"boot\r\n=1 0 mxwire 1 data=99 lacks=ports\n=2 0\n=3 0 99999999999 2\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		once := false
		dial := func() (stream, error) {
			if once {
				return nil, io.EOF
			}
			once = true
			r, w := io.Pipe()
			s := &spoken{r, make(chan struct{})}
			go func() {
				w.Write(said)
				w.Close()
			}()
			return s, nil
		}
		b, err := newBackend("", dial, Options{CallTimeout: time.Second, StartTimeout: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		k, err := b.Boot(handle.Manual)
		if err != nil {
			return
		}
		p, err := k.NewProcess(conformance.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		h, _, _ := p.Create(0, nil)
		buf := make([]byte, 8)
		if n, err := p.Read(h, 0, buf); err != nil && n > 1 {
			t.Errorf("a failed read returned %d", n)
		}
		p.Write(h, 0, buf)
		p.Info(h)
		p.WaitOne(h, handle.Readable, time.Time{}, nil)
		k.Close()
	})
}
