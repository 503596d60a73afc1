// The http check: one request, redirects when asked for, judged against what is expected.
//
// Each hop is a fresh connection and a fresh name lookup, so that connecting is measured. Header
// fields and body of the check go to the first origin only: a redirect never carries a key away.
#pragma once

#include <string>
#include <string_view>

#include "probe/http_engine.h"
#include "probe/http_expect.h"
#include "probe/probe_context.h"
#include "probe/resolver.h"
#include "probe/tls_verifier.h"
#include "probe/url.h"

namespace candor::probe {

class HttpProbe final {
   public:
    HttpProbe(ProbeContext& context, const HttpTarget& target, ProbeRun run);
    ~HttpProbe();
    HttpProbe(const HttpProbe&) = delete;
    HttpProbe& operator=(const HttpProbe&) = delete;

    void start();
    void on_deadline();

   private:
    enum class Cut { kNone, kTooLong, kInflated, kHeaders, kEnough };

    void begin_hop(const std::string& url);
    void launch(const std::vector<SocketAddress>& addresses);
    void set_request();
    void set_callbacks();
    void on_transfer_done(CURLcode code);
    void note_timing();
    void judge_answer();
    bool follow_redirect();
    void finish(std::optional<Trouble> why);
    void end_transfer();
    Trouble transfer_trouble(CURLcode code) const;
    Trouble cut_trouble() const;

    static std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* self);
    static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
    static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address);
    bool may_reach(const IpAddress& address) const;
    void note_network();
    static CURLcode on_tls_context(CURL*, void* context, void* self);
    bool take_body(std::string_view bytes);

    ProbeContext& context_;
    const HttpTarget& target_;
    ProbeRun run_;
    Url url_;                 // of the current hop
    bool own_origin_ = true;  // the current hop goes where the check points
    std::int64_t redirects_ = 0;
    bool began_inside_ = false;         // the check itself led to an address that is not public
    bool tried_ = false;                // an address of the current hop was allowed
    std::optional<IpAddress> refused_;  // another was not
    Question question_;
    SteadyMicros name_started_us_ = 0;
    CURL* handle_ = nullptr;  // while a transfer runs
    curl_slist* fields_ = nullptr;
    curl_slist* resolved_ = nullptr;
    HttpEngine::OnDone on_done_;
    char error_[CURL_ERROR_SIZE] = {};
    std::int64_t status_ = 0;
    std::string body_;
    std::size_t body_bytes_ = 0;
    std::size_t header_bytes_ = 0;
    Cut cut_ = Cut::kNone;
    CertificateFacts facts_;
    Timing timing_;
};

}  // namespace candor::probe
