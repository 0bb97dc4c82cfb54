//go:build cgo && unix

package main

import "C"

import (
	"encoding/binary"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

var native = binary.NativeEndian

//export libmx_object_get_info
func libmx_object_get_info(h, topic uint32, buffer uintptr, size uint64, actual, avail uintptr) int32 {
	if buffer == 0 && size > 0 {
		return invalidArgs
	}
	answer, err := table().GetInfo(handle.Handle(h), handle.Topic(topic))
	if err != nil {
		return code(err)
	}
	record := encodeInfo(answer)
	records, st := uintptr(0), status.OK
	if record != nil {
		records = 1
	}
	given := records
	if uint64(len(record)) > size {
		given, st, record = 0, status.ErrBufferTooSmall, nil
	}
	// Nothing is written unless all of it can be.
	if record != nil && !writable(buffer, uintptr(len(record))) ||
		actual != 0 && !writable(actual, sizeSize) ||
		avail != 0 && !writable(avail, sizeSize) {
		return invalidArgs
	}
	if record != nil && !store(buffer, record) ||
		actual != 0 && !storeSize(actual, given) ||
		avail != 0 && !storeSize(avail, records) {
		return invalidArgs
	}
	return int32(st)
}

// encodeInfo is the record that answers a topic, as mx_info_handle_basic_t and
// zx_info_socket_t have it; nil if the topic has none.
func encodeInfo(answer any) []byte {
	switch i := answer.(type) {
	case handle.Info:
		const size = 32
		b := native.AppendUint64(make([]byte, 0, size), uint64(i.Koid))
		b = native.AppendUint32(b, uint32(i.Rights))
		b = native.AppendUint32(b, uint32(i.Type))
		b = native.AppendUint64(b, uint64(i.RelatedKoid))
		waitable := uint32(0)
		if i.Waitable {
			waitable = 1
		}
		b = native.AppendUint32(b, waitable)
		return b[:size] // with the padding
	case mxsocket.Info:
		b := native.AppendUint32(nil, i.Options)
		b = native.AppendUint32(b, 0)
		for _, n := range []uint64{i.RxBufMax, i.RxBufSize, i.RxAvailable, i.TxBufMax, i.TxBufSize} {
			b = appendSize(b, n)
		}
		return b
	}
	return nil
}

//export libmx_object_get_property
func libmx_object_get_property(h, property uint32, value uintptr, size uint64) int32 {
	if value == 0 {
		return invalidArgs
	}
	v, err := table().GetProperty(handle.Handle(h), handle.Property(property))
	if err != nil {
		return code(err)
	}
	if size < uint64(sizeSize) {
		return int32(status.ErrBufferTooSmall)
	}
	if !storeSize(value, uintptr(v)) {
		return invalidArgs
	}
	return 0
}

//export libmx_object_set_property
func libmx_object_set_property(h, property uint32, value uintptr, size uint64) int32 {
	if value == 0 {
		return invalidArgs
	}
	t := table()
	if size < uint64(sizeSize) {
		// A property that does not exist has no size to fall short of.
		if _, err := t.GetProperty(handle.Invalid, handle.Property(property)); err == status.ErrInvalidArgs {
			return invalidArgs
		}
		return int32(status.ErrBufferTooSmall)
	}
	var v uintptr
	if !load(bytesOf(&v), value) {
		return invalidArgs
	}
	return code(t.SetProperty(handle.Handle(h), handle.Property(property), uint64(v)))
}
