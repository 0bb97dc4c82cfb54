package trace

import (
	"strings"
	"testing"

	"mx.example/handle"
)

func TestUsesStale(t *testing.T) {
	for _, tt := range []struct {
		lines string
		want  bool
	}{
		{"write a \"x\"\nread b 1", false},
		{"close a", false},
		{"close a\nwrite b \"x\"\nclose b", false},
		{"close a\nwrite a \"x\"", true},
		{"close a\nclose a", true},
		{"close a -> BAD_HANDLE\nwrite a \"x\"", true}, // a descriptor may close all the same
		{"duplicate a SAME -> OK c\nclose a\nwrite c \"x\"", false},
		{"duplicate a SAME -> OK c\nclose c\nsignals c", true},
		{"replace a SAME -> OK c\nwrite c \"x\"", false},
		{"replace a SAME -> OK c\nwrite a \"x\"", true},
		{"replace a SAME -> OK a\nwrite a \"x\"", false},
		{"close a\ncreate stream -> OK a c\nwrite a \"x\"", false},
		{"table t1\ntransfer a t1 -> OK c\nwrite c \"x\"\nwrite t1/c \"x\"", false},
		{"table t1\ntransfer a t1 -> OK c\nwrite t0/c \"x\"", true},
		{"table t1\ntransfer a t1 -> OK c\nwait-many b:none a:none until=past table=t1", true},
		{"table t1\ntransfer a t1 -> OK c\nduplicate c SAME -> OK d\nwait-many b:none t1/d:none until=past", false},
		{"table t1\nwrite t1/a \"x\"", true},
		{"write t0/a \"x\"", false},
		{"table t1\ncreate stream table=t1 -> OK c d\nwrite t1/c \"x\"\nevent -> OK e\nsignals t0/e", false},
		{"write a+4 \"x\"", true},
		{"write 0 \"x\"", true},
		{"close a\nchurn a count=1", true},
		{"churn a count=1\nwrite a \"x\"", false},
		{"close a\npump b to=a bytes=1 seed=1", true},
		{"port -> OK p\nwait-async a READABLE port=p key=1\nport-cancel p source=a key=1\nport-wait p until=past", false},
		{"port -> OK p\nclose p\nwait-async a READABLE port=p key=1", true},
		{"port -> OK p\nclose a\nport-cancel p source=a key=1", true},
		{"port -> OK p\nclose p\nport-queue p key=1", true},
		{"table t1\nport table=t1 -> OK p\nwait-async a READABLE port=p key=1", true},
		{"table t1\nport table=t1 -> OK p\nport-cancel p source=a key=1", true},
		{"port -> OK p\nwait-async a READABLE port=p+4 key=1", true},
		{"w: wait a READABLE until=never\nclose a\nw: -> CANCELED ...", false},
		{"w: replace a SAME\nsignals b\nw: -> OK c\nsignals c", false},
		{"w: replace a SAME\nsignals a\nw: -> OK c", true},
		{"[manual] close a\n[kernel2017] write a \"x\"", false},
		{"[manual] close a\n[kernel2017] close b\n[manual] write b \"x\"", false},
		{"[kernel2017] close a\nwrite a \"x\"", true},
		{"[manual] duplicate a SAME -> OK c\n[kernel2017] signals c", true},
	} {
		cases, err := Parse("f", strings.NewReader("case x\ncreate stream -> OK a b\n"+tt.lines))
		if err != nil {
			t.Errorf("%s: %v", tt.lines, err)
			continue
		}
		if got := cases[0].UsesStale(); got != tt.want {
			t.Errorf("%s\nuses a stale value: %v, want %v", tt.lines, got, tt.want)
		}
	}
}

func TestFor(t *testing.T) {
	cases, err := Parse("f", strings.NewReader("case x\neditions kernel2017\nclose 0\n[kernel2017] close 0\ncase y\nclose 0\n[manual] outstanding 0\n"))
	if err != nil {
		t.Fatal(err)
	}
	x, y := &cases[0], &cases[1]
	if x.For(handle.Manual) || !x.For(handle.Kernel2017) || !y.For(handle.Manual) || !y.For(handle.Kernel2017) {
		t.Error("the editions that the cases speak for are wrong")
	}
	if steps := y.StepsFor(handle.Kernel2017); len(steps) != 1 || steps[0].Call.Op != OpClose {
		t.Errorf("y has in kernel2017 the steps %+v", steps)
	}
	if steps := y.StepsFor(handle.Manual); len(steps) != 2 || &steps[0] != &y.Steps[0] {
		t.Errorf("y has in manual the steps %+v, or a copy of all", steps)
	}
	if steps := x.StepsFor(handle.Kernel2017); len(steps) != 2 {
		t.Errorf("x has the steps %+v", steps)
	}
}

func TestOp(t *testing.T) {
	if got := OpWaitMany.String(); got != "wait-many" {
		t.Errorf("OpWaitMany is %s", got)
	}
	if got := Op(0).String() + Op(99).String(); got != "Op(0)Op(99)" {
		t.Errorf("no calls are %s", got)
	}
	if ops := Ops(); ops[0] != OpTable || int(ops[len(ops)-1]) != len(ops) {
		t.Errorf("the calls are %v", ops)
	}
}
