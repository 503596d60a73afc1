// The layer below mail.h: header fields, encoded words (RFC 2047), quoted-printable (RFC 2045).
//
// Everything that comes out is printable ASCII in lines of at most 76 characters. Pure.
#pragma once

#include <string>
#include <string_view>

namespace candor::notify {

// "Subject: …\r\n", folded; text outside ASCII as encoded words. Line ends in `text` become spaces.
std::string unstructured_header(std::string_view name, std::string_view text);

// `"Acme Cloud" <status@acme.example>`; the address is used as it is.
std::string mailbox(std::string_view display_name, std::string_view address);

// Ends with CRLF. A line never starts with a dot or with "From ".
std::string quoted_printable(std::string_view text);

struct AlternativeParts {
    std::string text;
    std::string html;
};
// The headers and the body of a multipart/alternative entity; the boundary derives from the parts.
std::string multipart_alternative(const AlternativeParts& parts);

}  // namespace candor::notify
