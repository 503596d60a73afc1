#include "probe/http_engine.h"

#include <sys/epoll.h>

#include <mutex>

#include "base/check.h"

namespace candor::probe {
namespace {

constexpr std::size_t kIdleHandlesMax = 64;
// libcurl's smallest is 1 KiB, its default 16 KiB; probes read little.
constexpr long kReceiveBufferBytes = 16 * 1024;

void initialise_libcurl() {
    static std::once_flag once;  // libcurl's own rule: once per process
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

Result<std::unique_ptr<HttpEngine>> HttpEngine::create(EventLoop& loop,
                                                       const std::string& ca_file) {
    initialise_libcurl();
    std::unique_ptr<HttpEngine> engine(new HttpEngine(loop));
    engine->ca_file_ = ca_file;
    engine->multi_ = curl_multi_init();
    if (engine->multi_ == nullptr) return fail(ErrorCode::kInternal, "libcurl cannot be set up");
    curl_multi_setopt(engine->multi_, CURLMOPT_SOCKETFUNCTION, &HttpEngine::on_socket);
    curl_multi_setopt(engine->multi_, CURLMOPT_SOCKETDATA, engine.get());
    curl_multi_setopt(engine->multi_, CURLMOPT_TIMERFUNCTION, &HttpEngine::on_timer);
    curl_multi_setopt(engine->multi_, CURLMOPT_TIMERDATA, engine.get());
    return engine;
}

HttpEngine::~HttpEngine() {
    for (CURL* handle : idle_) curl_easy_cleanup(handle);
    if (multi_ != nullptr) curl_multi_cleanup(multi_);
    loop_.cancel_timer(timer_);
}

CURL* HttpEngine::acquire() {
    CURL* handle = nullptr;
    if (idle_.empty()) {
        handle = curl_easy_init();
    } else {
        handle = idle_.back();
        idle_.pop_back();
    }
    if (handle != nullptr) set_rules(handle);
    return handle;
}

void HttpEngine::set_rules(CURL* handle) const {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");     // also switches the environment's proxies off
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");  // or the environment is searched each time
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, kReceiveBufferBytes);
    if (!ca_file_.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, ca_file_.c_str());
}

void HttpEngine::start(CURL* handle, OnDone* on_done) {
    curl_easy_setopt(handle, CURLOPT_PRIVATE, on_done);
    CHECK(curl_multi_add_handle(multi_, handle) == CURLM_OK);
}

void HttpEngine::stop(CURL* handle) {
    curl_multi_remove_handle(multi_, handle);
    if (idle_.size() >= kIdleHandlesMax) return curl_easy_cleanup(handle);
    curl_easy_reset(handle);
    idle_.push_back(handle);
}

int HttpEngine::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
    auto* engine = static_cast<HttpEngine*>(self);
    if (what == CURL_POLL_REMOVE) {
        engine->loop_.unwatch(fd);
        return 0;
    }
    const std::uint32_t wanted =
        ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
    if (engine->loop_.watches(fd)) {
        engine->loop_.modify(fd, wanted);
        return 0;
    }
    const auto watched = engine->loop_.watch(fd, wanted, [engine, fd](std::uint32_t events) {
        const int in = (events & (EPOLLIN | EPOLLHUP)) != 0 ? CURL_CSELECT_IN : 0;
        const int out = (events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0;
        const int error = (events & EPOLLERR) != 0 ? CURL_CSELECT_ERR : 0;
        engine->act(fd, in | out | error);
    });
    return watched ? 0 : -1;
}

int HttpEngine::on_timer(CURLM*, long wait_ms, void* self) {
    auto* engine = static_cast<HttpEngine*>(self);
    engine->loop_.cancel_timer(engine->timer_);
    if (wait_ms < 0) return 0;
    engine->timer_ = engine->loop_.start_timer(steady_now_us() + wait_ms * 1000, [engine] {
        engine->timer_ = {};
        engine->act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
}

void HttpEngine::act(curl_socket_t fd, int curl_events) {
    int running = 0;
    curl_multi_socket_action(multi_, fd, curl_events, &running);
    collect();
}

void HttpEngine::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        char* on_done = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &on_done);
        (*reinterpret_cast<OnDone*>(on_done))(code);
    }
}

}  // namespace candor::probe
