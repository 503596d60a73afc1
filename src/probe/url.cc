#include "probe/url.h"

#include <curl/curl.h>

#include <charconv>
#include <memory>

namespace candor::probe {
namespace {

struct UrlDeleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart what, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, what, &text, flags) != CURLUE_OK) return "";
    const std::unique_ptr<char, void (*)(void*)> owned(text, &curl_free);
    return owned.get();
}

}  // namespace

Result<Url> parse_url(const std::string& text) {
    if (text.size() > kUrlBytesMax) {
        return fail(ErrorCode::kTooLarge, "the URL is longer than 8 KiB");
    }
    const std::unique_ptr<CURLU, UrlDeleter> parsed(curl_url());
    const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), 0);
    if (code != CURLUE_OK) {
        return fail(ErrorCode::kInvalid,
                    std::string("the URL is not valid: ") + curl_url_strerror(code));
    }
    Url url;
    url.text = text;
    url.scheme = part(parsed.get(), CURLUPART_SCHEME);
    if (url.scheme != "http" && url.scheme != "https") {
        return fail(ErrorCode::kInvalid,
                    "the URL begins with '" + url.scheme + ":'; only http: and https: are probed");
    }
    url.host = part(parsed.get(), CURLUPART_HOST);
    const std::string port = part(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (url.host.empty() || url.port == 0) {
        return fail(ErrorCode::kInvalid, "the URL names no host or no port");
    }
    return url;
}

}  // namespace candor::probe
