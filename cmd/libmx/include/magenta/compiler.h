// Names for what compilers offer beyond the language, as programs for Magenta
// use them. Each is defined unless the program has done so itself.

#ifndef LIBMX_MAGENTA_COMPILER_H_
#define LIBMX_MAGENTA_COMPILER_H_

#if !defined(__GNUC__)
#error "libmx: these headers are for compilers that speak GNU C, such as gcc and clang"
#endif
#if defined(__cplusplus) && __cplusplus < 201103L
#error "libmx: these headers are for C++11 and later: compile with -std=c++11 or a later one"
#endif
#if !defined(__cplusplus) && (!defined(__STDC_VERSION__) || __STDC_VERSION__ < 199901L)
#error "libmx: these headers are for C99 and later: compile with -std=c99 or a later one"
#endif

// <stdint.h> says which C library this is. The Go runtime inside of libmx gets
// the arguments of the program from glibc, by a way that musl does not have:
// every program would crash before main.
#include <stdint.h>
#if defined(__linux__) && !defined(__GLIBC__) && !defined(__BIONIC__)
#error "libmx: on Linux it works with glibc and not with musl: compile with a gcc or clang for glibc"
#endif

#ifdef __cplusplus
#define __BEGIN_CDECLS extern "C" {
#define __END_CDECLS }
#else
#define __BEGIN_CDECLS
#define __END_CDECLS
#endif

#ifndef likely
#define likely(x) __builtin_expect(!!(x), 1)
#endif
#ifndef unlikely
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif
#ifndef countof
#define countof(a) (sizeof(a) / sizeof((a)[0]))
#endif

// Attributes of functions.
#ifndef __NO_RETURN
#define __NO_RETURN __attribute__((__noreturn__))
#endif
#ifndef __NO_INLINE
#define __NO_INLINE __attribute__((__noinline__))
#endif
#ifndef __ALWAYS_INLINE
#define __ALWAYS_INLINE __attribute__((__always_inline__))
#endif
#ifndef __GNU_INLINE
#define __GNU_INLINE __attribute__((__gnu_inline__))
#endif
#ifndef __LEAF_FN
#if defined(__clang__)
#define __LEAF_FN
#else
#define __LEAF_FN __attribute__((__leaf__))
#endif
#endif
#ifndef __NAKED
#define __NAKED __attribute__((__naked__))
#endif
#ifndef __DEPRECATE
#define __DEPRECATE __attribute__((__deprecated__))
#endif
#ifndef __PURE
#define __PURE __attribute__((__pure__))
#endif
#ifndef __CONST
#define __CONST __attribute__((__const__))
#endif
#ifndef __MALLOC
#define __MALLOC __attribute__((__malloc__))
#endif
#ifndef __NONNULL
#define __NONNULL(x) __attribute__((__nonnull__ x))
#endif
#ifndef __WARN_UNUSED_RESULT
#define __WARN_UNUSED_RESULT __attribute__((__warn_unused_result__))
#endif
#ifndef __NO_DISCARD
#define __NO_DISCARD __WARN_UNUSED_RESULT
#endif
#ifndef __NODISCARD
#define __NODISCARD __WARN_UNUSED_RESULT
#endif
#ifndef __PRINTFLIKE
#define __PRINTFLIKE(format, first) __attribute__((__format__(__printf__, format, first)))
#endif
#ifndef __SCANFLIKE
#define __SCANFLIKE(format, first) __attribute__((__format__(__scanf__, format, first)))
#endif
#ifndef __CONSTRUCTOR
#define __CONSTRUCTOR __attribute__((__constructor__))
#endif
#ifndef __DESTRUCTOR
#define __DESTRUCTOR __attribute__((__destructor__))
#endif

// Attributes of symbols.
#ifndef __UNUSED
#define __UNUSED __attribute__((__unused__))
#endif
#ifndef __USED
#define __USED __attribute__((__used__))
#endif
#ifndef __WEAK
#define __WEAK __attribute__((__weak__))
#endif
#ifndef __ALIAS
#define __ALIAS(x) __attribute__((__alias__(x)))
#endif
#ifndef __WEAK_ALIAS
#define __WEAK_ALIAS(x) __attribute__((__weak__, __alias__(x)))
#endif
#ifndef __EXPORT
#define __EXPORT __attribute__((__visibility__("default")))
#endif
#ifndef __LOCAL
#define __LOCAL __attribute__((__visibility__("hidden")))
#endif
#ifndef __SECTION
#define __SECTION(x) __attribute__((__section__(x)))
#endif
#ifndef __EXTERNALLY_VISIBLE
#if defined(__clang__)
#define __EXTERNALLY_VISIBLE
#else
#define __EXTERNALLY_VISIBLE __attribute__((__externally_visible__))
#endif
#endif
#ifndef __THREAD
#define __THREAD __thread
#endif

// Attributes of types and objects.
#ifndef __PACKED
#define __PACKED __attribute__((__packed__))
#endif
#ifndef __ALIGNED
#define __ALIGNED(x) __attribute__((__aligned__(x)))
#endif
#ifndef __MAY_ALIAS
#define __MAY_ALIAS __attribute__((__may_alias__))
#endif

// Statements and expressions.
#ifndef __RESTRICT
#define __RESTRICT __restrict
#endif
#ifndef __CONSTEXPR
#ifdef __cplusplus
#define __CONSTEXPR constexpr
#else
#define __CONSTEXPR
#endif
#endif
#ifndef __UNREACHABLE
#define __UNREACHABLE __builtin_unreachable()
#endif
#ifndef __ISCONSTANT
#define __ISCONSTANT(x) __builtin_constant_p(x)
#endif
#ifndef __GET_CALLER
#define __GET_CALLER(x) __builtin_return_address(0)
#endif
#ifndef __GET_FRAME
#define __GET_FRAME(x) __builtin_frame_address(0)
#endif
#ifndef __offsetof
#define __offsetof(type, field) __builtin_offsetof(type, field)
#endif
#ifndef __FALLTHROUGH
#if defined(__cplusplus) && __cplusplus >= 201703L
#define __FALLTHROUGH [[fallthrough]]
#elif defined(__clang__) && defined(__cplusplus)
#define __FALLTHROUGH [[clang::fallthrough]]
#elif __GNUC__ >= 7
#define __FALLTHROUGH __attribute__((__fallthrough__))
#else
#define __FALLTHROUGH do { } while (0)
#endif
#endif

// Annotations for clang's analysis of locks.
#ifndef __THREAD_ANNOTATION
#if defined(__clang__)
#define __THREAD_ANNOTATION(x) __attribute__((x))
#else
#define __THREAD_ANNOTATION(x)
#endif
#define __TA_CAPABILITY(x) __THREAD_ANNOTATION(__capability__(x))
#define __TA_SCOPED_CAPABILITY __THREAD_ANNOTATION(__scoped_lockable__)
#define __TA_GUARDED(x) __THREAD_ANNOTATION(__guarded_by__(x))
#define __TA_ACQUIRE(...) __THREAD_ANNOTATION(__acquire_capability__(__VA_ARGS__))
#define __TA_TRY_ACQUIRE(...) __THREAD_ANNOTATION(__try_acquire_capability__(__VA_ARGS__))
#define __TA_RELEASE(...) __THREAD_ANNOTATION(__release_capability__(__VA_ARGS__))
#define __TA_REQUIRES(...) __THREAD_ANNOTATION(__requires_capability__(__VA_ARGS__))
#define __TA_EXCLUDES(...) __THREAD_ANNOTATION(__locks_excluded__(__VA_ARGS__))
#define __TA_ACQUIRED_BEFORE(...) __THREAD_ANNOTATION(__acquired_before__(__VA_ARGS__))
#define __TA_ACQUIRED_AFTER(...) __THREAD_ANNOTATION(__acquired_after__(__VA_ARGS__))
#define __TA_RETURN_CAPABILITY(x) __THREAD_ANNOTATION(__lock_returned__(x))
#define __TA_NO_THREAD_SAFETY_ANALYSIS __THREAD_ANNOTATION(__no_thread_safety_analysis__)
#endif

#endif
