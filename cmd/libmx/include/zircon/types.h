// The types and constants that all calls share.

#ifndef LIBMX_ZIRCON_TYPES_H_
#define LIBMX_ZIRCON_TYPES_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zircon/compiler.h>
#include <zircon/errors.h>
#include <zircon/rights.h>
#include <zircon/time.h>

__BEGIN_CDECLS

// A handle is a process's name for an object. Zero never is one.
typedef uint32_t zx_handle_t;
#define ZX_HANDLE_INVALID ((zx_handle_t)0)
// In the edition zircon these bits of a value are always set.
#define ZX_HANDLE_FIXED_BITS_MASK ((zx_handle_t)0x3)

// A status is what most calls return: zero, or one of <zircon/errors.h>.
typedef int32_t zx_status_t;

// Time: see <zircon/time.h>. A deadline is a time of the monotonic clock; 0 and
// less is past.

// The clocks of zx_clock_get and zx_time_get. UTC and THREAD are of the years
// in which there were these calls; since then number 1 is BOOT, which is only
// for timers and for C++ to tell times apart.
#define ZX_CLOCK_MONOTONIC ((zx_clock_t)0)
#define ZX_CLOCK_UTC ((zx_clock_t)1)
#define ZX_CLOCK_THREAD ((zx_clock_t)2)
#define ZX_CLOCK_BOOT ((zx_clock_t)1)

// A koid is an object's number, never used again.
typedef uint64_t zx_koid_t;
#define ZX_KOID_INVALID ((uint64_t)0)
#define ZX_KOID_KERNEL ((uint64_t)1)
#define ZX_KOID_FIRST ((uint64_t)1024)

// The types of objects. Programs can come across those that this library has:
// events, sockets and ports.
typedef uint32_t zx_obj_type_t;
#define ZX_OBJ_TYPE_NONE              ((zx_obj_type_t)0u)
#define ZX_OBJ_TYPE_PROCESS           ((zx_obj_type_t)1u)
#define ZX_OBJ_TYPE_THREAD            ((zx_obj_type_t)2u)
#define ZX_OBJ_TYPE_VMO               ((zx_obj_type_t)3u)
#define ZX_OBJ_TYPE_CHANNEL           ((zx_obj_type_t)4u)
#define ZX_OBJ_TYPE_EVENT             ((zx_obj_type_t)5u)
#define ZX_OBJ_TYPE_PORT              ((zx_obj_type_t)6u)
#define ZX_OBJ_TYPE_INTERRUPT         ((zx_obj_type_t)9u)
#define ZX_OBJ_TYPE_PCI_DEVICE        ((zx_obj_type_t)11u)
#define ZX_OBJ_TYPE_DEBUGLOG          ((zx_obj_type_t)12u)
#define ZX_OBJ_TYPE_LOG               ((zx_obj_type_t)12u)
#define ZX_OBJ_TYPE_SOCKET            ((zx_obj_type_t)14u)
#define ZX_OBJ_TYPE_RESOURCE          ((zx_obj_type_t)15u)
#define ZX_OBJ_TYPE_EVENTPAIR         ((zx_obj_type_t)16u)
#define ZX_OBJ_TYPE_JOB               ((zx_obj_type_t)17u)
#define ZX_OBJ_TYPE_VMAR              ((zx_obj_type_t)18u)
#define ZX_OBJ_TYPE_FIFO              ((zx_obj_type_t)19u)
#define ZX_OBJ_TYPE_GUEST             ((zx_obj_type_t)20u)
#define ZX_OBJ_TYPE_VCPU              ((zx_obj_type_t)21u)
#define ZX_OBJ_TYPE_TIMER             ((zx_obj_type_t)22u)
#define ZX_OBJ_TYPE_IOMMU             ((zx_obj_type_t)23u)
#define ZX_OBJ_TYPE_BTI               ((zx_obj_type_t)24u)
#define ZX_OBJ_TYPE_PROFILE           ((zx_obj_type_t)25u)
#define ZX_OBJ_TYPE_PMT               ((zx_obj_type_t)26u)
#define ZX_OBJ_TYPE_SUSPEND_TOKEN     ((zx_obj_type_t)27u)
#define ZX_OBJ_TYPE_PAGER             ((zx_obj_type_t)28u)
#define ZX_OBJ_TYPE_EXCEPTION         ((zx_obj_type_t)29u)
#define ZX_OBJ_TYPE_CLOCK             ((zx_obj_type_t)30u)
#define ZX_OBJ_TYPE_STREAM            ((zx_obj_type_t)31u)
#define ZX_OBJ_TYPE_MSI               ((zx_obj_type_t)32u)
#define ZX_OBJ_TYPE_IOB               ((zx_obj_type_t)33u)
#define ZX_OBJ_TYPE_COUNTER           ((zx_obj_type_t)34u)

typedef uint32_t zx_signals_t;

// Signals: the states of an object that can be waited for.
#define ZX_SIGNAL_NONE                  ((zx_signals_t)0u)

// Sockets.
#define ZX_SOCKET_READABLE              ((zx_signals_t)1u << 0)
#define ZX_SOCKET_WRITABLE              ((zx_signals_t)1u << 1)
#define ZX_SOCKET_PEER_CLOSED           ((zx_signals_t)1u << 2)
#define ZX_SOCKET_PEER_WRITE_DISABLED   ((zx_signals_t)1u << 4)
#define ZX_SOCKET_WRITE_DISABLED        ((zx_signals_t)1u << 5)
#define ZX_SOCKET_READ_THRESHOLD        ((zx_signals_t)1u << 10)
#define ZX_SOCKET_WRITE_THRESHOLD       ((zx_signals_t)1u << 11)

// Events.
#define ZX_EVENT_SIGNALED               ((zx_signals_t)1u << 3)
#define ZX_EVENT_SIGNAL_MASK            (ZX_USER_SIGNAL_ALL | ZX_EVENT_SIGNALED)

// Any object. The first is only reported by a wait that was canceled.
#define ZX_SIGNAL_HANDLE_CLOSED         ((zx_signals_t)1u << 23)
#define ZX_USER_SIGNAL_0                ((zx_signals_t)1u << 24)
#define ZX_USER_SIGNAL_1                ((zx_signals_t)1u << 25)
#define ZX_USER_SIGNAL_2                ((zx_signals_t)1u << 26)
#define ZX_USER_SIGNAL_3                ((zx_signals_t)1u << 27)
#define ZX_USER_SIGNAL_4                ((zx_signals_t)1u << 28)
#define ZX_USER_SIGNAL_5                ((zx_signals_t)1u << 29)
#define ZX_USER_SIGNAL_6                ((zx_signals_t)1u << 30)
#define ZX_USER_SIGNAL_7                ((zx_signals_t)1u << 31)
#define ZX_USER_SIGNAL_ALL              ((zx_signals_t)0xff000000u)

// What zx_object_wait_many waits for: signals of an object. pending is filled
// in by the call.
typedef struct zx_wait_item {
    zx_handle_t handle;
    zx_signals_t waitfor;
    zx_signals_t pending;
} zx_wait_item_t;
#define ZX_WAIT_MANY_MAX_ITEMS (64u)

// Options of zx_object_wait_async.
#define ZX_WAIT_ASYNC_ONCE (0u)
#define ZX_WAIT_ASYNC_TIMESTAMP (1u)
#define ZX_WAIT_ASYNC_EDGE (2u)
#define ZX_WAIT_ASYNC_BOOT_TIMESTAMP (4u)

// Options of zx_socket_create, and of zx_socket_read.
#define ZX_SOCKET_STREAM (0u)
#define ZX_SOCKET_DATAGRAM (1u)
#define ZX_SOCKET_CREATE_MASK (ZX_SOCKET_DATAGRAM)
#define ZX_SOCKET_PEEK (8u)

// What zx_socket_set_disposition may be told of an endpoint; 0 leaves it as it
// is.
#define ZX_SOCKET_DISPOSITION_WRITE_DISABLED (1u)
#define ZX_SOCKET_DISPOSITION_WRITE_ENABLED (2u)
#define ZX_SOCKET_DISPOSITION_MASK \
    (ZX_SOCKET_DISPOSITION_WRITE_DISABLED | ZX_SOCKET_DISPOSITION_WRITE_ENABLED)

// Options of zx_port_create. There are no interrupts here to bind.
#define ZX_PORT_BIND_TO_INTERRUPT (1u)

__END_CDECLS

#ifndef LIBMX_ONLY_SUPPORTED
#include <libmx/unsupported_zx_types.h>
#endif

#endif
