// Random secrets that are handed out once and kept only as their SHA-256: session ids, API tokens,
// the setup key.
//
// 256 bits each, so that a plain hash is enough: there is nothing to guess. Pure; randomness comes
// from the caller's clock port.
#pragma once

#include <string>
#include <string_view>

#include "base/sha256.h"
#include "ports/clock.h"

namespace candor::access {

inline constexpr std::size_t kSecretDigits = 64;
// So that a token that leaked into a repository is found by those who look for such.
inline constexpr std::string_view kTokenPrefix = "candor_";
// Of any secret that a client presents; longer ones are not even hashed.
inline constexpr std::size_t kPresentedBytesMax = 128;

// 32 random bytes.
std::string random_bytes32(Clock& clock);

// 64 lower-case hexadecimal digits.
std::string new_secret(Clock& clock);
std::string new_token(Clock& clock);  // kTokenPrefix and 64 digits

// What is kept of it.
Digest digest_of(std::string_view secret);

// In time that does not depend on where they differ.
bool same_digest(const Digest& a, const Digest& b);

}  // namespace candor::access
