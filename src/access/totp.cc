#include "access/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/check.h"

namespace candor::access {
namespace {

constexpr std::uint32_t kModulus = 1'000'000;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto b = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[b >> 4];
            out += kHex[b & 15];
        }
    }
    return out;
}

}  // namespace

std::int64_t totp_step(Timestamp at) {
    return at.ms / kTotpStep.ms;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[i] = static_cast<unsigned char>(step >> (56 - 8 * i));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
               counter.size(), mac.data(), &size) != nullptr);
    // RFC 4226 §5.3: dynamic truncation.
    const std::size_t at = mac[size - 1] & 15U;
    const std::uint32_t value = ((mac[at] & 0x7fU) << 24) | (std::uint32_t{mac[at + 1]} << 16) |
                                (std::uint32_t{mac[at + 2]} << 8) | mac[at + 3];
    std::string digits = std::to_string(value % kModulus);
    return std::string(kTotpDigits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> totp_match(std::string_view secret, std::string_view code, Timestamp at,
                                       std::int64_t last_used) {
    if (code.size() != kTotpDigits) return std::nullopt;
    std::optional<std::int64_t> matched;
    const std::int64_t now = totp_step(at);
    for (std::int64_t step = now - kTotpStepsAround; step <= now + kTotpStepsAround; ++step) {
        const std::string wanted = totp_code(secret, step);
        const bool same = sodium_memcmp(wanted.data(), code.data(), kTotpDigits) == 0;
        if (same && step > last_used) matched = step;
    }
    return matched;
}

std::string base32(std::string_view bytes) {
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) out += kAlphabet[(held >> (bits - 5)) & 31U];
        held &= 0xffU;
    }
    if (bits > 0) out += kAlphabet[(held << (5 - bits)) & 31U];
    return out;
}

std::optional<std::string> base32_decoded(std::string_view text) {
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : text) {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const std::size_t value = kAlphabet.find(upper);
        if (value == std::string_view::npos) return std::nullopt;
        held = (held << 5) | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((held >> bits) & 0xffU);
        }
        held &= 0xffU;
    }
    return out;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
    return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) +
           "?secret=" + base32(secret) + "&issuer=" + percent_encoded(issuer);
}

}  // namespace candor::access
