// One-time passwords by time (RFC 6238 with SHA-1, 6 digits, 30 s): the second factor.
//
// Pure: the secret and the time are arguments. That a code is used once is decided by the core,
// which remembers the newest step of each person (core/accounts.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace candor::access {

inline constexpr Duration kTotpStep = seconds(30);
inline constexpr std::size_t kTotpDigits = 6;
inline constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226 §4 R6: at least 16, better 20
// Phones are a little wrong: one step earlier and one later are taken too.
inline constexpr std::int64_t kTotpStepsAround = 1;

std::int64_t totp_step(Timestamp at);

// Six digits; `secret` is raw bytes.
std::string totp_code(std::string_view secret, std::int64_t step);

// The step whose code this is: within kTotpStepsAround of `at` and after `last_used`. Looks at
// every allowed step, so that time tells nothing.
std::optional<std::int64_t> totp_match(std::string_view secret, std::string_view code, Timestamp at,
                                       std::int64_t last_used);

// RFC 4648 without padding, upper case: what people type into their phone.
std::string base32(std::string_view bytes);

// Back to bytes; nothing for any other character, and in either case of letters.
std::optional<std::string> base32_decoded(std::string_view text);

// otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=… (Key Uri Format): what their phone scans.
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);

}  // namespace candor::access
