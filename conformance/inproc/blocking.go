package inproc

import (
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// WriteAll is [mxsocket.WriteAll], which no kernel has as a call.
func (p process) WriteAll(h handle.Handle, b []byte, deadline time.Time) (int, error) {
	return mxsocket.WriteAll(p.Table, h, b, deadline)
}

// ReadFull is [mxsocket.ReadFull].
func (p process) ReadFull(h handle.Handle, b []byte, deadline time.Time) (int, error) {
	return mxsocket.ReadFull(p.Table, h, b, deadline)
}
