package nettest

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/rpc"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// 10,000 requests on 100 connections, each answered once and with its own
// answer; and some on the other editions.
func TestHTTP(t *testing.T) {
	const conns = 100
	for _, e := range handle.Editions() {
		each := 10
		if e == handle.Manual {
			each = 100
		}
		tb := handle.NewTable(handle.WithEdition(e), handle.WithHandleLimit(2*conns))
		l := mxsocket.Listen(tb, "http")
		served := make([]atomic.Int32, conns*each)
		srv := &http.Server{
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var id int
				body, err := io.ReadAll(r.Body)
				if _, scan := fmt.Sscan(r.URL.Query().Get("id"), &id); err != nil || scan != nil {
					http.Error(w, "bad request", http.StatusBadRequest)
					return
				}
				served[id].Add(1)
				fmt.Fprintf(w, "%d from %s: %s", id, r.RemoteAddr, body)
			}),
			ErrorLog: log.New(failing{t}, "", 0),
		}
		serving := make(chan error)
		go func() { serving <- srv.Serve(l) }()

		var dialed atomic.Int32
		var wg sync.WaitGroup
		for c := range conns {
			tr := &http.Transport{MaxConnsPerHost: 1, DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				dialed.Add(1)
				return l.DialContext(ctx, network, addr)
			}}
			client := &http.Client{Transport: tr}
			wg.Go(func() {
				defer tr.CloseIdleConnections()
				for i := range each {
					id := c*each + i
					body := strings.Repeat(fmt.Sprint(id, " "), id%700)
					resp, err := client.Post(fmt.Sprintf("http://mx/?id=%d", id), "text/plain", strings.NewReader(body))
					if err != nil {
						t.Errorf("%v: request %d: %v", e, id, err)
						return
					}
					got, err := io.ReadAll(resp.Body)
					resp.Body.Close()
					head, tail, _ := strings.Cut(string(got), ": ")
					if err != nil || !strings.HasPrefix(head, fmt.Sprintf("%d from koid:", id)) || tail != body {
						t.Errorf("%v: request %d: %.40q, %v", e, id, got, err)
					}
				}
			})
		}
		wg.Wait()
		for id := range served {
			if n := served[id].Load(); n != 1 {
				t.Errorf("%v: request %d was served %d times", e, id, n)
			}
		}
		if n := dialed.Load(); n != conns {
			t.Errorf("%v: %d connections, want %d", e, n, conns)
		}
		if err := srv.Shutdown(context.Background()); err != nil {
			t.Errorf("%v: Shutdown: %v", e, err)
		}
		if err := <-serving; err != http.ErrServerClosed {
			t.Errorf("%v: Serve: %v", e, err)
		}
		for i := range conns { // fill the table again
			if _, _, err := mxsocket.Create(tb, mxsocket.Stream); err != nil {
				t.Errorf("%v: handles of %d connections are left", e, conns-i)
				break
			}
		}
	}
}

// failing is a log that must stay empty.
type failing struct{ t *testing.T }

func (f failing) Write(p []byte) (int, error) {
	f.t.Errorf("logged: %s", p)
	return len(p), nil
}

// An Adder is the service of TestRPC.
type Adder struct{}

func (Adder) Sum(args []int, sum *int) error {
	for _, n := range args {
		*sum += n
	}
	return nil
}

func TestRPC(t *testing.T) {
	for _, e := range handle.Editions() {
		// A message is many times the capacity.
		l := mxsocket.Listen(handle.NewTable(handle.WithEdition(e)), "rpc", mxsocket.WithCapacity(50))
		srv := rpc.NewServer()
		srv.Register(Adder{})
		serving := make(chan struct{})
		go func() {
			defer close(serving)
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				go srv.ServeConn(c)
			}
		}()
		var wg sync.WaitGroup
		for c := range 10 {
			conn, err := l.Dial(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			client := rpc.NewClient(conn)
			wg.Go(func() {
				defer client.Close()
				var calls []*rpc.Call
				for i := range 100 { // all under way at once
					args := make([]int, i)
					for j := range args {
						args[j] = c * j
					}
					calls = append(calls, client.Go("Adder.Sum", args, new(int), nil))
				}
				for i, call := range calls {
					<-call.Done
					if got, want := *call.Reply.(*int), c*i*(i-1)/2; call.Error != nil || got != want {
						t.Errorf("%v: call %d of %d: %d, %v, want %d", e, i, c, got, call.Error, want)
					}
				}
			})
		}
		wg.Wait()
		l.Close()
		<-serving
	}
}
