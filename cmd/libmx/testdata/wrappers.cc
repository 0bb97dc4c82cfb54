// C++ as it was written for these calls: classes that own handles, and a small
// test framework that registers its tests before main.

#include <magenta/compiler.h>
#include <magenta/status.h>
#include <magenta/syscalls.h>
#include <magenta/types.h>

#include <stdio.h>
#include <string.h>

#include <thread>
#include <utility>

namespace mx {

template <typename T>
class object {
public:
    constexpr object() : value_(MX_HANDLE_INVALID) {}
    explicit object(mx_handle_t value) : value_(value) {}
    object(object&& other) : value_(other.release()) {}
    object& operator=(object&& other) {
        reset(other.release());
        return *this;
    }
    ~object() { reset(); }

    void reset(mx_handle_t value = MX_HANDLE_INVALID) {
        if (value_ != MX_HANDLE_INVALID) {
            mx_handle_close(value_);
        }
        value_ = value;
    }
    mx_handle_t release() {
        mx_handle_t value = value_;
        value_ = MX_HANDLE_INVALID;
        return value;
    }
    mx_handle_t get() const { return value_; }
    mx_handle_t* reset_and_get_address() {
        reset();
        return &value_;
    }
    explicit operator bool() const { return value_ != MX_HANDLE_INVALID; }

    __NO_DISCARD mx_status_t duplicate(mx_rights_t rights, T* result) const {
        return mx_handle_duplicate(value_, rights, result->reset_and_get_address());
    }
    __NO_DISCARD mx_status_t replace(mx_rights_t rights, T* result) {
        mx_handle_t h = MX_HANDLE_INVALID;
        mx_status_t status = mx_handle_replace(value_, rights, &h);
        if (status == MX_OK) {
            value_ = MX_HANDLE_INVALID;
            result->reset(h);
        }
        return status;
    }
    mx_status_t wait_one(mx_signals_t signals, mx_time_t deadline, mx_signals_t* observed) const {
        return mx_object_wait_one(value_, signals, deadline, observed);
    }
    template <typename P>
    mx_status_t wait_async(const object<P>& port, uint64_t key, mx_signals_t signals, uint32_t options) const {
        return mx_object_wait_async(value_, port.get(), key, signals, options);
    }
    static mx_status_t wait_many(mx_wait_item_t* items, uint32_t count, mx_time_t deadline) {
        return mx_object_wait_many(items, count, deadline);
    }
    mx_status_t signal(uint32_t clear_mask, uint32_t set_mask) const {
        return mx_object_signal(value_, clear_mask, set_mask);
    }
    mx_status_t signal_peer(uint32_t clear_mask, uint32_t set_mask) const {
        return mx_object_signal_peer(value_, clear_mask, set_mask);
    }
    mx_status_t get_info(uint32_t topic, void* buffer, size_t size, size_t* actual, size_t* avail) const {
        return mx_object_get_info(value_, topic, buffer, size, actual, avail);
    }
    mx_status_t get_child(uint64_t koid, mx_rights_t rights, object<void>* result) const {
        return mx_object_get_child(value_, koid, rights, result->reset_and_get_address());
    }
    mx_status_t get_property(uint32_t property, void* value, size_t size) const {
        return mx_object_get_property(value_, property, value, size);
    }
    mx_status_t set_property(uint32_t property, const void* value, size_t size) const {
        return mx_object_set_property(value_, property, value, size);
    }

private:
    object(const object&) = delete;
    void operator=(const object&) = delete;
    mx_handle_t value_;
};

class event : public object<event> {
public:
    static constexpr mx_obj_type_t TYPE = MX_OBJ_TYPE_EVENT;
    static mx_status_t create(uint32_t options, event* result) {
        return mx_event_create(options, result->reset_and_get_address());
    }
};

class socket : public object<socket> {
public:
    static constexpr mx_obj_type_t TYPE = MX_OBJ_TYPE_SOCKET;
    static mx_status_t create(uint32_t options, socket* end0, socket* end1) {
        mx_handle_t h0 = MX_HANDLE_INVALID, h1 = MX_HANDLE_INVALID;
        mx_status_t status = mx_socket_create(options, &h0, &h1);
        end0->reset(h0);
        end1->reset(h1);
        return status;
    }
    mx_status_t write(uint32_t options, const void* buffer, size_t size, size_t* actual) const {
        return mx_socket_write(get(), options, buffer, size, actual);
    }
    mx_status_t read(uint32_t options, void* buffer, size_t size, size_t* actual) const {
        return mx_socket_read(get(), options, buffer, size, actual);
    }
};

class port : public object<port> {
public:
    static constexpr mx_obj_type_t TYPE = MX_OBJ_TYPE_PORT;
    static mx_status_t create(uint32_t options, port* result) {
        return mx_port_create(options, result->reset_and_get_address());
    }
    mx_status_t queue(const void* packet, size_t size) const { return mx_port_queue(get(), packet, size); }
    mx_status_t wait(mx_time_t deadline, void* packet, size_t size) const {
        return mx_port_wait(get(), deadline, packet, size);
    }
    mx_status_t cancel(mx_handle_t source, uint64_t key) const { return mx_port_cancel(get(), source, key); }
};

}  // namespace mx

namespace {

struct test {
    const char* name;
    bool (*run)();
    test* next;
    static test* all;
    test(const char* n, bool (*r)()) : name(n), run(r), next(all) { all = this; }
};
test* test::all;

#define TEST(name)                              \
    bool name();                                \
    test register_##name(#name, name);          \
    bool name()

#define ASSERT_EQ(got, want)                                                                    \
    do {                                                                                        \
        if (unlikely(!((got) == (want)))) {                                                     \
            fprintf(stderr, "%s:%d: %s is not %s\n", __FILE__, __LINE__, #got, #want);          \
            return false;                                                                       \
        }                                                                                       \
    } while (0)

TEST(a_handle_is_closed_with_its_owner) {
    mx::socket a, b;
    ASSERT_EQ(mx::socket::create(MX_SOCKET_STREAM, &a, &b), MX_OK);
    {
        mx::socket moved(std::move(a));
        ASSERT_EQ(bool(a), false);
        ASSERT_EQ(b.wait_one(MX_SOCKET_PEER_CLOSED, 0u, nullptr), MX_ERR_TIMED_OUT);
    }
    mx_signals_t seen = 0u;
    ASSERT_EQ(b.wait_one(MX_SOCKET_PEER_CLOSED, MX_TIME_INFINITE, &seen), MX_OK);
    ASSERT_EQ(seen, MX_SOCKET_PEER_CLOSED | MX_SIGNAL_LAST_HANDLE);
    return true;
}

TEST(bytes_come_out_in_order) {
    mx::socket a, b;
    size_t actual = 0;
    char buffer[16] = {};
    ASSERT_EQ(mx::socket::create(MX_SOCKET_STREAM, &a, &b), NO_ERROR);
    std::thread writer([&a] {
        for (char c = 'a'; c < 'f'; c++) {
            a.write(0u, &c, 1, nullptr);
        }
        a.reset();
    });
    size_t all = 0;
    mx_status_t status;
    while ((status = b.read(0u, buffer + all, sizeof(buffer) - all, &actual)) != MX_ERR_PEER_CLOSED) {
        if (status == MX_ERR_SHOULD_WAIT) {
            b.wait_one(MX_SOCKET_READABLE | MX_SOCKET_PEER_CLOSED, MX_TIME_INFINITE, nullptr);
            continue;
        }
        all += actual;
    }
    writer.join();
    ASSERT_EQ(strcmp(buffer, "abcde"), 0);
    return true;
}

TEST(rights_narrow) {
    mx::event e, d, r;
    ASSERT_EQ(mx::event::create(0u, &e), MX_OK);
    ASSERT_EQ(e.duplicate(MX_RIGHT_READ, &d), MX_OK);
    ASSERT_EQ(d.signal(0u, MX_EVENT_SIGNALED), MX_ERR_ACCESS_DENIED);
    ASSERT_EQ(d.replace(MX_RIGHT_SAME_RIGHTS, &r), MX_OK);
    mx_info_handle_basic_t info;
    ASSERT_EQ(r.get_info(MX_INFO_HANDLE_BASIC, &info, sizeof(info), nullptr, nullptr), MX_OK);
    ASSERT_EQ(info.rights, MX_RIGHT_READ);
    ASSERT_EQ(info.type == mx::event::TYPE, true);
    mx::object<void> child;
    ASSERT_EQ(e.get_child(1u, MX_RIGHT_SAME_RIGHTS, &child), MX_ERR_ACCESS_DENIED);
    return true;
}

TEST(a_port_tells) {
    mx::port p;
    mx::event e;
    ASSERT_EQ(mx::port::create(MX_PORT_OPT_V2, &p), MX_OK);
    ASSERT_EQ(mx::event::create(0u, &e), MX_OK);
    ASSERT_EQ(e.wait_async(p, 5u, MX_EVENT_SIGNALED, MX_WAIT_ASYNC_ONCE), MX_OK);
    std::thread signaler([&e] { e.signal(0u, MX_EVENT_SIGNALED); });
    mx_port_packet_t packet = {};
    ASSERT_EQ(p.wait(MX_TIME_INFINITE, &packet, 0u), MX_OK);
    signaler.join();
    ASSERT_EQ(packet.key, 5u);
    ASSERT_EQ(MX_PKT_IS_SIGNAL_ONE(packet.type), true);
    const mx_port_packet_t in = {12ull, MX_PKT_TYPE_USER + 5u, -3, {{}}};
    ASSERT_EQ(p.queue(nullptr, 0u), MX_ERR_INVALID_ARGS);
    ASSERT_EQ(p.queue(&in, 0u), MX_OK);
    ASSERT_EQ(p.wait(mx_deadline_after(MX_SEC(10)), &packet, 0u), MX_OK);
    ASSERT_EQ(memcmp(&packet.user, &in.user, sizeof(mx_port_packet_t::user)), 0);
    ASSERT_EQ(packet.type, MX_PKT_TYPE_USER);
    ASSERT_EQ(e.wait_async(p, 6u, MX_USER_SIGNAL_0, MX_WAIT_ASYNC_ONCE), MX_OK);
    ASSERT_EQ(p.cancel(e.get(), 6u), MX_OK);
    return true;
}

}  // namespace

int main() {
    int failed = 0;
    for (test* t = test::all; t != nullptr; t = t->next) {
        if (!t->run()) {
            fprintf(stderr, "%s failed\n", t->name);
            failed++;
        }
    }
    printf("%s\n", mx_status_get_string(failed == 0 ? MX_OK : MX_ERR_INTERNAL));
    return failed;
}
