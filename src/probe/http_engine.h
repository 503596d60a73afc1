// HttpEngine: libcurl's multi interface on the prober's loop, with a pool of easy handles.
//
// One transfer is one request on one fresh connection: no reuse, no cookies, no proxies, no netrc,
// HTTP/1.1, schemes http and https only. Judging answers is the http probe's.
// One thread. start() and stop() must not be called from inside a transfer's callbacks.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "probe/event_loop.h"

namespace candor::probe {

class HttpEngine final {
   public:
    using OnDone = std::function<void(CURLcode)>;

    static Result<std::unique_ptr<HttpEngine>> create(EventLoop& loop, const std::string& ca_file);
    ~HttpEngine();
    HttpEngine(const HttpEngine&) = delete;
    HttpEngine& operator=(const HttpEngine&) = delete;

    // A handle with the rules above set and nothing else; null without memory.
    CURL* acquire();
    // Runs it; `on_done` must live until it is called or stop() is.
    void start(CURL* handle, OnDone* on_done);
    // Ends the transfer, if it still runs, and takes the handle back.
    void stop(CURL* handle);

   private:
    explicit HttpEngine(EventLoop& loop) : loop_(loop) {}
    static int on_socket(CURL* handle, curl_socket_t fd, int what, void* self, void* known);
    static int on_timer(CURLM* multi, long wait_ms, void* self);
    void act(curl_socket_t fd, int curl_events);
    void collect();
    void set_rules(CURL* handle) const;

    EventLoop& loop_;
    std::string ca_file_;
    CURLM* multi_ = nullptr;
    EventLoop::TimerId timer_{};
    std::vector<CURL*> idle_;
};

}  // namespace candor::probe
