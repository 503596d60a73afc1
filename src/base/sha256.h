// SHA-256 (FIPS 180-4) over contiguous bytes: the journal's chain and the names of configurations.
//
// Not for passwords and not a MAC. Pure; safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace candor {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

// 64 lower-case hexadecimal digits.
std::string to_hex(const Digest& digest);

// The digest's 32 raw bytes, for appending to a message or storing as a blob.
std::string_view as_bytes(const Digest& digest);

}  // namespace candor
