// The packets of ports.

#ifndef LIBMX_MAGENTA_SYSCALLS_PORT_H_
#define LIBMX_MAGENTA_SYSCALLS_PORT_H_

#include <magenta/types.h>

__BEGIN_CDECLS

// The largest packet that a port of the first version takes.
#define MX_PORT_MAX_PKT_SIZE (128u)

// The types of packets: queued by mx_port_queue, or by an object that
// mx_object_wait_async was called for.
#define MX_PKT_TYPE_USER (0u)
#define MX_PKT_TYPE_SIGNAL_ONE (1u)
#define MX_PKT_TYPE_SIGNAL_REP (2u)

#define MX_PKT_IS_USER(type) ((type) == MX_PKT_TYPE_USER)
#define MX_PKT_IS_SIGNAL_ONE(type) ((type) == MX_PKT_TYPE_SIGNAL_ONE)
#define MX_PKT_IS_SIGNAL_REP(type) ((type) == MX_PKT_TYPE_SIGNAL_REP)

typedef union mx_packet_user {
    uint64_t u64[4];
    uint32_t u32[8];
    uint16_t u16[16];
    uint8_t c8[32];
} mx_packet_user_t;

typedef struct mx_packet_signal {
    // The signals that were asked for.
    mx_signals_t trigger;
    // The whole state of the object when the packet was made.
    mx_signals_t observed;
    uint64_t count;
} mx_packet_signal_t;

typedef struct mx_port_packet {
    uint64_t key;
    uint32_t type;
    mx_status_t status;
    // Which one counts depends on the type.
    __extension__ union {
        mx_packet_user_t user;
        mx_packet_signal_t signal;
    };
} mx_port_packet_t;

__END_CDECLS

#endif
