// The kernel's end of the wire protocol, version 1 (../PROTOCOL.md): a loop that
// reads requests, makes calls of a table of functions, and prints answers.
//
// It is C99 and needs nothing but a way to get a byte and a way to put one: no
// library, no memory of its own, no threads. Write a function for each call that
// the kernel has, or one for several; leave the others null; call mxwire_serve.

#ifndef MXWIRE_H_
#define MXWIRE_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The calls. A function finds the arguments in c->process, c->handle and
// c->in, in this order, and leaves the results in c->out. Where a result is not
// a number, the last column says where it goes.
enum {
    // requests         in                              out
    MXWIRE_RESET,    // c->edition
    MXWIRE_ABANDON,  //                                 may be null: nothing is left to end
    MXWIRE_INTERRUPT,// the number of a wait
    MXWIRE_TABLE,    // handles memory, c->edition      process
    MXWIRE_CREATE,   // options capacity                two handles
    MXWIRE_EVENT,    //                                 handle
    MXWIRE_WRITE,    // options, c->data c->size        count
    MXWIRE_READ,     // options, c->size                count; the bytes in c->data
    MXWIRE_OUTSTANDING, //                              count
    MXWIRE_WRITE_RAW,// options, c->memory              count
    MXWIRE_READ_RAW, // options, c->memory              count; the good bytes in c->data
    MXWIRE_CLOSE,    //
    MXWIRE_DUPLICATE,// rights                          handle
    MXWIRE_REPLACE,  // rights                          handle
    MXWIRE_TRANSFER, // process                         handle
    MXWIRE_INFO,     //                                 type rights koid related-koid waitable
    MXWIRE_SIGNAL,   // clear set
    MXWIRE_SIGNAL_PEER, // clear set
    MXWIRE_SET_DISPOSITION, // mine peers
    MXWIRE_GET_PROPERTY, // property                    value
    MXWIRE_SET_PROPERTY, // property value
    MXWIRE_SOCKET_INFO, //                              options, and the five sizes in their order
    MXWIRE_PORT,     // options                         handle
    MXWIRE_PORT_QUEUE, // c->packet
    MXWIRE_WAIT_ASYNC, // port key signals options      (c->handle is the source)
    MXWIRE_PORT_CANCEL, // port key                     (c->handle is the source)
    // These may block: see mxwire_parked.
    MXWIRE_WAIT,     // c->items[0] c->deadline         observed, in the item
    MXWIRE_WAIT_MANY,// c->items c->size c->deadline    observed, in the items
    MXWIRE_PORT_WAIT,// c->deadline                     c->packet
    MXWIRE_CALLS,
};

// What a function returns instead of a status, which is 0 or negative.
enum {
    MXWIRE_PARKED = 1, // a wait that has blocked; mxwire_parked has been called
    MXWIRE_NO = 2,     // there is no such call; c->text says why, c->name may say more
};

// Deadlines, in microseconds from now on.
enum { MXWIRE_PAST = 0 };
#define MXWIRE_NEVER UINT64_MAX

// What out[0] holds before a call that stores a count.
#define MXWIRE_UNTOUCHED 0xa5a5a5a5a5a5a5a5u

// An item of a wait, laid out as mx_wait_item_t is.
struct mxwire_item {
    uint32_t handle, signals, observed;
};

struct mxwire_packet {
    uint64_t key;
    uint32_t type;
    int32_t status;
    uint8_t user[32];           // of any type but 1 and 2
    uint32_t trigger, observed; // of those
    uint64_t count, timestamp;
};

// The memory of a raw call: c->size good bytes, those of c->data, followed by bad
// inaccessible ones. After a read the good bytes go back to c->data.
struct mxwire_memory {
    int null; // a null pointer instead: c->size is 0, and bad its size
    uint64_t bad;
    enum { MXWIRE_ACTUAL_GOOD, MXWIRE_ACTUAL_NULL, MXWIRE_ACTUAL_BAD } actual; // the pointer to the count
};

// A call, from its request to its answer.
struct mxwire_call {
    uint64_t number; // of the request
    int call;        // which it is: MXWIRE_RESET, …
    uint32_t process, handle;
    uint64_t in[4], out[6];
    int given[2]; // whether a limit or a capacity, at the same place of in, was
    uint8_t* data;
    uint64_t size;
    struct mxwire_item* items;
    uint64_t deadline;
    struct mxwire_memory memory;
    struct mxwire_packet packet;
    char edition[16]; // "" if it was left out

    int error;        // the error number that the status was made from, or 0
    const char* name; // of the difference because of which the answer is MXWIRE_NO, or "-"
    const char* text; // says why
};

// A kernel: how it is reached, and its calls. All is set before mxwire_serve.
struct mxwire {
    void* context; // the first argument of every function

    // get returns the next byte of input, or -1 at its end. put prints one; it
    // may keep it until flush, which may be null. lock and unlock are around
    // an answer, if several threads give some; they may be null.
    int (*get)(void*);
    void (*put)(void*, char);
    void (*flush)(void*);
    void (*lock)(void*);
    void (*unlock)(void*);

    // hello is what the answer to hello says, without data= and items=, such as
    // "name=toy editions=manual waits=1 lacks=ports".
    const char* hello;
    uint8_t* data; // memory for the bytes of one call
    uint32_t data_size;
    struct mxwire_item* items; // memory for the items of one wait, at least 1
    uint32_t items_size;

    int (*calls[MXWIRE_CALLS])(void*, struct mxwire_call*);

    int last;  // the core's own: the byte that ended the last word
    int wrong; // the core's own: the request makes no sense
};

// mxwire_serve carries out requests until the input ends.
void mxwire_serve(struct mxwire*);

// mxwire_parked says that a wait has blocked. Its function calls it, or another
// thread before the function returns MXWIRE_PARKED. Later mxwire_answer, with a
// copy of the call whose items are the caller's own, says how the wait has ended.
void mxwire_parked(struct mxwire*, uint64_t number);
void mxwire_answer(struct mxwire*, const struct mxwire_call*, int status);

#ifdef __cplusplus
}
#endif

#endif
