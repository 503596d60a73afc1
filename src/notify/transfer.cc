#include "notify/transfer.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "notify/words.h"

namespace candor::notify {
namespace {

constexpr Duration kConnectTimeout = seconds(10);
constexpr std::size_t kAnswerKept = 120;
constexpr long kHttpGone = 410;
constexpr long kHttpTooManyRequests = 429;

// What another try with the same bytes cannot change.
bool is_final_refusal(long status) {
    return status == 400 || status == 413 || status == 415 || status == 422;
}

}  // namespace

Transfer::Transfer(Outgoing outgoing, const ReachRules& strangers,
                   std::function<void(SendResult)> done)
    : outgoing_(std::move(outgoing)),
      strangers_(strangers),
      done_(std::move(done)),
      handle_(curl_easy_init()) {
    if (handle_ == nullptr) return;
    set_rules();
    if (const auto* http = std::get_if<outgoing::Http>(&outgoing_.what)) set_http(*http);
    if (const auto* mail = std::get_if<outgoing::Mail>(&outgoing_.what)) set_mail(*mail);
}

Transfer::~Transfer() {
    curl_easy_cleanup(handle_);
    curl_slist_free_all(headers_);
    curl_slist_free_all(recipients_);
}

void Transfer::set_rules() {
    curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_);
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(handle_, CURLOPT_PROXY, "");  // also switches the environment's proxies off
    curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(outgoing_.timeout.ms));
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(std::min(kConnectTimeout, outgoing_.timeout).ms));
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Transfer::on_answer);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
}

void Transfer::set_http(const outgoing::Http& http) {
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle_, CURLOPT_URL, http.url.c_str());
    curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle_, CURLOPT_USERAGENT, "Candor");
    if (http.method == outgoing::Http::Method::kPost) {
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(http.body.size()));
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, http.body.c_str());
    }
    headers_ = curl_slist_append(headers_, "Expect:");
    for (const auto& [name, value] : http.headers) {
        headers_ = curl_slist_append(headers_, (name + ": " + value).c_str());
    }
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers_);
    if (http.reach == Reach::kAnywhere) return;
    // A kept connection was not asked for its address by this transfer.
    curl_easy_setopt(handle_, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::set_mail(const outgoing::Mail& mail) {
    const bool tls = mail.security == outgoing::MailSecurity::kFromStart;
    const bool required = mail.security == outgoing::MailSecurity::kRequired;
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle_, CURLOPT_URL, ((tls ? "smtps://" : "smtp://") + mail.server).c_str());
    curl_easy_setopt(handle_, CURLOPT_USE_SSL,
                     static_cast<long>(required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (!mail.user.empty()) {
        curl_easy_setopt(handle_, CURLOPT_USERNAME, mail.user.c_str());
        curl_easy_setopt(handle_, CURLOPT_PASSWORD, mail.password.c_str());
    }
    curl_easy_setopt(handle_, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    recipients_ = curl_slist_append(recipients_, ("<" + mail.to + ">").c_str());
    curl_easy_setopt(handle_, CURLOPT_MAIL_RCPT, recipients_);
    curl_easy_setopt(handle_, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.bytes.size()));
    curl_easy_setopt(handle_, CURLOPT_READFUNCTION, &Transfer::on_read);
    curl_easy_setopt(handle_, CURLOPT_READDATA, this);
}

void Transfer::finish(CURLcode code) {
    SendResult result = judge(code);
    result.number = outgoing_.number;
    result.detail = bounded_line(result.detail, kSendDetailBytesMax);
    done_(std::move(result));
}

void Transfer::finish(SendOutcome outcome, std::string_view detail) {
    done_({outgoing_.number, outcome, {}, std::string(detail)});
}

SendResult Transfer::judge(CURLcode code) {
    const bool is_mail = std::holds_alternative<outgoing::Mail>(outgoing_.what);
    if (refused_address_) {
        return {0, SendOutcome::kRefused, {}, "the address is not one that webhooks may reach"};
    }
    if (answered_ > kSendAnswerBytesMax) {
        return {0, SendOutcome::kLater, {}, "the answer has no end"};
    }
    if (code == CURLE_OK) return is_mail ? judge_mail() : judge_http();
    if (is_mail && !last_line_.empty()) return judge_mail();
    const std::string why = error_[0] != '\0' ? error_ : curl_easy_strerror(code);
    return {0, SendOutcome::kLater, {}, why};
}

SendResult Transfer::judge_http() {
    long status = 0;
    curl_off_t wait_s = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_, CURLINFO_RETRY_AFTER, &wait_s);
    std::string detail = "HTTP " + std::to_string(status);
    if (status >= 200 && status < 300) return {0, SendOutcome::kDelivered, {}, detail};
    if (!answer_.empty()) detail += ": " + answer_;
    if (status == kHttpGone) return {0, SendOutcome::kGone, {}, detail};
    if (is_final_refusal(status)) return {0, SendOutcome::kRefused, {}, detail};
    const Duration patience = status == kHttpTooManyRequests && wait_s == 0
                                  ? seconds(60)
                                  : seconds(std::clamp<std::int64_t>(wait_s, 0, 86'400));
    return {0, SendOutcome::kLater, patience, detail};
}

// A recipient is refused for good by a 5xx of its own; a relay that refuses everybody (5.7.x,
// authentication, the sender) is the operator's to mend, and then the mail goes out.
SendResult Transfer::judge_mail() {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    if (error_[0] == '\0') return {0, SendOutcome::kDelivered, {}, "accepted"};
    const bool of_recipient = std::strstr(error_, "RCPT failed") != nullptr;
    const bool lasting =
        last_line_.starts_with("55") && last_line_.find("5.7.") == std::string::npos;
    return {0,
            of_recipient && lasting ? SendOutcome::kRefused : SendOutcome::kLater,
            {},
            last_line_.empty() ? std::string(error_) : last_line_};
}

bool Transfer::takes(std::string_view bytes, bool keep) {
    answered_ += bytes.size();
    if (answered_ > kSendAnswerBytesMax) return false;
    if (keep && answer_.size() < kAnswerKept) {
        answer_ += bytes.substr(0, kAnswerKept - answer_.size());
    }
    return true;
}

std::size_t Transfer::on_answer(char* data, std::size_t size, std::size_t count, void* self) {
    const std::string_view bytes(data, size * count);
    return static_cast<Transfer*>(self)->takes(bytes, true) ? bytes.size() : 0;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<Transfer*>(self);
    std::string_view line(data, size * count);
    if (!transfer->takes(line, false)) return 0;
    if (std::holds_alternative<outgoing::Mail>(transfer->outgoing_.what)) {
        std::string_view text = line.substr(0, kAnswerKept);
        while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
        // A goodbye after a refusal says nothing.
        if (text.starts_with('4') || text.starts_with('5')) transfer->last_line_ = text;
    }
    return line.size();
}

std::size_t Transfer::on_read(char* to, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<Transfer*>(self);
    const std::string& bytes = std::get<outgoing::Mail>(transfer->outgoing_.what).bytes;
    const std::size_t n = std::min(size * count, bytes.size() - transfer->read_);
    bytes.copy(to, n, transfer->read_);
    transfer->read_ += n;
    return n;
}

curl_socket_t Transfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
    auto* transfer = static_cast<Transfer*>(self);
    if (!transfer->strangers_.allows(IpAddress::of(address->addr))) {
        transfer->refused_address_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace candor::notify
