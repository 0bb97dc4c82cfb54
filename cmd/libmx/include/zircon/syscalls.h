// The system calls of Zircon that this library has: sockets, events and ports,
// the handles to them, waiting, and time. They do here what they do in the
// edition zircon; see <libmx/host.h> for that, for pointers, and for what a
// program must know about signal handlers, threads and fork.
//
// Each call returns ZX_OK or a negative status. A call that fails has changed
// nothing, unless it says otherwise.

#ifndef LIBMX_ZIRCON_SYSCALLS_H_
#define LIBMX_ZIRCON_SYSCALLS_H_

#include <libmx/host.h>
#include <zircon/syscalls/types.h>

__BEGIN_CDECLS

// Sockets.

// zx_socket_create makes a connected pair and puts a handle to each end into
// *out0 and *out1. options is ZX_SOCKET_STREAM or ZX_SOCKET_DATAGRAM.
zx_status_t zx_socket_create(uint32_t options, zx_handle_t* out0, zx_handle_t* out1);

// zx_socket_write puts bytes into the buffer of the other end, and how many it
// took into *actual, unless actual is null. It never blocks. options is 0.
zx_status_t zx_socket_write(zx_handle_t handle, uint32_t options, const void* buffer, size_t size,
                            size_t* actual);

// zx_socket_read takes bytes that the other end has written: of a stream what
// there is, or one datagram. It never blocks. With ZX_SOCKET_PEEK the bytes
// stay.
zx_status_t zx_socket_read(zx_handle_t handle, uint32_t options, void* buffer, size_t size,
                           size_t* actual);

// zx_socket_set_disposition says whether this end may write, and whether the
// other may: ZX_SOCKET_DISPOSITION_*, or 0 to leave it as it is.
zx_status_t zx_socket_set_disposition(zx_handle_t handle, uint32_t disposition,
                                      uint32_t disposition_peer);

// Handles.

// zx_handle_close closes a handle. ZX_HANDLE_INVALID is ignored.
zx_status_t zx_handle_close(zx_handle_t handle);

// zx_handle_close_many closes all of them, and ignores ZX_HANDLE_INVALID among
// them. ZX_ERR_BAD_HANDLE: one of the last 64 values was no handle; the others
// are closed all the same. ZX_ERR_INVALID_ARGS: handles is an invalid pointer,
// or becomes one after a multiple of 64 values, up to which all are closed.
zx_status_t zx_handle_close_many(const zx_handle_t* handles, size_t num_handles);

// zx_handle_check_valid says whether a value is a handle.
zx_status_t zx_handle_check_valid(zx_handle_t handle);

// zx_handle_duplicate makes another handle to the same object, with rights that
// are a subset of the handle's own, or ZX_RIGHT_SAME_RIGHTS.
zx_status_t zx_handle_duplicate(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out);

// zx_handle_replace does the same and closes the old handle at one instant; the
// old handle is closed also when it fails.
zx_status_t zx_handle_replace(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out);

// Objects.

// zx_object_wait_one blocks until one of the signals is asserted on the object,
// until the deadline (ZX_ERR_TIMED_OUT), or until the handle is closed
// (ZX_ERR_CANCELED). In these cases *observed, unless observed is null, tells
// what was seen. Deadline 0 polls.
zx_status_t zx_object_wait_one(zx_handle_t handle, zx_signals_t signals, zx_time_t deadline,
                               zx_signals_t* observed);

// zx_object_wait_many waits for any of several objects, and fills in pending of
// every item. It takes up to ZX_WAIT_MANY_MAX_ITEMS.
zx_status_t zx_object_wait_many(zx_wait_item_t* items, size_t num_items, zx_time_t deadline);

// zx_object_wait_async asks for a packet in a port when one of the signals is
// asserted.
zx_status_t zx_object_wait_async(zx_handle_t handle, zx_handle_t port, uint64_t key,
                                 zx_signals_t signals, uint32_t options);

// zx_object_signal clears and then sets signals that belong to programs:
// ZX_USER_SIGNAL_ALL, and of an event ZX_EVENT_SIGNALED. zx_object_signal_peer
// does so at the other end of a socket.
zx_status_t zx_object_signal(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask);
zx_status_t zx_object_signal_peer(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask);

// zx_object_get_info tells whether the handle is one (ZX_INFO_HANDLE_VALID,
// with nothing filled in), or fills in buffer with records about the topic, and
// puts how many into *actual and how many there are into *avail, unless these
// are null. ZX_ERR_BUFFER_TOO_SMALL: there is no room for the record; *actual
// and *avail are filled in.
zx_status_t zx_object_get_info(zx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                               size_t* actual, size_t* avail);

// zx_object_get_property and zx_object_set_property read and change a property:
// ZX_PROP_*.
zx_status_t zx_object_get_property(zx_handle_t handle, uint32_t property, void* value,
                                   size_t value_size);
zx_status_t zx_object_set_property(zx_handle_t handle, uint32_t property, const void* value,
                                   size_t value_size);

// zx_object_get_child finds an object inside another by its koid. The objects
// that are here have none inside, and no handle to them has ZX_RIGHT_ENUMERATE,
// so it always fails, with ZX_ERR_ACCESS_DENIED at best.
zx_status_t zx_object_get_child(zx_handle_t handle, uint64_t koid, zx_rights_t rights,
                                zx_handle_t* out);

// Events and ports.

// zx_event_create makes an event. options is 0.
zx_status_t zx_event_create(uint32_t options, zx_handle_t* out);

// zx_port_create makes a port. options is 0.
zx_status_t zx_port_create(uint32_t options, zx_handle_t* out);

// zx_port_queue puts a packet of the type ZX_PKT_TYPE_USER into a port.
zx_status_t zx_port_queue(zx_handle_t handle, const zx_port_packet_t* packet);

// zx_port_wait takes the earliest packet, and blocks until there is one.
zx_status_t zx_port_wait(zx_handle_t handle, zx_time_t deadline, zx_port_packet_t* packet);

// zx_port_cancel ends what zx_object_wait_async began with this very source,
// port and key, and removes its packets from the port.
zx_status_t zx_port_cancel(zx_handle_t handle, zx_handle_t source, uint64_t key);

// zx_port_cancel_key ends what zx_object_wait_async began with this port and
// key, from whatever handle, and removes all packets of that key from the port,
// those of zx_port_queue too. options is 0. ZX_ERR_NOT_FOUND: there were
// neither. In the editions of 2017 it is ZX_ERR_NOT_SUPPORTED.
zx_status_t zx_port_cancel_key(zx_handle_t handle, uint32_t options, uint64_t key);

// Time.

// zx_clock_get_monotonic reads the clock that deadlines are of. This machine is
// never suspended, so that the boot clock, which goes on meanwhile, is the
// same.
zx_instant_mono_t zx_clock_get_monotonic(void);
zx_instant_boot_t zx_clock_get_boot(void);

// zx_clock_get puts what a clock shows into *out, in nanoseconds.
// zx_clock_get_new is how it was spelled while zx_clock_get still returned the
// time. ZX_ERR_INVALID_ARGS: there is no such clock.
zx_status_t zx_clock_get(zx_clock_t clock_id, zx_time_t* out);
zx_status_t zx_clock_get_new(zx_clock_t clock_id, zx_time_t* out);

// zx_time_get reads a clock, as the call was spelled at first; one that there
// is not shows 0.
zx_time_t zx_time_get(zx_clock_t clock_id);

// zx_deadline_after is that much from now; what lies beyond all time is
// ZX_TIME_INFINITE.
zx_instant_mono_t zx_deadline_after(zx_duration_mono_t nanoseconds);

// zx_nanosleep blocks until the deadline.
zx_status_t zx_nanosleep(zx_time_t deadline);

zx_instant_mono_ticks_t zx_ticks_get(void);
zx_instant_boot_ticks_t zx_ticks_get_boot(void);
zx_ticks_t zx_ticks_per_second(void);

// This machine and this process.

uint32_t zx_system_get_num_cpus(void);
uint32_t zx_system_get_page_size(void);
uint64_t zx_system_get_physmem(void);

// zx_cprng_draw fills the buffer with random bytes.
void zx_cprng_draw(void* buffer, size_t buffer_size);

// zx_process_exit ends the process at once, with the low 8 bits of retcode for
// its parent, and zx_thread_exit the thread.
__NO_RETURN void zx_process_exit(int64_t retcode);
__NO_RETURN void zx_thread_exit(void);

__END_CDECLS

#ifdef __cplusplus
// The call as it was until 2019: C++ can have both.
inline zx_time_t zx_clock_get(zx_clock_t clock_id) { return zx_time_get(clock_id); }
#endif

#ifndef LIBMX_ONLY_SUPPORTED
#include <libmx/unsupported_zx.h>
#endif

#endif
