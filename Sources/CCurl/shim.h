#include <curl/curl.h>
// `mallopt`, which the C library's Swift module leaves out.
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
// How the loop waits for libcurl's sockets; the C library's Swift module leaves both out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift does not
// import: one wrapper per argument type. Callbacks have a wrapper each, so that the compiler
// checks their signatures.

static inline CURLcode earshot_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode earshot_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode earshot_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode earshot_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode earshot_curl_set_list(CURL *handle, CURLoption option,
                                             struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode earshot_curl_on_body(CURL *handle, curl_write_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
}

static inline CURLcode earshot_curl_on_header(CURL *handle, curl_write_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
}

static inline CURLcode earshot_curl_on_progress(CURL *handle, curl_xferinfo_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
}

static inline CURLcode earshot_curl_on_debug(CURL *handle, curl_debug_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, callback);
}

static inline CURLcode earshot_curl_on_open(CURL *handle, curl_opensocket_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline CURLcode earshot_curl_on_close(CURL *handle, curl_closesocket_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

static inline CURLcode earshot_curl_on_request(CURL *handle, curl_prereq_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLcode earshot_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode earshot_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode earshot_curl_get_string(CURL *handle, CURLINFO info, const char **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode earshot_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode earshot_curl_multi_on_socket(CURLM *multi, curl_socket_callback callback,
                                                     void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

static inline CURLMcode earshot_curl_multi_on_timer(CURLM *multi, curl_multi_timer_callback callback,
                                                    void *context) {
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

static inline CURLMcode earshot_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// A finished transfer's code sits in a union, which Swift would read through two optionals.
static inline CURLcode earshot_curl_result(const CURLMsg *message) {
    return message->data.result;
}

// CURL_SOCKET_BAD is a cast macro, which Swift does not import.
static const curl_socket_t earshot_curl_no_socket = CURL_SOCKET_BAD;

// Bytes that the kernel has received on a TCP socket, acknowledged ones only; -1 if it cannot say.
// The C library's `struct tcp_info` ends before this field and the kernel's header redefines the
// same name, so the prefix of the kernel's layout (stable since Linux 4.1) is written out here.
static inline int64_t earshot_tcp_bytes_received(int descriptor) {
    struct {
        uint8_t states[8];
        uint32_t counters[24];
        uint64_t pacing_rate, max_pacing_rate, bytes_acked, bytes_received;
    } info;
    socklen_t length = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return -1;
    return length < sizeof info ? -1 : (int64_t)info.bytes_received;
}
