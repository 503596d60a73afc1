// The passwords that everybody tries first: the 3,000 most common ones of at least 8 characters.
//
// Kept as the first 32 bits of their SHA-256, so that the source holds no list of words to read: a
// password that is not among them is refused by chance once in 1.4 million. Drawn from the
// frequency list of zxcvbn 4.4.2 (Dropbox, MIT license). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace candor::access {

inline constexpr std::size_t kCommonPasswords = 3000;

// `lower` is the password in ASCII lower case.
bool is_common_password(std::string_view lower);

}  // namespace candor::access
