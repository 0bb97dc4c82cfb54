package handle_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

func TestTablesArePrinted(t *testing.T) {
	tb := handle.NewTable(handle.WithName("gen"), handle.WithHandleLimit(5), handle.WithEdition(handle.Zircon))
	handle.NewEvent(tb)
	const want = "table gen (zircon): 1 of 5 handles"
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%T%[1]v"} {
		got := strings.TrimPrefix(fmt.Sprintf(verb, tb), "*handle.Table")
		if got != want {
			t.Errorf("%s prints %s", verb, got)
		}
	}
	var none *handle.Table
	if got := fmt.Sprintf("%v, %#v", none, new(handle.Table)); got != "nil table, zero table" {
		t.Errorf("tables that nobody made print as %s", got)
	}
	unnamed := fmt.Sprint(handle.NewTable())
	if !regexp.MustCompile(`^table \d+ \(manual\): 0 of 262144 handles$`).MatchString(unnamed) {
		t.Errorf("a table without a name prints as %s", unnamed)
	}
}

// It is the race detector that fails, if printing looks where it must not.
func TestPrintingIsNoRace(t *testing.T) {
	tb := handle.NewTable()
	h, _ := handle.NewEvent(tb)
	log := slog.New(slog.NewTextHandler(new(bytes.Buffer), nil))
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 500 {
			d, _ := tb.Duplicate(h, handle.SameRights)
			handle.SetName(tb, d, "x")
			tb.Close(d)
		}
	})
	wg.Go(func() {
		for range 200 {
			_ = fmt.Sprintf("%v %+v %#v", tb, tb, tb)
			log.Info("", "table", tb)
			handle.Name(tb, h)
		}
	})
	wg.Wait()
}

func TestValuesArePrinted(t *testing.T) {
	signal := handle.Packet{Key: 7, Type: handle.PacketSignalOne, Signal: handle.SignalPacket{
		Trigger: handle.Readable, Observed: handle.Readable | handle.Writable, Count: 1, Timestamp: 5}}
	user := handle.Packet{Key: 8, Status: status.ErrCanceled}
	copy(user.User[:], "hi")
	info := handle.Info{Koid: 4, Rights: handle.RightRead, Type: handle.TypeSocket, RelatedKoid: 5, Waitable: true}
	item := handle.WaitItem{Handle: 0x1f, WaitFor: handle.Readable}
	for _, tt := range []struct {
		value                 any
		text, goText, logText string
	}{
		{signal, "key 7 SIGNAL_ONE OK trigger READABLE observed READABLE|WRITABLE count 1 at 5ns",
			"", "x.key=7 x.type=SIGNAL_ONE x.status=OK x.trigger=READABLE x.observed=READABLE|WRITABLE x.count=1"},
		{user, "key 8 USER CANCELED user 6869", "", "x.key=8 x.type=USER x.status=CANCELED x.user=6869"},
		{info, "socket koid 4 peer 5 rights READ",
			"handle.Info{Koid:0x4, Rights:handle.RightRead, Type:0xe, RelatedKoid:0x5, Waitable:true}",
			"x.type=socket x.koid=4 x.rights=READ x.waitable=true x.peer=5"},
		{handle.Info{Koid: 4, Type: handle.TypePort}, "port koid 4 rights none not waitable", "",
			"x.type=port x.koid=4 x.rights=none x.waitable=false"},
		{item, "0x1f for READABLE pending none",
			"handle.WaitItem{Handle:0x1f, WaitFor:handle.Readable, Pending:handle.Signals(0x0)}",
			"x.handle=0x1f x.for=READABLE x.pending=none"},
		{handle.RightRead | handle.RightSetProperty | 1<<25, "READ|SET_PROPERTY|0x2000000",
			"handle.RightRead|handle.RightSetProperty|handle.Rights(0x2000000)", "x=READ|SET_PROPERTY|0x2000000"},
		{handle.SameRights, "SAME", "handle.SameRights", "x=SAME"},
		{handle.UserSignal3 | handle.PeerClosed, "PEER_CLOSED|USER_3", "handle.PeerClosed|handle.UserSignal3", "x=PEER_CLOSED|USER_3"},
		{handle.PacketSignalRep, "SIGNAL_REP", "handle.PacketSignalRep", "x=SIGNAL_REP"},
		{handle.PacketType(9), "9", "handle.PacketType(9)", "x=9"},
	} {
		for _, verb := range []string{"%v", "%+v", "%s"} {
			if got := fmt.Sprintf(verb, tt.value); got != tt.text {
				t.Errorf("%s of %T prints %s, want %s", verb, tt.value, got, tt.text)
			}
		}
		if got := fmt.Sprintf("%#v", tt.value); tt.goText != "" && got != tt.goText {
			t.Errorf("%%#v of %T prints %s, want %s", tt.value, got, tt.goText)
		}
		var b strings.Builder
		slog.New(slog.NewTextHandler(&b, nil)).Info("", "x", tt.value)
		if _, got, _ := strings.Cut(b.String(), `msg="" `); got != tt.logText+"\n" {
			t.Errorf("%T is logged as %s, want %s", tt.value, got, tt.logText)
		}
	}
}

// What %#v prints is Go: each name is declared in abi.go or port.go.
func TestGoStringsAreNames(t *testing.T) {
	declared := map[string]bool{}
	for _, file := range []string{"abi.go", "port.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok {
				for _, name := range v.Names {
					declared["handle."+name.Name] = true
				}
			}
			return true
		})
	}
	for i := range 32 {
		for _, text := range []string{fmt.Sprintf("%#v", handle.Rights(1<<i)), fmt.Sprintf("%#v", handle.Signals(1<<i))} {
			if !declared[text] && !strings.HasSuffix(text, fmt.Sprintf("(0x%x)", 1<<i)) {
				t.Errorf("%s is not declared", text)
			}
		}
	}
}

func TestTablesAreLogged(t *testing.T) {
	var b strings.Builder
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("", "x", handle.NewTable(handle.WithName("gen")))
	log.Info("", "x", (*handle.Table)(nil))
	got := regexp.MustCompile(`(?m)^.*msg="" `).ReplaceAllString(b.String(), "")
	if want := "x.name=gen x.edition=manual x.handles=0\nx=\"nil table\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
