package handle

// A handleNeeds is what a call needs of one of its handles. It is written down a
// second time, for people: what a call does is in the call.
type handleNeeds struct {
	typ         string // "" is any
	waits       bool   // it must be possible to wait for the object
	right       func(*rules) Rights
	badHandle   string // clauses
	rightClause string
	typeClause  string
}

// A callNeeds is what a call needs of all its handles. The last one counts for
// those that follow, too.
type callNeeds struct {
	name    string
	handles []handleNeeds
}

func (c *callNeeds) handle(i int) handleNeeds {
	if len(c.handles) == 0 {
		return handleNeeds{}
	}
	return c.handles[min(i, len(c.handles)-1)]
}

func (c *callNeeds) clause(id string) string {
	if id == "" {
		return "X-STALE"
	}
	return id
}

func always(r Rights) func(*rules) Rights { return func(*rules) Rights { return r } }

var (
	waited = handleNeeds{waits: true, rightClause: "T-RIGHT", right: func(r *rules) Rights { return r.wait }}
	queued = handleNeeds{typ: "port", rightClause: "P-RIGHTS", right: func(r *rules) Rights { return r.portQueue }}
	taken  = handleNeeds{typ: "port", rightClause: "P-RIGHTS", right: func(r *rules) Rights { return r.portWait }}
	wrote  = handleNeeds{typ: "socket", badHandle: "W-HANDLE", rightClause: "W-RIGHTS", typeClause: "W-TYPE", right: always(RightWrite)}
	read   = handleNeeds{typ: "socket", badHandle: "R-HANDLE", rightClause: "R-RIGHTS", typeClause: "R-TYPE", right: always(RightRead)}
)

// callsNeeds are all that take a handle, or make one.
var callsNeeds = []callNeeds{
	{"NewEvent", nil},
	{"NewPort", nil},
	{"Create", nil},
	{"Close", []handleNeeds{{badHandle: "X-CLOSE"}}},
	{"Duplicate", []handleNeeds{{rightClause: "X-DUP", right: always(RightDuplicate)}}},
	{"Replace", []handleNeeds{{}}},
	{"Transfer", []handleNeeds{{rightClause: "X-TRANSFER", right: always(RightTransfer)}}},
	{"Info", []handleNeeds{{}}},
	{"GetInfo", []handleNeeds{{typ: "socket", rightClause: "X-INFO", right: always(RightInspect)}}},
	{"GetProperty", []handleNeeds{{typ: "socket", rightClause: "Z-THRESHOLD", right: always(RightGetProperty)}}},
	{"SetProperty", []handleNeeds{{typ: "socket", rightClause: "Z-THRESHOLD", right: always(RightSetProperty)}}},
	{"Signal", []handleNeeds{{rightClause: "S-RIGHT", right: func(r *rules) Rights { return r.signal }}}},
	{"SignalPeer", []handleNeeds{{rightClause: "S-RIGHT", right: func(r *rules) Rights { return r.signalPeer }}}},
	{"WaitOne", []handleNeeds{waited}},
	{"WaitMany", []handleNeeds{waited}},
	{"WaitAsync", []handleNeeds{waited, queued}},
	{"CancelAsync", []handleNeeds{{waits: true, rightClause: "P-CANCEL", right: func(r *rules) Rights { return r.cancel }}, queued}},
	{"CancelKey", []handleNeeds{queued}},
	{"QueuePacket", []handleNeeds{queued}},
	{"WaitPort", []handleNeeds{taken}},
	{"Write", []handleNeeds{wrote}},
	{"WriteAll", []handleNeeds{wrote}},
	{"Read", []handleNeeds{read}},
	{"ReadFull", []handleNeeds{read}},
	{"Outstanding", []handleNeeds{read}},
	{"SetDisposition", []handleNeeds{{typ: "socket", rightClause: "Z-DISPOSITION", right: always(RightManageSocket)}}},
}

// callRule returns what the call needs, or nil if there is none of the name.
func callRule(name string) *callNeeds {
	for i := range callsNeeds {
		if callsNeeds[i].name == name {
			return &callsNeeds[i]
		}
	}
	return nil
}

func callNames() []string {
	names := make([]string, len(callsNeeds))
	for i := range callsNeeds {
		names[i] = callsNeeds[i].name
	}
	return names
}
