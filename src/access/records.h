// What is private of a person and of a token: the bytes behind the sealed texts of their entries.
//
// The journal's chain holds only a salted commitment of them (model/account_entries.h), so that
// they can be erased. The format is part of the journal: fields are frozen, a new one needs a new
// kRecordFormat. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::access {

inline constexpr std::int64_t kRecordFormat = 1;
inline constexpr std::size_t kNameBytesMax = 120;
inline constexpr std::size_t kMailBytesMax = 254;  // RFC 5321 §4.5.3.1.3
inline constexpr std::size_t kLabelBytesMax = 120;

struct PersonRecord {
    std::int64_t format = kRecordFormat;
    std::string name;
    std::string mail;           // as in tidy_mail()
    std::string password_hash;  // access/password.h; empty: cannot sign in by password
    std::string totp_secret;    // raw bytes; empty: no second factor

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("format", self.format);
        visit("name", self.name);
        visit("mail", self.mail);
        visit("password_hash", self.password_hash);
        visit("totp_secret", self.totp_secret);
    }
};

struct TokenRecord {
    std::int64_t format = kRecordFormat;
    std::string digest;  // hexadecimal SHA-256 of the token
    std::string label;   // what it is for, in its maker's words

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("format", self.format);
        visit("digest", self.digest);
        visit("label", self.label);
    }
};

std::string pack(const PersonRecord& record);
std::string pack(const TokenRecord& record);
// kCorrupt, or kUnsupported when a later version wrote it.
Result<PersonRecord> unpack_person(std::string_view bytes);
Result<TokenRecord> unpack_token(std::string_view bytes);

// Without blanks around it and in ASCII lower case: one person has one account. kInvalid when it is
// no mail address (one @, something on both sides, no blank or control character).
Result<std::string> tidy_mail(std::string_view mail);
// kInvalid when it is blank, too long or holds control characters; `what` names it.
Result<std::string> tidy_words(std::string_view words, std::string_view what,
                               std::size_t bytes_max);

}  // namespace candor::access
