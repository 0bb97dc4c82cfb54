// Experiments: what no kernel lets a program do, and a test of one may want.
//
// The laboratory is one kernel with any number of processes. A process is a
// handle table, and a thread is in one of them: that is whose handles its calls
// are about. All of it begins with mx_lab_reset; before that every other call
// here is MX_ERR_BAD_STATE, and the calls of <magenta/syscalls.h> and
// <zircon/syscalls.h> are those of an ordinary process.
//
// Any thread may make any of these calls at any time. Each returns MX_OK or a
// negative status, and has done nothing if it failed.

#ifndef LIBMX_LAB_H_
#define LIBMX_LAB_H_

#include <libmx/host.h>
#include <magenta/types.h>

__BEGIN_CDECLS

// mx_lab_reset makes a fresh kernel with the rules of an edition, and process 0
// in it, which all threads are in. What was there before is gone: its handles
// are closed, calls that wait for them return MX_ERR_CANCELED, and its processes
// are no more. It goes before mx_set_edition and the environment.
//
// MX_ERR_INVALID_ARGS: there is no edition of that name.
mx_status_t mx_lab_reset(const char* edition);

// No limit but the library's own.
#define MX_LAB_NO_LIMIT UINT64_MAX

// mx_lab_process_create makes a process that may have so many handles, and so
// many bytes queued in sockets and ports that it has created, with a fixed
// charge for each handle and object: what is above them is MX_ERR_NO_MEMORY. Its
// edition may be another than the kernel's; null is the same. *process is its
// number.
//
// MX_ERR_INVALID_ARGS: there is no such edition, more handles than the library
// can have, or process is an invalid pointer.
mx_status_t mx_lab_process_create(const char* edition, uint64_t max_handles, uint64_t max_bytes,
                                  uint32_t* process);

// mx_lab_process_enter puts the calling thread into a process: from now on its
// calls are about the handles of that one. MX_ERR_NOT_FOUND: there is no such
// process.
mx_status_t mx_lab_process_enter(uint32_t process);

// mx_lab_handle_transfer moves a handle to a process, as a message of a channel
// would; *out is its value there. MX_ERR_NOT_FOUND: there is no such process.
// MX_ERR_ACCESS_DENIED: the handle lacks MX_RIGHT_TRANSFER. MX_ERR_NO_MEMORY:
// the process has as many handles as it may. MX_ERR_NOT_SUPPORTED: its edition
// is another. MX_ERR_INVALID_ARGS: out is an invalid pointer.
mx_status_t mx_lab_handle_transfer(mx_handle_t handle, uint32_t process, mx_handle_t* out);

// mx_lab_socket_create makes a pair whose directions hold so many bytes each,
// from 1 to 4,294,967,295, so that a test comes to a full socket at once.
mx_status_t mx_lab_socket_create(uint32_t options, uint64_t capacity, mx_handle_t* out0,
                                 mx_handle_t* out1);

// mx_lab_socket_outstanding puts into *actual how many bytes wait at a socket, all
// datagrams together, with the checks of a read: the query of 2017, which the
// calls of zircon have not.
mx_status_t mx_lab_socket_outstanding(mx_handle_t handle, size_t* actual);

// mx_lab_on_block is about the next call of this thread that waits: if that call
// blocks it calls blocks(argument) once, when it can no longer miss a signal, so
// that another thread can go on without sleeping for a while and hoping. blocks
// must not make calls of this library.
mx_status_t mx_lab_on_block(void (*blocks)(void* argument), void* argument);

__END_CDECLS

#endif
