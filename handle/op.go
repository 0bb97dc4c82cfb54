package handle

import "strconv"

// An Op is a kind of [Call]. Its text is the name of the function or method.
type Op uint8

// The kinds of call. Calls with a context, and those that end in Func, are of
// the kind that they are a form of; what Conn.Read does is a ReadFull for which
// one byte is enough, and what Conn.Write does a WriteAll.
const (
	OpNewTable Op = iota + 1
	OpClose
	OpDuplicate
	OpReplace
	OpTransfer
	OpInfo
	OpGetInfo
	OpGetProperty
	OpSetProperty
	OpSignal
	OpSignalPeer
	OpWaitOne
	OpWaitMany
	OpNewEvent
	OpNewPort
	OpQueuePacket
	OpWaitPort
	OpWaitAsync
	OpCancelAsync
	OpCancelKey

	// Of package mxsocket.
	OpCreate
	OpWrite
	OpRead
	OpWriteRaw
	OpReadRaw
	OpOutstanding
	OpWriteAll
	OpReadFull
	OpSetDisposition
)

var opNames = [...]string{
	OpNewTable: "NewTable", OpClose: "Close", OpDuplicate: "Duplicate", OpReplace: "Replace",
	OpTransfer: "Transfer", OpInfo: "Info", OpGetInfo: "GetInfo", OpGetProperty: "GetProperty",
	OpSetProperty: "SetProperty", OpSignal: "Signal", OpSignalPeer: "SignalPeer",
	OpWaitOne: "WaitOne", OpWaitMany: "WaitMany", OpNewEvent: "NewEvent", OpNewPort: "NewPort",
	OpQueuePacket: "QueuePacket", OpWaitPort: "WaitPort", OpWaitAsync: "WaitAsync",
	OpCancelAsync: "CancelAsync", OpCancelKey: "CancelKey", OpCreate: "Create", OpWrite: "Write",
	OpRead: "Read", OpWriteRaw: "WriteRaw", OpReadRaw: "ReadRaw", OpOutstanding: "Outstanding",
	OpWriteAll: "WriteAll", OpReadFull: "ReadFull", OpSetDisposition: "SetDisposition",
}

// String returns the name of the call, such as "WriteAll".
func (op Op) String() string {
	if int(op) < len(opNames) && opNames[op] != "" {
		return opNames[op]
	}
	return "Op(" + strconv.Itoa(int(op)) + ")"
}
