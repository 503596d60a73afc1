// Passwords: which ones are taken, and how they are kept (OWASP ASVS 5.0 §6.2, argon2id).
//
// A hash is the usual text `$argon2id$v=19$m=47104,t=1,p=1$salt$hash` (PHC string format), so that
// its cost can be raised later and old ones still verify. Hashing takes about 80 ms and 46 MiB:
// never on an event loop (access/password_workers.h). Pure besides that; safe from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::access {

// In code points; no rule on what they are, because such rules make passwords worse.
inline constexpr std::size_t kPasswordLengthMin = 8;
inline constexpr std::size_t kPasswordLengthMax = 256;
inline constexpr std::size_t kPasswordBytesMax = kPasswordLengthMax * 4;

inline constexpr unsigned kHashPasses = 1;
inline constexpr std::size_t kHashKibibytes = 47'104;
using Salt = std::array<std::uint8_t, 16>;

// kInvalid says what is wrong in words for the person who chose it: too short, too long, not
// UTF-8, among the most common ones, or one character over and over.
Result<void> check_new_password(std::string_view password);

// kInternal: there was no memory for it. `salt` is fresh randomness.
Result<std::string> hash_password(std::string_view password, const Salt& salt);

// False also for a malformed hash. Takes as long for a wrong password as for the right one.
bool verify_password(std::string_view password, const std::string& hash);

// A hash that no password opens, of the same cost: verified in place of an unknown person's.
const std::string& nobodys_hash();

}  // namespace candor::access
