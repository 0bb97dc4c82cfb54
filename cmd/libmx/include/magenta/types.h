// The types and constants that all calls share.

#ifndef LIBMX_MAGENTA_TYPES_H_
#define LIBMX_MAGENTA_TYPES_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <magenta/compiler.h>
#include <magenta/errors.h>
#include <magenta/rights.h>

__BEGIN_CDECLS

// A handle is a process's name for an object. Zero never is one.
typedef int32_t mx_handle_t;
#define MX_HANDLE_INVALID ((mx_handle_t)0)

// A status is what most calls return: zero, or one of <magenta/errors.h>.
typedef int32_t mx_status_t;

// Time, in nanoseconds. A deadline is a time of the monotonic clock; 0 is past.
typedef uint64_t mx_time_t;
typedef uint64_t mx_duration_t;
typedef uint64_t mx_ticks_t;
#define MX_TIME_INFINITE UINT64_MAX
#define MX_NSEC(n) (1ULL * (n))
#define MX_USEC(n) (1000ULL * (n))
#define MX_MSEC(n) (1000000ULL * (n))
#define MX_SEC(n) (1000000000ULL * (n))
#define MX_MIN(n) (60000000000ULL * (n))
#define MX_HOUR(n) (3600000000000ULL * (n))

// The clocks of mx_time_get.
#define MX_CLOCK_MONOTONIC (0u)
#define MX_CLOCK_UTC (1u)
#define MX_CLOCK_THREAD (2u)

// A koid is an object's number, never used again.
typedef uint64_t mx_koid_t;
#define MX_KOID_INVALID ((uint64_t)0)
#define MX_KOID_KERNEL ((uint64_t)1)

// A type of object: see <magenta/syscalls/object.h>.
typedef uint32_t mx_obj_type_t;

typedef uint32_t mx_signals_t;

// Signals: the states of an object that can be waited for.
#define MX_SIGNAL_NONE                  ((mx_signals_t)0u)

// Sockets.
#define MX_SOCKET_READABLE              ((mx_signals_t)1u << 0)
#define MX_SOCKET_WRITABLE              ((mx_signals_t)1u << 1)
#define MX_SOCKET_PEER_CLOSED           ((mx_signals_t)1u << 2)

// Events.
#define MX_EVENT_SIGNALED               ((mx_signals_t)1u << 3)
#define MX_EVENT_SIGNAL_MASK            (MX_USER_SIGNAL_ALL | MX_EVENT_SIGNALED)

// Any object. The second is only reported by a wait that was canceled.
#define MX_SIGNAL_LAST_HANDLE           ((mx_signals_t)1u << 22)
#define MX_SIGNAL_HANDLE_CLOSED         ((mx_signals_t)1u << 23)
#define MX_USER_SIGNAL_0                ((mx_signals_t)1u << 24)
#define MX_USER_SIGNAL_1                ((mx_signals_t)1u << 25)
#define MX_USER_SIGNAL_2                ((mx_signals_t)1u << 26)
#define MX_USER_SIGNAL_3                ((mx_signals_t)1u << 27)
#define MX_USER_SIGNAL_4                ((mx_signals_t)1u << 28)
#define MX_USER_SIGNAL_5                ((mx_signals_t)1u << 29)
#define MX_USER_SIGNAL_6                ((mx_signals_t)1u << 30)
#define MX_USER_SIGNAL_7                ((mx_signals_t)1u << 31)
#define MX_USER_SIGNAL_ALL              ((mx_signals_t)0xff000000u)

// What mx_object_wait_many waits for: signals of an object. pending is filled
// in by the call.
typedef struct mx_wait_item {
    mx_handle_t handle;
    mx_signals_t waitfor;
    mx_signals_t pending;
} mx_wait_item_t;
#define MX_WAIT_MANY_MAX_ITEMS (1024u)

// Options of mx_object_wait_async.
#define MX_WAIT_ASYNC_ONCE (0u)
#define MX_WAIT_ASYNC_REPEATING (1u)

// Options of mx_socket_create, and of mx_socket_write.
#define MX_SOCKET_STREAM (0u)
#define MX_SOCKET_DATAGRAM (1u)
#define MX_SOCKET_HALF_CLOSE (1u)

// Options of mx_port_create.
#define MX_PORT_OPT_V1 (0u)
#define MX_PORT_OPT_V2 (1u)

__END_CDECLS

#ifndef LIBMX_ONLY_SUPPORTED
#include <libmx/unsupported_mx_types.h>
#endif

#endif
