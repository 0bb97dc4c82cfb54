// Marks of the SDK's releases. The headers here know no releases, so each of
// the marks is nothing.

#ifndef LIBMX_ZIRCON_AVAILABILITY_H_
#define LIBMX_ZIRCON_AVAILABILITY_H_

#define ZX_AVAILABLE_SINCE(added)
#define ZX_DEPRECATED_SINCE(added, deprecated, message)
#define ZX_REMOVED_SINCE(added, deprecated, removed, message)

#endif
