#include "notify/webhook.h"

#include <sodium.h>

#include <array>

#include "page/json_writer.h"

namespace candor::notify {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::size_t kKeyBytesMin = 24;
constexpr std::size_t kKeyBytesMax = 64;

std::optional<std::string> key_of(std::string_view secret) {
    if (!secret.starts_with(kSecretPrefix)) return std::nullopt;
    secret.remove_prefix(kSecretPrefix.size());
    std::array<unsigned char, kKeyBytesMax + 1> key{};
    std::size_t size = 0;
    const char* end = nullptr;
    const int bad = sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr,
                                      &size, &end, sodium_base64_VARIANT_ORIGINAL);
    if (bad != 0 || end != secret.data() + secret.size()) return std::nullopt;
    if (size < kKeyBytesMin || size > kKeyBytesMax) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(key.data()), size);
}

}  // namespace

bool is_webhook_secret(std::string_view text) {
    return key_of(text).has_value();
}

std::string webhook_signature(std::string_view secret, std::string_view id,
                              std::string_view timestamp, std::string_view body) {
    const std::string key = key_of(secret).value_or("");
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()),
                                key.size());
    const auto add = [&](std::string_view bytes) {
        crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                                      bytes.size());
    };
    add(id);
    add(".");
    add(timestamp);
    add(".");
    add(body);
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    std::array<char, sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES,
                                               sodium_base64_VARIANT_ORIGINAL)>
        text{};
    sodium_bin2base64(text.data(), text.size(), mac.data(), mac.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    return std::string("v1,") + text.data();
}

std::string webhook_body(const Message& m, std::string_view unsubscribe_url) {
    page::JsonWriter w;
    w.begin_object().key("meta").begin_object();
    w.member("unsubscribe", unsubscribe_url);
    w.member("documentation", "https://www.standardwebhooks.com/");
    if (!m.answer_url.empty()) w.member("answer_url", m.answer_url);
    w.member("generated_at", m.at).end_object();
    w.key("page").begin_object().member("id", m.page.id);
    w.member("status_indicator", name_of(m.page.indicator));
    w.member("status_description", m.page.description).end_object();
    std::string out = w.take();
    // A test has no incident; an empty member would break those who discriminate by key.
    if (!m.incident_json.empty()) out += ",\"incident\":" + m.incident_json;
    return out + "}";
}

outgoing::Http webhook_of(const Message& message, const WebhookOptions& options) {
    outgoing::Http out{
        .url = options.url,
        .headers = {{"Content-Type", "application/json"}, {"webhook-id", options.message_id}},
        .body = webhook_body(message, options.unsubscribe_url),
        .reach = options.reach};
    const std::string timestamp = std::to_string(options.now.ms / 1000);
    out.headers.emplace_back("webhook-timestamp", timestamp);
    if (!options.secret.empty()) {
        out.headers.emplace_back(
            "webhook-signature",
            webhook_signature(options.secret, options.message_id, timestamp, out.body));
    }
    return out;
}

}  // namespace candor::notify
