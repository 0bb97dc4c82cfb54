package handle

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestRightsText(t *testing.T) {
	for _, tt := range []struct {
		r    Rights
		text string
	}{
		{0, "none"},
		{RightRead, "READ"},
		{RightRead | RightWrite, "READ|WRITE"},
		{RightDuplicate | RightTransfer | RightRead | RightWrite, "DUPLICATE|TRANSFER|READ|WRITE"},
		{SameRights, "SAME"},
		{SameRights | RightRead, "READ|SAME"},
		{RightManageSocket | 1<<19, "MANAGE_SOCKET|0x80000"},
		{1<<21 | 1<<16, "0x210000"},
		{1 << 16, "0x10000"},
	} {
		if got := tt.r.String(); got != tt.text {
			t.Errorf("Rights(%#x).String() = %q, want %q", uint32(tt.r), got, tt.text)
		}
		if got, err := ParseRights(tt.text); got != tt.r || err != nil {
			t.Errorf("ParseRights(%q) = %#x, %v, want %#x", tt.text, uint32(got), err, uint32(tt.r))
		}
	}
	if got, err := ParseRights("WRITE|0x4|READ"); got != RightRead|RightWrite || err != nil {
		t.Errorf("in another order: %v, %v", got, err)
	}
}

func TestSignalsText(t *testing.T) {
	for _, tt := range []struct {
		s    Signals
		text string
	}{
		{0, "none"},
		{Readable | Writable | PeerClosed | Signaled, "READABLE|WRITABLE|PEER_CLOSED|SIGNALED"},
		{LastHandle | HandleClosed, "LAST_HANDLE|HANDLE_CLOSED"},
		{UserSignal0, "USER_0"},
		{UserSignals, "USER_0|USER_1|USER_2|USER_3|USER_4|USER_5|USER_6|USER_7"},
		{UserSignal7 | 1<<20, "USER_7|0x100000"},
	} {
		if got := tt.s.String(); got != tt.text {
			t.Errorf("Signals(%#x).String() = %q, want %q", uint32(tt.s), got, tt.text)
		}
		if got, err := ParseSignals(tt.text); got != tt.s || err != nil {
			t.Errorf("ParseSignals(%q) = %#x, %v, want %#x", tt.text, uint32(got), err, uint32(tt.s))
		}
	}
}

func TestEveryBitRoundTrips(t *testing.T) {
	values := []uint32{0, 1<<32 - 1}
	for i := range 32 {
		values = append(values, 1<<i)
	}
	for range 1000 {
		values = append(values, rand.Uint32())
	}
	for _, v := range values {
		if got, err := ParseRights(Rights(v).String()); got != Rights(v) || err != nil {
			t.Errorf("rights %#x: %q comes back as %#x, %v", v, Rights(v), uint32(got), err)
		}
		if got, err := ParseSignals(Signals(v).String()); got != Signals(v) || err != nil {
			t.Errorf("signals %#x: %q comes back as %#x, %v", v, Signals(v), uint32(got), err)
		}
	}
}

func TestTypeText(t *testing.T) {
	for typ, text := range map[Type]string{TypeSocket: "socket", TypeEvent: "event", 99: "99", 0: "0"} {
		if got := typ.String(); got != text {
			t.Errorf("Type(%d).String() = %q, want %q", uint32(typ), got, text)
		}
		if got, err := ParseType(text); got != typ || err != nil {
			t.Errorf("ParseType(%q) = %v, %v", text, got, err)
		}
	}
}

func TestEditionText(t *testing.T) {
	if got := Editions(); len(got) < 2 || got[0] != Manual || got[1] != Kernel2017 {
		t.Fatalf("Editions() = %v", got)
	}
	for _, e := range Editions() {
		if got, err := ParseEdition(e.String()); got != e || err != nil {
			t.Errorf("ParseEdition(%q) = %v, %v", e, got, err)
		}
	}
	if Manual.String() != "manual" || Kernel2017.String() != "kernel2017" {
		t.Errorf("names are %v and %v", Manual, Kernel2017)
	}
	text, err := json.Marshal(map[Edition]Edition{Kernel2017: Manual})
	if string(text) != `{"kernel2017":"manual"}` || err != nil {
		t.Errorf("JSON is %s, %v", text, err)
	}
	var back map[Edition]Edition
	if err := json.Unmarshal(text, &back); err != nil || back[Kernel2017] != Manual || len(back) != 1 {
		t.Errorf("JSON comes back as %v, %v", back, err)
	}
	e := Kernel2017
	if err := e.UnmarshalText([]byte("no such")); err == nil || e != Kernel2017 {
		t.Errorf("a bad name gives %v and sets %v", err, e)
	}
	if _, err := Edition(200).MarshalText(); err == nil || !strings.Contains(err.Error(), "200") {
		t.Errorf("marshaling no edition gives %v", err)
	}
	if got := Edition(200).String(); got != "Edition(200)" {
		t.Errorf("no edition prints as %q", got)
	}
	all := Editions()
	all[0] = 77
	if !slices.Equal(Editions()[:1], []Edition{Manual}) {
		t.Error("Editions hands out its own memory")
	}
}

func TestParseErrors(t *testing.T) {
	rights := func(s string) error { _, err := ParseRights(s); return err }
	signals := func(s string) error { _, err := ParseSignals(s); return err }
	typ := func(s string) error { _, err := ParseType(s); return err }
	edition := func(s string) error { _, err := ParseEdition(s); return err }
	for _, tt := range []struct {
		err  error
		want string
	}{
		{rights("REED"), `handle: no right is called "REED"; near it: READ`},
		{rights("read"), `near it: READ`},
		{rights("READ|WIRTE"), `no right is called "WIRTE"; near it: WRITE`},
		{rights("MX_RIGHT_TRANSFER"), `near it: TRANSFER`},
		{rights("SAME_RIGHTS"), `no right is called "SAME_RIGHTS"; near it: SAME`},
		{rights(""), `no right is called ""; there are: DUPLICATE, TRANSFER,`},
		{rights("READ|"), `no right is called ""`},
		{rights("READ|none"), `none stands alone`},
		{rights("0xfffffffff"), `"0xfffffffff" is not a number of at most 32 bits`},
		{rights("0x"), `"0x" is not a number`},
		{rights("12"), `no right is called "12"`},
		{signals("READBLE"), `no signal is called "READBLE"; near it: READABLE`},
		{signals("USER_8"), `near it: USER_0, USER_1`},
		{signals("USER"), `near it: USER_0`},
		{signals(strings.Repeat("X", 100000)), `there are: READABLE, WRITABLE`},
		{typ("sokcet"), `no object type is called "sokcet"; near it: socket`},
		{typ("-1"), `there are: socket, event`},
		{edition("kernel2018"), `no edition is called "kernel2018"; near it: kernel2017`},
		{edition("ferret"), `no edition is called "ferret"; there are: manual, kernel2017`},
	} {
		if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
			t.Errorf("got %v, want an error with %s", tt.err, tt.want)
		}
	}
}

func TestTheNextEditionHasNoName(t *testing.T) {
	next := Edition(len(Editions()))
	if got, want := next.String(), "Edition(3)"; got != want {
		t.Errorf("String of the number after the last edition is %q, want %q", got, want)
	}
	if text, err := next.MarshalText(); err == nil {
		t.Errorf("the number after the last edition has the text %q", text)
	}
}
