#include "app/console_client.h"

#include <curl/curl.h>
#include <openssl/ssl.h>

#include <boost/json.hpp>
#include <memory>

#include "app/config_expand.h"
#include "app/config_value.h"
#include "app/instance.h"
#include "web/certificate.h"

namespace candor::app {
namespace {

constexpr long kConnectMs = 5'000;
constexpr long kAnswerMs = 30'000;

std::size_t collect(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& text = *static_cast<std::string*>(into);
    if (text.size() + size * count > kConsoleAnswerBytesMax) return 0;
    text.append(bytes, size * count);
    return size * count;
}

// A wildcard is where it listens, not where it can be reached.
ListenAddress reachable(ListenAddress address) {
    if (address.host == "0.0.0.0") address.host = "127.0.0.1";
    if (address.host == "::") address.host = "::1";
    return address;
}

ErrorCode code_of(long status) {
    switch (status) {
        case 401:
        case 403: return ErrorCode::kUnauthorized;
        case 404: return ErrorCode::kNotFound;
        case 409:
        case 412: return ErrorCode::kChanged;
        case 413: return ErrorCode::kTooLarge;
        case 422: return ErrorCode::kInvalid;
        case 429:
        case 503: return ErrorCode::kBusy;
        case 507: return ErrorCode::kDiskFull;
        default: return ErrorCode::kInternal;
    }
}

// The `detail` of a problem+json, which is a sentence for people.
std::string sentence_in(const std::string& body, long status) {
    boost::json::error_code bad;
    const boost::json::value value = boost::json::parse(body, bad);
    if (!bad && value.is_object()) {
        const auto* detail = value.as_object().if_contains("detail");
        if (detail != nullptr && detail->is_string()) return std::string(detail->as_string());
    }
    return "the server answered with HTTP " + std::to_string(status);
}

// The very certificate that the configuration names, whoever signed it, and not its chain: the name
// in it is the public one, not this machine's address.
CURLcode trust_this_one(CURL*, void* context, void* file) {
    const auto pem = read_bounded_file(*static_cast<const std::string*>(file), web::kPemBytesMax);
    if (!pem) return CURLE_SSL_CACERT_BADFILE;
    const auto certificate = web::Certificate::parse(*pem);
    X509_STORE* store = certificate ? X509_STORE_new() : nullptr;
    if (store == nullptr) return CURLE_SSL_CACERT_BADFILE;
    X509_STORE_add_cert(store, certificate->get());
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    SSL_CTX_set_cert_store(static_cast<SSL_CTX*>(context), store);
    return CURLE_OK;
}

void expect_certificate(CURL* easy, const std::string& file) {
    if (file.empty()) return;
    curl_easy_setopt(easy, CURLOPT_CAINFO, file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &trust_this_one);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, &file);
}

struct CloseEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

Result<ConsoleClient> ConsoleClient::open(const Config& config) {
    auto token = read_secret_file(config.storage.folder + '/' + kOperatorTokenFile);
    if (!token) {
        return fail(token.error().code, token.error().message +
                                            "; start `candor serve` here first, and run this "
                                            "command as the user that it runs as");
    }
    const auto& tls = config.network.tls.console;
    return ConsoleClient(scheme_of(tls) + format_address(reachable(config.listen.console)),
                         std::move(*token), tls ? tls->cert : "");
}

Result<std::string> ConsoleClient::ask(const ConsoleCall& call) const {
    const std::unique_ptr<CURL, CloseEasy> easy(curl_easy_init());
    if (easy == nullptr) return fail(ErrorCode::kInternal, "libcurl does not start");
    std::unique_ptr<curl_slist, FreeList> headers(
        curl_slist_append(nullptr, ("Authorization: Bearer " + token_).c_str()));
    if (!call.body.empty()) {
        headers.reset(curl_slist_append(headers.release(), "Content-Type: application/json"));
    }
    std::string answer;
    const std::string url = base_ + call.path;
    curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, call.method.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    expect_certificate(easy.get(), certificate_);
    curl_easy_setopt(easy.get(), CURLOPT_NOPROXY, "*");  // the token goes to this machine only
    curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, kAnswerMs);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &collect);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &answer);
    if (!call.body.empty()) {
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, call.body.c_str());
    }
    if (const CURLcode code = curl_easy_perform(easy.get()); code != CURLE_OK) {
        return fail(ErrorCode::kIo, "no answer from " + base_ + " (" + curl_easy_strerror(code) +
                                        "): is `candor serve` running with this configuration?");
    }
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status / 100 != 2) return fail(code_of(status), sentence_in(answer, status));
    return answer;
}

}  // namespace candor::app
