// The packets of ports.

#ifndef LIBMX_ZIRCON_SYSCALLS_PORT_H_
#define LIBMX_ZIRCON_SYSCALLS_PORT_H_

#include <zircon/types.h>

__BEGIN_CDECLS

// The types of packets: queued by zx_port_queue, or by an object that
// zx_object_wait_async was called for.
typedef uint32_t zx_packet_type_t;
#define ZX_PKT_TYPE_USER ((zx_packet_type_t)0u)
#define ZX_PKT_TYPE_SIGNAL_ONE ((zx_packet_type_t)1u)

#define ZX_PKT_IS_USER(type) ((type) == ZX_PKT_TYPE_USER)
#define ZX_PKT_IS_SIGNAL_ONE(type) ((type) == ZX_PKT_TYPE_SIGNAL_ONE)

typedef union zx_packet_user {
    uint64_t u64[4];
    uint32_t u32[8];
    uint16_t u16[16];
    uint8_t c8[32];
} zx_packet_user_t;

typedef struct zx_packet_signal {
    // The signals that were asked for.
    zx_signals_t trigger;
    // The whole state of the object when the packet was made.
    zx_signals_t observed;
    uint64_t count;
    // When the packet was made, if ZX_WAIT_ASYNC_TIMESTAMP or
    // ZX_WAIT_ASYNC_BOOT_TIMESTAMP asked for it; else 0.
    zx_time_t timestamp;
    uint64_t reserved1;
} zx_packet_signal_t;

typedef struct zx_port_packet {
    uint64_t key;
    zx_packet_type_t type;
    zx_status_t status;
    // Which one counts depends on the type.
    __extension__ union {
        zx_packet_user_t user;
        zx_packet_signal_t signal;
    };
} zx_port_packet_t;

__END_CDECLS

#endif
