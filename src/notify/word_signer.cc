#include "notify/word_signer.h"

#include <sodium.h>

#include <array>

namespace candor::notify {
namespace {

constexpr std::size_t kMacBytes = 16;
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

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string WordSigner::mark(std::string_view purpose, std::string_view bytes) const {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key_), key_.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(purpose), purpose.size());
    crypto_auth_hmacsha256_update(&state, bytes_of("\n"), 1);
    crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> out{};
    crypto_auth_hmacsha256_final(&state, out.data());
    return base64({reinterpret_cast<const char*>(out.data()), kMacBytes});
}

bool WordSigner::is_mark(std::string_view mark, std::string_view purpose,
                         std::string_view bytes) const {
    return equal(mark, this->mark(purpose, bytes));
}

std::string WordSigner::seal(std::string_view purpose, std::string_view bytes) const {
    return base64(bytes) + '.' + mark(purpose, bytes);
}

std::optional<std::string> WordSigner::open(std::string_view purpose, std::string_view word) const {
    const std::size_t dot = word.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    auto bytes = from_base64(word.substr(0, dot));
    if (!bytes || !is_mark(word.substr(dot + 1), purpose, *bytes)) return std::nullopt;
    return bytes;
}

}  // namespace candor::notify
