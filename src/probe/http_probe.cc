#include "probe/http_probe.h"

#include <sys/socket.h>

#include <utility>

namespace candor::probe {
namespace {

constexpr const char* kUserAgent = "Candor-Check/1";

bool has_control(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return true;
    }
    return false;
}

bool is_redirect(std::int64_t status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

curl_slist* append_field(curl_slist* list, const std::string& name, const std::string& value) {
    // libcurl sends a field without value only when it is written with a semicolon.
    const std::string line = value.empty() ? name + ";" : name + ": " + value;
    return curl_slist_append(list, line.c_str());
}

}  // namespace

HttpProbe::HttpProbe(ProbeContext& context, const HttpTarget& target, ProbeRun run)
    : context_(context), target_(target), run_(std::move(run)) {}

HttpProbe::~HttpProbe() {
    end_transfer();
}

void HttpProbe::start() {
    begin_hop(target_.url);
}

void HttpProbe::begin_hop(const std::string& text) {
    Result<Url> url = parse_url(text);
    if (!url) {
        const auto kind = redirects_ == 0 ? FailureKind::kCouldNotRun : FailureKind::kProtocol;
        return finish(trouble(kind, url.error().message));
    }
    if (redirects_ > 0) own_origin_ = own_origin_ && url->same_origin(url_);
    url_ = std::move(*url);
    name_started_us_ = steady_now_us();
    if (numeric_address(url_.host, url_.port)) return launch({});
    question_ = context_.resolver.addresses(url_.host, url_.port, [this](AddressAnswer answer) {
        timing_.name_us += steady_now_us() - name_started_us_;
        question_.reset();
        if (answer.why) return finish(std::move(answer.why));
        launch(answer.addresses);
    });
}

// With no addresses, the host is numeric and libcurl reads it itself.
void HttpProbe::launch(const std::vector<SocketAddress>& addresses) {
    handle_ = context_.http.acquire();
    if (handle_ == nullptr) return finish(trouble(FailureKind::kCouldNotRun, "out of memory"));
    if (!addresses.empty()) {
        std::string entry = "+" + url_.host + ":" + std::to_string(url_.port) + ":";
        for (const SocketAddress& address : addresses) {
            if (entry.back() != ':') entry += ',';
            entry += address.family() == AF_INET6 ? "[" + address.text() + "]" : address.text();
        }
        resolved_ = curl_slist_append(nullptr, entry.c_str());
        curl_easy_setopt(handle_, CURLOPT_RESOLVE, resolved_);
    }
    const SteadyMicros left_us = run_.deadline_us - steady_now_us();
    // libcurl shares this time among the addresses; our own deadline ends the whole probe.
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(left_us / 1000 + 1000));
    set_request();
    set_callbacks();
    for (const auto& [name, value] : target_.headers) {
        if (has_control(name) || has_control(value)) {
            return finish(
                trouble(FailureKind::kCouldNotRun,
                        "header field '" + name + "' holds a line break or control character"));
        }
    }
    context_.http.start(handle_, &on_done_);
}

void HttpProbe::set_request() {
    curl_easy_setopt(handle_, CURLOPT_URL, url_.text.c_str());
    curl_easy_setopt(handle_, CURLOPT_USERAGENT, kUserAgent);
    curl_easy_setopt(handle_, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    // After a redirect, ask as RFC 9110 §15.4 lets a client: without the body, and by GET or HEAD.
    const bool has_body = own_origin_ && redirects_ == 0 && !target_.body.empty();
    const bool keep_method = redirects_ == 0 || target_.method == "HEAD";
    const std::string method = keep_method ? target_.method : "GET";
    if (has_body ||
        (redirects_ == 0 && (method == "POST" || method == "PUT" || method == "PATCH"))) {
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE, static_cast<long>(target_.body.size()));
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, target_.body.c_str());
        curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, method.c_str());
        fields_ = curl_slist_append(fields_, "Expect:");        // do not wait for 100 Continue
        fields_ = curl_slist_append(fields_, "Content-Type:");  // do not claim a form
    } else if (method == "HEAD") {
        curl_easy_setopt(handle_, CURLOPT_NOBODY, 1L);
    } else if (method != "GET") {
        curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, method.c_str());
    }
    if (own_origin_) {
        for (const auto& [name, value] : target_.headers)
            fields_ = append_field(fields_, name, value);
    }
    if (fields_ != nullptr) curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, fields_);
}

void HttpProbe::set_callbacks() {
    error_[0] = '\0';
    body_.clear();
    body_bytes_ = 0;
    header_bytes_ = 0;
    on_done_ = [this](CURLcode code) { on_transfer_done(code); };
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_);
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &HttpProbe::on_body);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &HttpProbe::on_header);
    curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
    tried_ = false;
    refused_.reset();
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETFUNCTION, &HttpProbe::on_open);
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETDATA, this);
    if (url_.scheme == "https") {
        curl_easy_setopt(handle_, CURLOPT_SSL_CTX_FUNCTION, &HttpProbe::on_tls_context);
        curl_easy_setopt(handle_, CURLOPT_SSL_CTX_DATA, this);
    }
}

// Where a redirect leads, its sender decides: from a public address never into our own network.
bool HttpProbe::may_reach(const IpAddress& address) const {
    const bool is_ours = redirects_ == 0 || began_inside_;
    return is_ours ? context_.reach.allows(address) : context_.reach.allows_stranger(address);
}

// The very address that libcurl is about to connect to.
curl_socket_t HttpProbe::on_open(void* self, curlsocktype, curl_sockaddr* address) {
    auto* probe = static_cast<HttpProbe*>(self);
    const IpAddress to = IpAddress::of(address->addr);
    if (!probe->may_reach(to)) {
        probe->refused_ = to;
        return CURL_SOCKET_BAD;
    }
    probe->tried_ = true;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void HttpProbe::note_network() {
    if (redirects_ > 0) return;
    const char* text = nullptr;
    curl_easy_getinfo(handle_, CURLINFO_PRIMARY_IP, &text);
    const auto address = IpAddress::parse(text == nullptr ? "" : text);
    began_inside_ = address && kind_of(*address) != AddressKind::kPublic;
}

std::size_t HttpProbe::on_header(char*, std::size_t one, std::size_t count, void* self) {
    auto* probe = static_cast<HttpProbe*>(self);
    probe->header_bytes_ += one * count;
    if (probe->header_bytes_ <= kHeaderBytesMax) return one * count;
    probe->cut_ = Cut::kHeaders;
    return 0;
}

std::size_t HttpProbe::on_body(char* bytes, std::size_t one, std::size_t count, void* self) {
    auto* probe = static_cast<HttpProbe*>(self);
    return probe->take_body({bytes, one * count}) ? one * count : 0;
}

bool HttpProbe::take_body(std::string_view bytes) {
    body_bytes_ += bytes.size();
    if (body_bytes_ > kAnswerBytesMax) {
        cut_ = needs_body(target_) ? Cut::kTooLong : Cut::kEnough;
        return false;
    }
    if (body_bytes_ > kInflateFreeBytes) {
        curl_off_t wire_bytes = 0;
        curl_easy_getinfo(handle_, CURLINFO_SIZE_DOWNLOAD_T, &wire_bytes);
        if (body_bytes_ / kInflateRatioMax > static_cast<std::size_t>(wire_bytes)) {
            cut_ = Cut::kInflated;
            return false;
        }
    }
    if (needs_body(target_)) body_ += bytes;
    return true;
}

CURLcode HttpProbe::on_tls_context(CURL*, void* context, void* self) {
    auto* probe = static_cast<HttpProbe*>(self);
    probe->facts_ = {};
    record_facts(static_cast<ssl_ctx_st*>(context), &probe->facts_);
    return CURLE_OK;
}

void HttpProbe::on_transfer_done(CURLcode code) {
    note_timing();
    note_network();
    if (code != CURLE_OK && cut_ != Cut::kEnough) return finish(transfer_trouble(code));
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    status_ = status;
    if (follow_redirect()) return;
    judge_answer();
}

void HttpProbe::note_timing() {
    curl_off_t name = 0;
    curl_off_t connect = 0;
    curl_off_t tls = 0;
    curl_off_t first_byte = 0;
    curl_easy_getinfo(handle_, CURLINFO_NAMELOOKUP_TIME_T, &name);
    curl_easy_getinfo(handle_, CURLINFO_CONNECT_TIME_T, &connect);
    curl_easy_getinfo(handle_, CURLINFO_APPCONNECT_TIME_T, &tls);
    curl_easy_getinfo(handle_, CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
    if (connect > name) timing_.connect_us += connect - name;
    if (tls > connect) timing_.tls_us += tls - connect;
    const curl_off_t before = tls > 0 ? tls : connect;
    if (first_byte > before) timing_.first_byte_us += first_byte - before;
}

bool HttpProbe::follow_redirect() {
    if (!is_redirect(status_) || redirects_ >= target_.redirects_max) return false;
    char* location = nullptr;
    curl_easy_getinfo(handle_, CURLINFO_REDIRECT_URL, &location);
    if (location == nullptr) return false;
    const std::string next = location;
    ++redirects_;
    end_transfer();
    begin_hop(next);
    return true;
}

void HttpProbe::judge_answer() {
    HttpAnswer answer;
    answer.status = status_;
    answer.body = body_;
    answer.total_us = steady_now_us() - run_.started_us;
    std::optional<Trouble> why = judge(target_, answer);
    if (why && redirects_ > 0) {
        why->detail += "; after " + std::to_string(redirects_) + " redirects, at " + url_.text;
    }
    finish(std::move(why));
}

void HttpProbe::on_deadline() {
    if (question_) {
        return finish(trouble(FailureKind::kNameServerFailed,
                              "no name server answered for " + url_.host + " within " +
                                  std::to_string(run_.spec->rule.timeout.ms) + " ms"));
    }
    note_timing();
    const bool connected = timing_.connect_us > 0;
    std::string doing = (connected ? "the answer from " : "connecting to ") + url_.host + " port " +
                        std::to_string(url_.port);
    finish(timed_out(*run_.spec, doing));
}

void HttpProbe::finish(std::optional<Trouble> why) {
    end_transfer();
    timing_.total_us = steady_now_us() - run_.started_us;
    Observation observation =
        why ? failed(*run_.spec, timing_, std::move(*why)) : passed(*run_.spec, timing_);
    observation.certificate_expires = facts_.expires;
    run_.done(std::move(observation));
}

void HttpProbe::end_transfer() {
    question_.reset();
    if (handle_ != nullptr) context_.http.stop(std::exchange(handle_, nullptr));
    curl_slist_free_all(std::exchange(fields_, nullptr));
    curl_slist_free_all(std::exchange(resolved_, nullptr));
}

Trouble HttpProbe::cut_trouble() const {
    Evidence evidence{.kind = FailureKind::kTooLarge, .limit = kAnswerBytesMax};
    switch (cut_) {
        case Cut::kHeaders:
            evidence.limit = kHeaderBytesMax;
            return {evidence, "the answer's header fields are longer than 64 KiB"};
        case Cut::kInflated:
            return {evidence, "the compressed answer grows by more than 100 times"};
        default: return {evidence, "the answer is longer than 1 MiB"};
    }
}

Trouble HttpProbe::transfer_trouble(CURLcode code) const {
    if (cut_ != Cut::kNone) return cut_trouble();
    if (refused_ && !tried_) {
        return out_of_reach(redirects_ == 0 ? FailureKind::kCouldNotRun : FailureKind::kProtocol,
                            *refused_);
    }
    long error_number = 0;
    curl_easy_getinfo(handle_, CURLINFO_OS_ERRNO, &error_number);
    std::string detail = error_[0] != '\0' ? error_ : curl_easy_strerror(code);
    switch (code) {
        case CURLE_COULDNT_CONNECT:
            if (error_number == 0) return trouble(FailureKind::kUnreachable, std::move(detail));
            return socket_trouble(static_cast<int>(error_number), detail);
        case CURLE_OPERATION_TIMEDOUT: return timed_out(*run_.spec, "connecting to " + url_.host);
        case CURLE_COULDNT_RESOLVE_HOST:
            return trouble(FailureKind::kNameNotFound, std::move(detail));
        case CURLE_PEER_FAILED_VERIFICATION: {
            Trouble why = certificate_trouble(facts_, wall_now(), url_.host);
            why.detail += " (" + detail + ")";
            return why;
        }
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR: return trouble(FailureKind::kTlsFailed, std::move(detail));
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR: return trouble(FailureKind::kUnreachable, std::move(detail));
        case CURLE_RECV_ERROR:
            return trouble(header_bytes_ == 0 ? FailureKind::kUnreachable : FailureKind::kProtocol,
                           std::move(detail));
        case CURLE_URL_MALFORMAT:
        case CURLE_FAILED_INIT:
        case CURLE_OUT_OF_MEMORY: return trouble(FailureKind::kCouldNotRun, std::move(detail));
        default: return trouble(FailureKind::kProtocol, std::move(detail));
    }
}

}  // namespace candor::probe
