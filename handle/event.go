package handle

import "sync"

// EventCharge is what an event counts against the memory limit of the table
// that created it, in bytes, beside its handles (L-ACCOUNT).
const EventCharge = 128

// An event is an object that only has signals: those that programs set.
type event struct {
	Header
	mu      sync.Mutex
	creator *Table // which the event is charged to
}

var eventClass = Class{Type: TypeEvent, Settable: UserSignals | Signaled}

// NewEvent makes an event, an object without a peer whose signals are those
// that programs set: [UserSignals] and [Signaled]. Its handle has the rights
// duplicate, transfer, read and write.
//
// NO_MEMORY (C-NO-MEMORY): the table is full, or its memory limit reached.
func NewEvent(t *Table) (Handle, error) {
	t.check()
	if t.Hooked() {
		return t.toldNewEvent()
	}
	ev := &event{creator: t}
	ev.Init(t, &eventClass)
	return t.Insert(ev, t.rules.eventRights, EventCharge)
}

// Mutex implements [Object].
func (ev *event) Mutex() *sync.Mutex { return &ev.mu }

// State implements [Object]: an event has no signals of its own.
func (*event) State() Signals { return 0 }

// Canceled implements [Object].
func (ev *event) Canceled(*Entry) {}

// Closed implements [Object].
func (*event) Closed() {}

// Refund implements [Object].
func (ev *event) Refund() (*Table, uint64) { return ev.creator, EventCharge }
