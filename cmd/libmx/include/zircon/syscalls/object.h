// What zx_object_get_info tells, and properties.

#ifndef LIBMX_ZIRCON_SYSCALLS_OBJECT_H_
#define LIBMX_ZIRCON_SYSCALLS_OBJECT_H_

#include <zircon/types.h>

__BEGIN_CDECLS

// The types of objects. Programs can come across those that this library has:
// events, sockets and ports.
enum {
    ZX_OBJ_TYPE_NONE = 0,
    ZX_OBJ_TYPE_EVENT = 5,
    ZX_OBJ_TYPE_PORT = 6,
    ZX_OBJ_TYPE_SOCKET = 14,
};

// The topics of zx_object_get_info. HANDLE_VALID has no record.
typedef enum {
    ZX_INFO_NONE = 0,
    ZX_INFO_HANDLE_VALID = 1,
    ZX_INFO_HANDLE_BASIC = 2, // zx_info_handle_basic_t
    ZX_INFO_SOCKET = 22, // zx_info_socket_t
} zx_object_info_topic_t;

typedef enum {
    ZX_OBJ_PROP_NONE = 0,
    ZX_OBJ_PROP_WAITABLE = 1,
} zx_obj_props_t;

typedef struct __ALIGNED(8) zx_info_handle_basic {
    // Of the object.
    zx_koid_t koid;
    // Of the handle.
    zx_rights_t rights;
    // Of the object: one of ZX_OBJ_TYPE_*.
    uint32_t type;
    // Of the peer, if the object is one of two; else 0.
    zx_koid_t related_koid;
    // ZX_OBJ_PROP_WAITABLE, or 0.
    uint32_t props;
} zx_info_handle_basic_t;

typedef struct zx_info_socket {
    // Of zx_socket_create.
    uint32_t options;
    uint8_t padding1[4];
    // What can be received: the most that is kept, what is there, and what one
    // read can get.
    size_t rx_buf_max;
    size_t rx_buf_size;
    size_t rx_buf_available;
    // What the peer can receive; 0 when it is gone.
    size_t tx_buf_max;
    size_t tx_buf_size;
} zx_info_socket_t;

// Properties: of a socket, in bytes, a size_t each.
#define ZX_PROP_SOCKET_RX_THRESHOLD (12u)
#define ZX_PROP_SOCKET_TX_THRESHOLD (13u)

__END_CDECLS

#endif
