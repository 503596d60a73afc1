#include "acme/password.h"

#include <sodium.h>

#include <array>

namespace acme {

std::string stored_password(std::string_view salt, std::string_view password) {
    const std::string input = std::string(salt) + ":" + std::string(password);
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(input.data()), input.size(), nullptr,
                       0);
    std::array<char, crypto_generichash_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return std::string(salt) + ":" + hex.data();
}

bool password_matches(std::string_view stored, std::string_view password) {
    const std::string again = stored_password(stored.substr(0, stored.find(':')), password);
    return again.size() == stored.size() &&
           sodium_memcmp(again.data(), stored.data(), again.size()) == 0;
}

}  // namespace acme
