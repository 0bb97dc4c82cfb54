#include "mxwire.h"

enum { OK = 0, INTERNAL = -1, TIMED_OUT = -21, CANCELED = -23 };

// The requests: their verbs, the words that follow, and the results. Letters of
// words: t process, h handle, u and l numbers of 32 and 64 bits, c one or "-",
// e an edition, d data, D data or null, g a number or null, b inaccessible
// bytes, a the pointer to the count, w a deadline, i items, s one item's
// signals, p a packet. Letters of results: u a number, x a set of bits, n a
// count, d data, i what the items observed, p a packet.
static const struct {
    const char *verb, *words, *results;
} requests[MXWIRE_CALLS] = {
    [MXWIRE_RESET] = {"reset", "e", ""},
    [MXWIRE_ABANDON] = {"abandon", "", ""},
    [MXWIRE_INTERRUPT] = {"interrupt", "l", ""},
    [MXWIRE_TABLE] = {"table", "cce", "u"},
    [MXWIRE_CREATE] = {"create", "tuc", "uu"},
    [MXWIRE_EVENT] = {"event", "t", "u"},
    [MXWIRE_WRITE] = {"write", "thud", "n"},
    [MXWIRE_READ] = {"read", "thug", "d"},
    [MXWIRE_OUTSTANDING] = {"outstanding", "th", "n"},
    [MXWIRE_WRITE_RAW] = {"write-raw", "thuDba", "n"},
    [MXWIRE_READ_RAW] = {"read-raw", "thugba", "nd"},
    [MXWIRE_CLOSE] = {"close", "th", ""},
    [MXWIRE_DUPLICATE] = {"duplicate", "thu", "u"},
    [MXWIRE_REPLACE] = {"replace", "thu", "u"},
    [MXWIRE_TRANSFER] = {"transfer", "thu", "u"},
    [MXWIRE_INFO] = {"info", "th", "uxuuu"},
    [MXWIRE_SIGNAL] = {"signal", "thuu", ""},
    [MXWIRE_SIGNAL_PEER] = {"signal-peer", "thuu", ""},
    [MXWIRE_SET_DISPOSITION] = {"set-disposition", "thuu", ""},
    [MXWIRE_GET_PROPERTY] = {"get-property", "thu", "u"},
    [MXWIRE_SET_PROPERTY] = {"set-property", "thul", ""},
    [MXWIRE_SOCKET_INFO] = {"socket-info", "th", "uuuuuu"},
    [MXWIRE_PORT] = {"port", "tu", "u"},
    [MXWIRE_PORT_QUEUE] = {"port-queue", "thp", ""},
    [MXWIRE_WAIT_ASYNC] = {"wait-async", "thuluu", ""},
    [MXWIRE_PORT_CANCEL] = {"port-cancel", "thul", ""},
    [MXWIRE_WAIT] = {"wait", "thsw", "i"},
    [MXWIRE_WAIT_MANY] = {"wait-many", "twi", "i"},
    [MXWIRE_PORT_WAIT] = {"port-wait", "thw", "p"},
};

// Printing.

static void put_text(struct mxwire* k, const char* text) {
    for (; *text; text++) {
        k->put(k->context, *text);
    }
}

static void put_number(struct mxwire* k, const char* before, uint64_t n, unsigned base) {
    char digits[21];
    int at = 20;
    digits[at] = 0;
    do {
        digits[--at] = "0123456789abcdef"[n % base];
        n /= base;
    } while (n);
    put_text(k, before);
    put_text(k, digits + at);
}

static void put_status(struct mxwire* k, int status) {
    put_number(k, status < 0 ? " -" : " ", status < 0 ? 0 - (uint64_t)(int64_t)status : (uint64_t)status, 10);
}

static void put_data(struct mxwire* k, const uint8_t* data, uint64_t n) {
    put_text(k, n ? " " : " -");
    for (uint64_t i = 0; i < n; i++) {
        k->put(k->context, "0123456789abcdef"[data[i] >> 4]);
        k->put(k->context, "0123456789abcdef"[data[i] & 15]);
    }
}

static void put_packet(struct mxwire* k, const struct mxwire_packet* p) {
    put_number(k, " ", p->key, 10);
    put_number(k, " ", p->type, 10);
    put_status(k, p->status);
    if (p->type != 1 && p->type != 2) {
        put_data(k, p->user, sizeof p->user);
        return;
    }
    put_number(k, " 0x", p->trigger, 16);
    put_number(k, " 0x", p->observed, 16);
    put_number(k, " ", p->count, 10);
    put_number(k, " ", p->timestamp, 10);
}

// begin begins an answer. Something may have been printed that had no end.
static void begin(struct mxwire* k, uint64_t number) {
    if (k->lock) {
        k->lock(k->context);
    }
    put_number(k, "\n=", number, 10);
}

static void end(struct mxwire* k) {
    put_text(k, "\n");
    if (k->flush) {
        k->flush(k->context);
    }
    if (k->unlock) {
        k->unlock(k->context);
    }
}

// Reading.

// get_char returns the next byte of the request, and -1 at its end.
static int get_char(struct mxwire* k) {
    int c;
    if (k->last == '\n' || k->last < 0) {
        return -1;
    }
    do {
        c = k->get(k->context);
    } while (c == '\r');
    k->last = c;
    return c == '\n' ? -1 : c;
}

static int same(const char* a, const char* b) {
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

// get_word reads a word of at most size-1 bytes.
static void get_word(struct mxwire* k, char* word, int size) {
    int n = 0, c;
    while ((c = get_char(k)) >= 0 && c != ' ') {
        if (n < size - 1) {
            word[n++] = (char)c;
        } else {
            k->wrong = 1;
        }
    }
    word[n] = 0;
    k->wrong |= n == 0;
}

static unsigned digit(int c) {
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

// number reads a number in decimal, or in hexadecimal after 0x, and returns
// what follows it.
static const char* number(struct mxwire* k, const char* word, uint64_t most, uint64_t* n) {
    unsigned base = word[0] == '0' && word[1] == 'x' ? 16 : 10;
    const char* first = word += base == 16 ? 2 : 0;
    for (*n = 0; digit(*word) < base; word++) {
        unsigned d = digit(*word);
        if (d > most || *n > (most - d) / base) {
            k->wrong = 1;
        }
        *n = *n * base + d;
    }
    k->wrong |= word == first;
    return word;
}

// get_number reads a number; otherwise, if it is not null, may stand in its
// place, and *other says whether it does.
static uint64_t get_number(struct mxwire* k, uint64_t most, const char* otherwise, int* other) {
    char word[24];
    uint64_t n = 0;
    get_word(k, word, sizeof word);
    if (otherwise && same(word, otherwise)) {
        *other = 1;
    } else {
        k->wrong |= *number(k, word, most, &n) != 0;
    }
    return n;
}

static uint32_t get_u32(struct mxwire* k) {
    return (uint32_t)get_number(k, UINT32_MAX, NULL, NULL);
}

static uint64_t get_u64(struct mxwire* k) {
    return get_number(k, UINT64_MAX, NULL, NULL);
}

// get_data reads bytes into the memory for them and returns how many there are.
// For the word null it sets *null, if that is allowed.
static uint64_t get_data(struct mxwire* k, int* null) {
    char word[48];
    uint64_t n = 0, offset = 0;
    int c = get_char(k);
    if (c == '@') {
        const char* rest;
        get_word(k, word, sizeof word);
        rest = number(k, word, UINT64_MAX, &offset);
        k->wrong |= *rest != '+' || *number(k, rest + 1, k->data_size, &n);
        for (uint64_t i = 0; i < n && !k->wrong; i++) {
            k->data[i] = (uint8_t)((uint32_t)(offset + i) * 2654435761u >> 24);
        }
        return n;
    }
    if (c == 'n' && null) {
        get_word(k, word, sizeof word);
        *null = same(word, "ull");
        k->wrong |= !*null;
        return 0;
    }
    if (c == '-') {
        k->wrong |= get_char(k) >= 0 && k->last != ' ';
        return 0;
    }
    for (; c >= 0 && c != ' '; c = get_char(k)) {
        unsigned high = digit(c), low = digit(get_char(k));
        if (high > 15 || low > 15 || n == k->data_size) {
            k->wrong = 1;
            break;
        }
        k->data[n++] = (uint8_t)(high << 4 | low);
    }
    k->wrong |= n == 0;
    return n;
}

static void get_packet(struct mxwire* k, struct mxwire_packet* p) {
    char word[16];
    uint64_t value;
    p->key = get_u64(k);
    p->type = get_u32(k);
    get_word(k, word, sizeof word);
    k->wrong |= *number(k, word[0] == '-' ? word + 1 : word, (uint64_t)INT32_MAX + 1, &value) != 0;
    p->status = (int32_t)(word[0] == '-' ? 0 - (uint32_t)value : (uint32_t)value);
    k->wrong |= k->data_size < sizeof p->user || get_data(k, NULL) != sizeof p->user;
    for (unsigned i = 0; i < sizeof p->user && !k->wrong; i++) {
        ((volatile uint8_t*)p->user)[i] = k->data[i];
    }
}

static void get_item(struct mxwire* k, struct mxwire_call* c, uint32_t handle) {
    k->wrong |= c->size == k->items_size;
    if (!k->wrong) {
        c->items[c->size].handle = handle;
        c->items[c->size].signals = get_u32(k);
        c->items[c->size++].observed = 0;
    }
}

// get_words reads the arguments of a request.
static void get_words(struct mxwire* k, struct mxwire_call* c, const char* words) {
    int n = 0;
    for (; *words && !k->wrong; words++) {
        char word[16];
        int other = 0;
        switch (*words) {
        case 't': c->process = get_u32(k); break;
        case 'h': c->handle = get_u32(k); break;
        case 'u': c->in[n++] = get_u32(k); break;
        case 'l': c->in[n++] = get_u64(k); break;
        case 'c':
            c->in[n] = get_number(k, UINT64_MAX, "-", &other);
            c->given[n++] = !other;
            break;
        case 'e':
            get_word(k, c->edition, sizeof c->edition);
            c->edition[0] = same(c->edition, "-") ? 0 : c->edition[0];
            break;
        case 'd': c->size = get_data(k, NULL); break;
        case 'D': c->size = get_data(k, &c->memory.null); break;
        case 'g': c->size = get_number(k, k->data_size, "null", &c->memory.null); break;
        case 'b': c->memory.bad = get_u64(k); break;
        case 'a':
            get_word(k, word, sizeof word);
            c->memory.actual = word[0] == 'g' ? MXWIRE_ACTUAL_GOOD : word[0] == 'n' ? MXWIRE_ACTUAL_NULL : MXWIRE_ACTUAL_BAD;
            break;
        case 'w':
            get_word(k, word, sizeof word);
            c->deadline = same(word, "never") ? MXWIRE_NEVER : MXWIRE_PAST;
            if (!same(word, "never") && !same(word, "past")) {
                k->wrong |= *number(k, word, UINT64_MAX - 1, &c->deadline) || !c->deadline;
            }
            break;
        case 's': get_item(k, c, c->handle); break;
        case 'i':
            while (k->last == ' ' && !k->wrong) {
                get_item(k, c, get_u32(k));
            }
            break;
        case 'p': get_packet(k, &c->packet); break;
        }
    }
    k->wrong |= k->last == ' ';
}

// Answers.

static void put_results(struct mxwire* k, const struct mxwire_call* c, const char* results) {
    int told = c->memory.actual == MXWIRE_ACTUAL_GOOD; // somebody, the count
    int n = 0;
    for (; *results; results++) {
        switch (*results) {
        case 'u': put_number(k, " ", c->out[n++], 10); break;
        case 'x': put_number(k, " 0x", c->out[n++], 16); break;
        case 'n': told ? put_number(k, " ", c->out[0] == MXWIRE_UNTOUCHED ? 0 : c->out[0], 10) : put_text(k, " -"); break;
        case 'd':
            put_data(k, c->data, told && c->out[0] < c->size ? c->out[0] : c->size);
            if (told && c->out[0] > c->size && c->size && results[1] == 0 && !c->memory.bad) {
                put_text(k, "ee"); // more than there was room for
            }
            break;
        case 'i':
            for (uint64_t i = 0; i < c->size; i++) {
                put_number(k, " 0x", c->items[i].observed, 16);
            }
            break;
        case 'p': put_packet(k, &c->packet); break;
        }
    }
}

void mxwire_answer(struct mxwire* k, const struct mxwire_call* c, int status) {
    const char* results = requests[c->call].results;
    int counts = results[0] == 'n' || results[0] == 'd';
    int touched = c->out[0] != MXWIRE_UNTOUCHED;
    int half_close = results[0] == 'n' && c->in[0] == 1 && c->call != MXWIRE_OUTSTANDING; // has no count
    if (status == OK && counts && !touched && !half_close && c->memory.actual == MXWIRE_ACTUAL_GOOD) {
        status = INTERNAL; // a count that was not stored
    }
    begin(k, c->number);
    if (status == MXWIRE_NO) {
        put_text(k, " no ");
        put_text(k, c->name);
        put_text(k, " ");
        put_text(k, c->text);
    } else {
        put_status(k, status);
    }
    if (status == OK || (results[0] == 'i' && (status == TIMED_OUT || status == CANCELED))) {
        put_results(k, c, results);
    }
    if (status < 0 && c->error) {
        put_number(k, " errno=", (uint64_t)c->error, 10);
    }
    if (status < 0 && counts && touched) {
        put_text(k, " touched");
    }
    end(k);
}

void mxwire_parked(struct mxwire* k, uint64_t number) {
    begin(k, number);
    put_text(k, " parked");
    end(k);
}

// churn prints the values as they come: there is no memory for them. A call that
// fails in between leaves the answer too short, which is seen.
static void churn(struct mxwire* k, struct mxwire_call* c) {
    get_words(k, c, "thl");
    uint32_t h = c->handle;
    int status = OK, begun = 0;
    for (uint64_t left = c->in[0]; left > 0 && status == OK && !k->wrong; left--) {
        c->handle = h;
        c->in[0] = (uint64_t)1 << 31; // SAME_RIGHTS
        c->call = MXWIRE_DUPLICATE;
        status = k->calls[MXWIRE_DUPLICATE](k->context, c);
        if (status == OK && !begun++) {
            begin(k, c->number);
            put_status(k, OK);
        }
        if (status == OK) {
            put_number(k, " ", c->out[0], 10);
            c->handle = (uint32_t)c->out[0];
            c->call = MXWIRE_CLOSE;
            status = k->calls[MXWIRE_CLOSE](k->context, c);
        }
    }
    if (begun) {
        end(k);
    } else if (!k->wrong) {
        c->call = MXWIRE_CLOSE; // no results
        mxwire_answer(k, c, status);
    }
}

// koids makes events, each closed before the next, and prints their koids.
static void koids(struct mxwire* k, struct mxwire_call* c) {
    get_words(k, c, "tl");
    int status = OK, begun = 0;
    for (uint64_t left = c->in[0]; left > 0 && status == OK && !k->wrong; left--) {
        c->call = MXWIRE_EVENT;
        status = k->calls[MXWIRE_EVENT](k->context, c);
        if (status == OK) {
            c->handle = (uint32_t)c->out[0];
            c->call = MXWIRE_INFO;
            status = k->calls[MXWIRE_INFO](k->context, c);
        }
        if (status == OK && !begun++) {
            begin(k, c->number);
            put_status(k, OK);
        }
        if (status == OK) {
            put_number(k, " ", c->out[2], 10);
            c->call = MXWIRE_CLOSE;
            status = k->calls[MXWIRE_CLOSE](k->context, c);
        }
    }
    if (begun) {
        end(k);
    } else if (!k->wrong) {
        c->call = MXWIRE_CLOSE; // no results
        mxwire_answer(k, c, status);
    }
}

static void hello(struct mxwire* k, struct mxwire_call* c) {
    get_words(k, c, "u"); // whoever asks for another version is told this one
    begin(k, c->number);
    put_text(k, " 0 mxwire 1 ");
    put_text(k, k->hello);
    put_number(k, " data=", k->data_size, 10);
    put_number(k, " items=", k->items_size, 10);
    end(k);
}

static void serve(struct mxwire* k, struct mxwire_call* c, const char* verb) {
    if (same(verb, "churn") && k->calls[MXWIRE_DUPLICATE] && k->calls[MXWIRE_CLOSE]) {
        churn(k, c);
        return;
    }
    if (same(verb, "koids") && k->calls[MXWIRE_EVENT] && k->calls[MXWIRE_INFO] && k->calls[MXWIRE_CLOSE]) {
        koids(k, c);
        return;
    }
    for (int i = 0; i < MXWIRE_CALLS; i++) {
        if (same(verb, requests[i].verb) && (k->calls[i] || i == MXWIRE_ABANDON)) {
            c->call = i;
            get_words(k, c, requests[i].words);
            for (uint64_t n = 0; n < c->size && i == MXWIRE_READ && !k->wrong; n++) {
                ((volatile uint8_t*)c->data)[n] = 0xee; // what is not delivered is not there by chance
            }
            int status = k->wrong || !k->calls[i] ? OK : k->calls[i](k->context, c);
            if (!k->wrong && status != MXWIRE_PARKED) {
                mxwire_answer(k, c, status);
            }
            return;
        }
    }
    mxwire_answer(k, c, MXWIRE_NO);
}

void mxwire_serve(struct mxwire* k) {
    for (k->last = '\n'; k->last >= 0;) {
        struct mxwire_call c;
        char verb[24];
        k->last = ' ';
        k->wrong = 0;
        c.number = get_u64(k);
        c.process = c.handle = 0;
        c.call = MXWIRE_CLOSE; // one without results
        c.in[0] = c.size = c.deadline = c.memory.bad = 0;
        c.memory.null = c.error = c.edition[0] = 0;
        c.out[0] = MXWIRE_UNTOUCHED;
        c.data = k->data;
        c.items = k->items;
        c.memory.actual = MXWIRE_ACTUAL_GOOD;
        c.name = "-";
        c.text = "the adapter has no such call";
        if (!k->wrong && k->last == ' ') { // else a line that is no request
            get_word(k, verb, sizeof verb);
            (same(verb, "hello") ? hello(k, &c) : serve(k, &c, verb));
            if (k->wrong) {
                c.text = "the request makes no sense, or is larger than the adapter has room for";
                mxwire_answer(k, &c, MXWIRE_NO);
            }
        }
        while (get_char(k) >= 0) {}
    }
}
