#include "access/password.h"

#include <sodium.h>

#include <algorithm>

#include "access/weak_passwords.h"

namespace candor::access {
namespace {

constexpr std::size_t kHashBytes = 32;

// How many code points, or -1 when it is not UTF-8. They are counted, never decoded.
std::ptrdiff_t code_points(std::string_view text) {
    std::ptrdiff_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto b = static_cast<unsigned char>(text[i]);
        const std::size_t size = b < 0x80 ? 1 : b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : b >= 0xc2 ? 2 : 0;
        if (size == 0 || b > 0xf4 || i + size > text.size()) return -1;
        for (std::size_t k = 1; k < size; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return -1;
        }
        i += size;
    }
    return count;
}

std::string in_lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string base64(const std::uint8_t* bytes, std::size_t size) {
    constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::string out(sodium_base64_ENCODED_LEN(size, kVariant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes, size, kVariant);
    out.pop_back();  // the terminating zero that sodium counts
    return out;
}

}  // namespace

Result<void> check_new_password(std::string_view password) {
    if (password.size() > kPasswordBytesMax) {
        return fail(ErrorCode::kInvalid, "the password is longer than 256 characters");
    }
    const std::ptrdiff_t length = code_points(password);
    if (length < 0) return fail(ErrorCode::kInvalid, "the password is not valid UTF-8");
    if (length < static_cast<std::ptrdiff_t>(kPasswordLengthMin)) {
        return fail(ErrorCode::kInvalid,
                    "the password has fewer than 8 characters; 15 or more are better, and a few "
                    "words in a row are easy to remember");
    }
    if (length > static_cast<std::ptrdiff_t>(kPasswordLengthMax)) {
        return fail(ErrorCode::kInvalid, "the password is longer than 256 characters");
    }
    const bool one_character =
        std::ranges::all_of(password, [&](char c) { return c == password.front(); });
    if (one_character || is_common_password(in_lower_case(password))) {
        return fail(ErrorCode::kInvalid,
                    "this password is among the first that attackers try; choose another");
    }
    return {};
}

Result<std::string> hash_password(std::string_view password, const Salt& salt) {
    static_assert(sizeof(Salt) == crypto_pwhash_SALTBYTES);
    std::array<std::uint8_t, kHashBytes> out{};
    if (sodium_init() < 0 ||
        crypto_pwhash(out.data(), out.size(), password.data(), password.size(), salt.data(),
                      kHashPasses, kHashKibibytes * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::kInternal,
                    "there was no memory to hash a password (46 MiB); free some and retry");
    }
    return "$argon2id$v=19$m=" + std::to_string(kHashKibibytes) +
           ",t=" + std::to_string(kHashPasses) + ",p=1$" + base64(salt.data(), salt.size()) + "$" +
           base64(out.data(), out.size());
}

bool verify_password(std::string_view password, const std::string& hash) {
    if (password.size() > kPasswordBytesMax || sodium_init() < 0) return false;
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

const std::string& nobodys_hash() {
    // Salt and hash are fixed; finding a password for it is as hard as for any other.
    static const std::string kHash =
        "$argon2id$v=19$m=47104,t=1,p=1$bm9ib2R5IGhhcyB0aGlzLg$"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    return kHash;
}

}  // namespace candor::access
