#include "notify/subscribe_links.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/codec.h"

namespace candor::notify {
namespace {

constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kIdLength = 22;  // 128 bits
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), kVariant);
    out.pop_back();  // the terminating zero
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int bad = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                      text.data(), text.size(), nullptr, &size, &end, kVariant);
    if (bad != 0 || end != text.data() + text.size()) return std::nullopt;
    out.resize(size);
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string SubscribeLinks::mac(std::string_view purpose, std::string_view bytes) const {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key_), key_.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(purpose), purpose.size());
    crypto_auth_hmacsha256_update(&state, bytes_of("\n"), 1);
    crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> out{};
    crypto_auth_hmacsha256_final(&state, out.data());
    return base64({reinterpret_cast<const char*>(out.data()), kMacBytes});
}

SubscriberId SubscribeLinks::id_of(std::string_view address) const {
    return {mac("subscriber id", lower(address)).substr(0, kIdLength)};
}

std::string SubscribeLinks::confirm_word(const SubscribeClaim& claim) const {
    const std::string bytes = encode(claim);
    return base64(bytes) + '.' + mac("confirm", bytes);
}

std::optional<SubscribeClaim> SubscribeLinks::confirmed(std::string_view word,
                                                        Timestamp now) const {
    const std::size_t dot = word.find('.');
    if (word.size() > kLinkBytesMax || dot == std::string_view::npos) return std::nullopt;
    const auto bytes = from_base64(word.substr(0, dot));
    if (!bytes || !equal(word.substr(dot + 1), mac("confirm", *bytes))) return std::nullopt;
    auto claim = decode<SubscribeClaim>(*bytes);
    if (!claim || claim->expires < now) return std::nullopt;
    return *std::move(claim);
}

std::string SubscribeLinks::subscriber_word(const SubscriberId& id) const {
    return id.value + '.' + mac("subscriber", id.value);
}

std::optional<SubscriberId> SubscribeLinks::subscriber(std::string_view word) const {
    const std::size_t dot = word.find('.');
    if (dot != kIdLength) return std::nullopt;
    if (!equal(word.substr(dot + 1), mac("subscriber", word.substr(0, dot)))) return std::nullopt;
    return SubscriberId{std::string(word.substr(0, dot))};
}

}  // namespace candor::notify
