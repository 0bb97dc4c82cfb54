// What zx_object_get_info tells, and properties.

#ifndef LIBMX_ZIRCON_SYSCALLS_OBJECT_H_
#define LIBMX_ZIRCON_SYSCALLS_OBJECT_H_

#include <zircon/types.h>

__BEGIN_CDECLS

// The topics of zx_object_get_info. HANDLE_VALID has no record; the others have
// one each, and to a buffer that is smaller than it ZX_ERR_BUFFER_TOO_SMALL.
typedef uint32_t zx_object_info_topic_t;
#define ZX_INFO_NONE            ((zx_object_info_topic_t)0u)
#define ZX_INFO_HANDLE_VALID    ((zx_object_info_topic_t)1u)
#define ZX_INFO_HANDLE_BASIC    ((zx_object_info_topic_t)2u)  // zx_info_handle_basic_t
#define ZX_INFO_SOCKET          ((zx_object_info_topic_t)22u) // zx_info_socket_t

typedef uint32_t zx_obj_props_t;
#define ZX_OBJ_PROP_NONE        ((zx_obj_props_t)0u)
#define ZX_OBJ_PROP_WAITABLE    ((zx_obj_props_t)1u)

typedef struct __ALIGNED(8) zx_info_handle_basic {
    // Of the object.
    zx_koid_t koid;
    // Of the handle.
    zx_rights_t rights;
    // Of the object: one of ZX_OBJ_TYPE_*.
    uint32_t type;
    // Of the peer, if the object is one of two; else 0.
    zx_koid_t related_koid;
    // ZX_OBJ_PROP_WAITABLE, or 0. Today's headers call it reserved.
    uint32_t props;
    uint8_t padding1[4];
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
