// Salted password digests of the sample's users.
//
// Fast on purpose, so that sixty thousand users are seeded in a second; a real service would use a
// slow hash. Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace acme {

// "salt:digest", both hexadecimal; the same salt gives the same text.
std::string stored_password(std::string_view salt, std::string_view password);

bool password_matches(std::string_view stored, std::string_view password);

}  // namespace acme
