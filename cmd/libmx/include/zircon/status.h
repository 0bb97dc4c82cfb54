// Names of statuses.

#ifndef LIBMX_ZIRCON_STATUS_H_
#define LIBMX_ZIRCON_STATUS_H_

#include <zircon/types.h>

__BEGIN_CDECLS

// zx_status_get_string returns the name of a status, such as
// "ZX_ERR_SHOULD_WAIT", or "(UNKNOWN)".
const char* zx_status_get_string(zx_status_t status);

__END_CDECLS

#endif
