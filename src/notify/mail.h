// A message as a mail: RFC 5322 headers, a plain text and an HTML part (multipart/alternative).
//
// The bytes are pure ASCII with CRLF and lines of at most 76 characters, whatever the message
// holds: no text can end a header, start a new one, or end the mail early. One-click unsubscribing
// is RFC 8058's. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "notify/message.h"

namespace candor::notify {

struct MailOptions {
    std::string message_id;  // stable; becomes Message-ID <message_id@domain>
    std::string from;        // an address
    std::string to;          // an address
    Timestamp date;          // of the announcement, so that a repeated mail is the same mail
    // Links of a subscriber; empty for an address of the configuration.
    std::string manage_url;
    std::string unsubscribe_url;
    std::string why;  // "You get this mail because …": one sentence
};

std::string mail_of(const Message& message, const MailOptions& options);

// The mail that asks whether an address really wants to subscribe.
struct ConfirmationMail {
    std::string page_name;
    std::string confirm_url;
    std::string choice;   // "everything", "Directory and Calls": in words
    std::string expires;  // in words
};
std::string confirmation_mail_of(const ConfirmationMail& mail, const MailOptions& options);

// A mail address that can stand in an envelope and a header as it is: ASCII, one @, no quoting.
bool is_mail_address(std::string_view text);
inline constexpr std::size_t kMailAddressBytesMax = 254;

}  // namespace candor::notify
