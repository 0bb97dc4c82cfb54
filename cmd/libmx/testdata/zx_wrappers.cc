// C++ as it is written for the calls of Zircon: times and durations that can be
// computed with when the program is compiled, clocks, and classes that own a
// handle or only know it. It is C++17, for std::timespec.

#include "check.h"

#include <zircon/assert.h>
#include <zircon/availability.h>
#include <zircon/compiler.h>
#include <zircon/errors.h>
#include <zircon/rights.h>
#include <zircon/status.h>
#include <zircon/syscalls.h>
#include <zircon/syscalls/clock.h>
#include <zircon/syscalls/object.h>
#include <zircon/syscalls/port.h>
#include <zircon/time.h>
#include <zircon/types.h>

#include <ctime>
#include <thread>
#include <utility>

namespace zx {

class duration final {
public:
    constexpr duration() = default;
    explicit constexpr duration(zx_duration_t value) : value_(value) {}
    explicit constexpr duration(std::timespec ts) : value_(zx_duration_from_timespec(ts)) {}
    static constexpr duration infinite() { return duration(ZX_TIME_INFINITE); }
    static constexpr duration infinite_past() { return duration(ZX_TIME_INFINITE_PAST); }
    constexpr zx_duration_t get() const { return value_; }

    constexpr duration operator-() const ZX_AVAILABLE_SINCE(9) {
        return duration(zx_duration_mul_int64(value_, -1));
    }
    constexpr duration operator+(duration b) const { return duration(zx_duration_add_duration(value_, b.value_)); }
    constexpr duration operator-(duration b) const { return duration(zx_duration_sub_duration(value_, b.value_)); }
    constexpr duration operator*(int64_t n) const { return duration(zx_duration_mul_int64(value_, n)); }
    constexpr int64_t operator/(duration b) const { return value_ / b.value_; }
    constexpr duration& operator+=(duration b) {
        value_ = zx_duration_add_duration(value_, b.value_);
        return *this;
    }
    constexpr bool operator==(duration b) const { return value_ == b.value_; }
    constexpr bool operator<(duration b) const { return value_ < b.value_; }
    constexpr int64_t to_nsecs() const { return zx_nsec_from_duration(value_); }
    constexpr int64_t to_msecs() const { return value_ / ZX_MSEC(1); }
    constexpr int64_t to_hours() const { return value_ / ZX_HOUR(1); }
    constexpr std::timespec to_timespec() const { return zx_timespec_from_duration(value_); }

private:
    zx_duration_t value_ = 0;
} ZX_AVAILABLE_SINCE(7);

constexpr duration nsec(int64_t n) { return duration(ZX_NSEC(n)); }
constexpr duration usec(int64_t n) { return duration(ZX_USEC(n)); }
constexpr duration msec(int64_t n) { return duration(ZX_MSEC(n)); }
constexpr duration sec(int64_t n) { return duration(ZX_SEC(n)); }
constexpr duration min(int64_t n) { return duration(ZX_MIN(n)); }
constexpr duration hour(int64_t n) { return duration(ZX_HOUR(n)); }

template <zx_clock_t Clock>
class basic_time final {
public:
    constexpr basic_time() = default;
    explicit constexpr basic_time(zx_time_t value) : value_(value) {}
    static constexpr basic_time infinite() { return basic_time(ZX_TIME_INFINITE); }
    constexpr zx_time_t get() const { return value_; }
    zx_time_t* get_address() { return &value_; }
    constexpr duration operator-(basic_time b) const { return duration(zx_time_sub_time(value_, b.value_)); }
    constexpr basic_time operator+(duration d) const { return basic_time(zx_time_add_duration(value_, d.get())); }
    constexpr basic_time operator-(duration d) const { return basic_time(zx_time_sub_duration(value_, d.get())); }
    constexpr basic_time& operator+=(duration d) { return *this = *this + d; }
    constexpr bool operator==(basic_time b) const { return value_ == b.value_; }
    constexpr bool operator<(basic_time b) const { return value_ < b.value_; }
    constexpr bool operator>=(basic_time b) const { return !(*this < b); }

private:
    zx_time_t value_ = 0;
};

using time = basic_time<ZX_CLOCK_MONOTONIC>;
using time_boot = basic_time<ZX_CLOCK_BOOT>;
using time_utc = basic_time<ZX_CLOCK_UTC>;
using time_thread = basic_time<ZX_CLOCK_THREAD>;

// Ticks, with the macros of the compiler header.
class ticks {
public:
    explicit constexpr ticks(zx_ticks_t value) : value_(value) {}
    static ticks now() { return ticks(zx_ticks_get()); }
    static ticks per_second() { return ticks(zx_ticks_per_second()); }
    constexpr zx_ticks_t get() const { return value_; }
    constexpr ticks operator+(ticks b) const {
        zx_ticks_t sum = 0;
        if (unlikely(add_overflow(value_, b.value_, &sum))) {
            return ticks(sum >= 0 ? ZX_TIME_INFINITE_PAST : ZX_TIME_INFINITE);
        }
        return ticks(sum);
    }
    constexpr ticks operator-(ticks b) const {
        zx_ticks_t difference = 0;
        return sub_overflow(value_, b.value_, &difference) ? ticks(0) : ticks(difference);
    }
    constexpr ticks operator*(uint64_t n) const {
        zx_ticks_t product = 0;
        return mul_overflow(value_, n, &product) ? ticks(ZX_TIME_INFINITE) : ticks(product);
    }

private:
    zx_ticks_t value_;
};

class object_base {
public:
    void reset(zx_handle_t value = ZX_HANDLE_INVALID) {
        if (value_ != ZX_HANDLE_INVALID) {
            zx_handle_close(value_);
        }
        value_ = value;
    }
    bool is_valid() const { return value_ != ZX_HANDLE_INVALID; }
    explicit operator bool() const { return is_valid(); }
    zx_handle_t get() const { return value_; }
    zx_handle_t* reset_and_get_address() {
        reset();
        return &value_;
    }
    __WARN_UNUSED_RESULT zx_handle_t release() {
        zx_handle_t value = value_;
        value_ = ZX_HANDLE_INVALID;
        return value;
    }
    zx_status_t get_info(uint32_t topic, void* buffer, size_t size, size_t* actual, size_t* avail) const {
        return zx_object_get_info(value_, topic, buffer, size, actual, avail);
    }
    zx_status_t get_property(uint32_t property, void* value, size_t size) const {
        return zx_object_get_property(value_, property, value, size);
    }
    zx_status_t set_property(uint32_t property, const void* value, size_t size) const {
        return zx_object_set_property(value_, property, value, size);
    }

protected:
    constexpr object_base() : value_(ZX_HANDLE_INVALID) {}
    explicit object_base(zx_handle_t value) : value_(value) {}
    ~object_base() { reset(); }
    object_base(const object_base&) = delete;
    void operator=(const object_base&) = delete;
    zx_handle_t value_;
};

// A clock of the program's own, of which there are none here, and the clocks
// that there are.
class clock : public object_base {
public:
    static constexpr zx_obj_type_t TYPE = ZX_OBJ_TYPE_CLOCK;
    constexpr clock() = default;
    zx_status_t create(const zx_clock_create_args_v1* args) {
        return zx_clock_create(ZX_CLOCK_OPT_MONOTONIC | ZX_CLOCK_ARGS_VERSION(1), args, reset_and_get_address());
    }
    zx_status_t read(zx_time_t* now) const { return zx_clock_read(value_, now); }
    zx_status_t get_details(zx_clock_details_v1_t* details) const {
        return zx_clock_get_details(value_, ZX_CLOCK_ARGS_VERSION(1), details);
    }
    zx_status_t update(const zx_clock_update_args_v1_t& args) const {
        return zx_clock_update(value_, ZX_CLOCK_UPDATE_OPTION_VALUE_VALID | ZX_CLOCK_ARGS_VERSION(1), &args);
    }
    template <zx_clock_t Clock>
    static zx_status_t get(basic_time<Clock>* result) {
        return zx_clock_get_new(Clock, result->get_address());
    }
    // As it was called before there was a status.
    template <zx_clock_t Clock>
    static basic_time<Clock> now() {
        return basic_time<Clock>(zx_clock_get(Clock));
    }
    static time get_monotonic() { return time(zx_clock_get_monotonic()); }
    static time_boot get_boot() { return time_boot(zx_clock_get_boot()); }
};

inline time deadline_after(duration d) { return time(zx_deadline_after(d.get())); }
inline zx_status_t nanosleep(time deadline) { return zx_nanosleep(deadline.get()); }

class port;

template <typename T>
class object : public object_base {
public:
    constexpr object() = default;
    explicit object(zx_handle_t value) : object_base(value) {}
    object(object&& other) : object_base(other.release()) {}
    object& operator=(object&& other) {
        reset(other.release());
        return *this;
    }
    zx_status_t duplicate(zx_rights_t rights, T* result) const {
        return zx_handle_duplicate(value_, rights, result->reset_and_get_address());
    }
    zx_status_t replace(zx_rights_t rights, T* result) {
        zx_handle_t h = ZX_HANDLE_INVALID;
        zx_status_t status = zx_handle_replace(release(), rights, &h);
        result->reset(h);
        return status;
    }
    zx_status_t wait_one(zx_signals_t signals, time deadline, zx_signals_t* seen) const {
        return zx_object_wait_one(value_, signals, deadline.get(), seen);
    }
    zx_status_t wait_async(const object<port>& p, uint64_t key, zx_signals_t signals, uint32_t options) const {
        return zx_object_wait_async(value_, p.get(), key, signals, options);
    }
    static zx_status_t wait_many(zx_wait_item_t* items, uint32_t count, time deadline) {
        return zx_object_wait_many(items, count, deadline.get());
    }
    zx_status_t signal(uint32_t clear, uint32_t set) const { return zx_object_signal(value_, clear, set); }
    zx_status_t signal_peer(uint32_t clear, uint32_t set) const { return zx_object_signal_peer(value_, clear, set); }
    zx_status_t get_child(uint64_t koid, zx_rights_t rights, object<void>* result) const {
        return zx_object_get_child(value_, koid, rights, result->reset_and_get_address());
    }
    zx_status_t get_cookie(const object_base& scope, uint64_t* cookie) const {
        return zx_object_get_cookie(value_, scope.get(), cookie);
    }
    zx_status_t set_profile(const object_base& profile, uint32_t options) const {
        return zx_object_set_profile(value_, profile.get(), options);
    }
};

template <typename T>
class unowned final {
public:
    explicit unowned(zx_handle_t h) : value_(h) {}
    explicit unowned(const T& owner) : unowned(owner.get()) {}
    unowned(unowned&&) = default;
    ~unowned() {
        zx_handle_t h = value_.release();
        static_cast<void>(h);
    }
    const T& operator*() const { return value_; }
    const T* operator->() const { return &value_; }

private:
    T value_;
};

class event : public object<event> {
public:
    static constexpr zx_obj_type_t TYPE = ZX_OBJ_TYPE_EVENT;
    using object::object;
    static zx_status_t create(uint32_t options, event* result) {
        return zx_event_create(options, result->reset_and_get_address());
    }
};

class socket : public object<socket> {
public:
    static constexpr zx_obj_type_t TYPE = ZX_OBJ_TYPE_SOCKET;
    using object::object;
    static zx_status_t create(uint32_t options, socket* a, socket* b) {
        return zx_socket_create(options, a->reset_and_get_address(), b->reset_and_get_address());
    }
    zx_status_t write(uint32_t options, const void* buffer, size_t size, size_t* actual) const {
        return zx_socket_write(value_, options, buffer, size, actual);
    }
    zx_status_t read(uint32_t options, void* buffer, size_t size, size_t* actual) const {
        return zx_socket_read(value_, options, buffer, size, actual);
    }
    zx_status_t set_disposition(uint32_t mine, uint32_t peers) const {
        return zx_socket_set_disposition(value_, mine, peers);
    }
    zx_status_t shutdown(uint32_t options) const { return zx_socket_shutdown(value_, options); }
};

class port : public object<port> {
public:
    static constexpr zx_obj_type_t TYPE = ZX_OBJ_TYPE_PORT;
    using object::object;
    static zx_status_t create(uint32_t options, port* result) {
        return zx_port_create(options, result->reset_and_get_address());
    }
    zx_status_t queue(const zx_port_packet_t* packet) const { return zx_port_queue(value_, packet); }
    zx_status_t wait(time deadline, zx_port_packet_t* packet) const {
        return zx_port_wait(value_, deadline.get(), packet);
    }
    zx_status_t cancel(const object_base& source, uint64_t key) const {
        return zx_port_cancel(value_, source.get(), key);
    }
    zx_status_t cancel_key(uint64_t key) const { return zx_port_cancel_key(value_, 0u, key); }
};

}  // namespace zx

// All of it when the program is compiled.
static_assert(zx::sec(1) + zx::msec(500) == zx::msec(1500), "");
static_assert(zx::hour(ZX_TIME_INFINITE / ZX_HOUR(1)) + zx::hour(1) == zx::duration::infinite(), "");
static_assert(-zx::duration::infinite_past() == zx::duration::infinite(), "");
static_assert(zx::duration::infinite_past() - zx::nsec(1) == zx::duration::infinite_past(), "");
static_assert(zx::min(3) / zx::sec(1) == 180 && (zx::usec(5) * 1000).to_msecs() == 5, "");
static_assert((zx::time(5) + zx::nsec(2)).get() == 7 && zx::time(5) - zx::time(9) == zx::nsec(-4), "");
static_assert(zx::time::infinite() + zx::nsec(1) == zx::time::infinite(), "");
static_assert(zx::duration(std::timespec{2, 5}).get() == 2000000005, "");
static_assert(zx::nsec(3000000007).to_timespec().tv_sec == 3 && zx::nsec(3000000007).to_timespec().tv_nsec == 7, "");
static_assert((zx::ticks(ZX_TIME_INFINITE) + zx::ticks(1)).get() == ZX_TIME_INFINITE, "");
static_assert(zx_time_from_timespec(zx_timespec_from_time(-1)) == -1, "");
static_assert(zx_ticks_add_ticks(1, 2) == 3 && zx_ticks_sub_ticks(1, 2) == -1 && zx_ticks_mul_int64(2, 3) == 6, "");
constexpr zx::duration accumulated() {
    zx::duration d = zx::sec(1);
    d += zx::sec(1);
    return d;
}
static_assert(accumulated() == zx::sec(2), "");

static void clocks() {
    const zx::time before = zx::clock::get_monotonic();
    zx::time now;
    zx::time_utc utc;
    zx::time_thread thread;
    zx::clock own;
    zx_time_t read;
    zx_clock_details_v1_t details;
    EQ(own.create(nullptr), ZX_ERR_NOT_SUPPORTED);
    EQ(own.read(&read), ZX_ERR_NOT_SUPPORTED);
    EQ(own.get_details(&details), ZX_ERR_NOT_SUPPORTED);
    EQ(own.update({}), ZX_ERR_NOT_SUPPORTED);
    EQ(zx::clock::get(&now), ZX_OK);
    TRUE(now >= before && zx::clock::get_boot().get() >= now.get());
    EQ(zx::clock::get(&utc), ZX_OK);
    EQ(zx::clock::get(&thread), ZX_OK);
    TRUE(utc.get() > ZX_SEC(1500000000) && thread.get() > 0);
    TRUE(zx::clock::now<ZX_CLOCK_MONOTONIC>() >= now);
    const zx::time deadline = zx::deadline_after(zx::msec(1));
    EQ(zx::nanosleep(deadline), ZX_OK);
    TRUE(zx::clock::get_monotonic() >= deadline);
    const zx::ticks earlier = zx::ticks::now();
    TRUE((zx::ticks::now() - earlier).get() >= 0 && (zx::ticks::per_second() * 2).get() > 0);
}

static void objects() {
    zx::socket a, b;
    zx::event e;
    zx::port p;
    EQ(zx::socket::create(ZX_SOCKET_STREAM, &a, &b), ZX_OK);
    EQ(zx::event::create(0u, &e), ZX_OK);
    EQ(zx::port::create(0u, &p), ZX_OK);
    size_t n = 0;
    {
        zx::unowned<zx::socket> known(a);
        EQ(known->write(0u, "hello", 5, &n), ZX_OK);
        EQ(n, 5);
        EQ((*known).get(), a.get());
    }
    EQ(zx_handle_check_valid(a.get()), ZX_OK); // whoever only knows it does not close it
    zx_wait_item_t items[] = {{b.get(), ZX_SOCKET_READABLE, 0u}, {e.get(), ZX_EVENT_SIGNALED, 0u}};
    EQ(zx::socket::wait_many(items, 2, zx::time::infinite()), ZX_OK);
    TRUE((items[0].pending & ZX_SOCKET_READABLE) != 0 && items[1].pending == 0);

    EQ(e.wait_async(p, 1u, ZX_USER_SIGNAL_0, ZX_WAIT_ASYNC_ONCE), ZX_OK);
    EQ(b.wait_async(p, 1u, ZX_SOCKET_PEER_CLOSED, 0u), ZX_OK);
    EQ(p.cancel(b, 1u), ZX_OK);
    EQ(p.cancel_key(1u), ZX_OK);
    std::thread signaler([&e] { e.signal(0u, ZX_EVENT_SIGNALED); });
    EQ(e.wait_async(p, 2u, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_TIMESTAMP), ZX_OK);
    zx_port_packet_t packet = {};
    EQ(p.wait(zx::time::infinite(), &packet), ZX_OK);
    signaler.join();
    TRUE(packet.key == 2u && ZX_PKT_IS_SIGNAL_ONE(packet.type) && packet.signal.timestamp > 0);

    zx_info_handle_basic_t basic;
    zx::socket narrow, moved;
    EQ(b.duplicate(ZX_RIGHT_READ | ZX_RIGHT_WAIT, &narrow), ZX_OK);
    EQ(narrow.get_info(ZX_INFO_HANDLE_BASIC, &basic, sizeof(basic), nullptr, nullptr), ZX_OK);
    TRUE(basic.type == ZX_OBJ_TYPE_SOCKET && basic.rights == (ZX_RIGHT_READ | ZX_RIGHT_WAIT));
    EQ(narrow.replace(ZX_RIGHT_SAME_RIGHTS, &moved), ZX_OK);
    TRUE(!narrow && moved);
    EQ(moved.signal(0u, ZX_USER_SIGNAL_0), ZX_ERR_ACCESS_DENIED);
    size_t threshold = 5;
    EQ(b.set_property(ZX_PROP_SOCKET_RX_THRESHOLD, &threshold, sizeof(threshold)), ZX_OK);
    EQ(b.wait_one(ZX_SOCKET_READ_THRESHOLD, zx::time(), nullptr), ZX_OK);
    EQ(b.set_disposition(ZX_SOCKET_DISPOSITION_WRITE_DISABLED, 0u), ZX_OK);
    EQ(a.signal_peer(0u, ZX_USER_SIGNAL_7), ZX_OK);

    // What only has to compile and link.
    zx::object<void> child;
    uint64_t cookie;
    EQ(a.get_child(1u, ZX_RIGHT_SAME_RIGHTS, &child), ZX_ERR_ACCESS_DENIED);
    EQ(a.get_cookie(b, &cookie), ZX_ERR_NOT_SUPPORTED);
    EQ(a.set_profile(b, 0u), ZX_ERR_NOT_SUPPORTED);
    EQ(a.shutdown(ZX_SOCKET_SHUTDOWN_WRITE), ZX_ERR_NOT_SUPPORTED);

    const zx_handle_t both[] = {a.release(), b.release()};
    EQ(zx_handle_close_many(both, countof(both)), ZX_OK);
}

int main() {
    clocks();
    objects();
    return report();
}
