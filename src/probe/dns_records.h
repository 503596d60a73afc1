// Reads the records of one type out of a raw DNS answer, as the text that operators write.
//
// The bytes come from outside: every length is checked, names are expanded by c-ares, and at most
// kDnsRecordsMax records are taken. Pure; safe from any thread. Format: RFC 1035 §4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::probe {

inline constexpr std::size_t kDnsRecordsMax = 1024;

// The RR type number of A AAAA CNAME MX NS TXT; nullopt for any other word.
std::optional<int> dns_type_from(std::string_view name);

// The answer section's records of `type`, sorted, without duplicates: "192.0.2.7", "2001:db8::1",
// "www.example.net", "10 mail.example.net", the joined strings of a TXT. Names in lower case
// without the last dot. kInvalid when the message is malformed.
Result<std::vector<std::string>> dns_records(std::string_view message, int type);

// An expected record in the same spelling as dns_records() uses.
std::string normal_record(std::string_view text, int type);

}  // namespace candor::probe
