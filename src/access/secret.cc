#include "access/secret.h"

#include <algorithm>

namespace candor::access {

std::string random_bytes32(Clock& clock) {
    std::string bytes;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t bits = clock.entropy();
        for (int byte = 0; byte < 8; ++byte) bytes += static_cast<char>(bits >> (8 * byte));
    }
    return bytes;
}

std::string new_secret(Clock& clock) {
    const std::string bytes = random_bytes32(clock);
    Digest raw{};
    std::ranges::transform(bytes, raw.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
    return to_hex(raw);
}

std::string new_token(Clock& clock) {
    return std::string(kTokenPrefix) + new_secret(clock);
}

Digest digest_of(std::string_view secret) {
    return sha256(secret);
}

bool same_digest(const Digest& a, const Digest& b) {
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

}  // namespace candor::access
