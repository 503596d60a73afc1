// A message as a webhook: Statuspage's subscriber payload, signed as Standard Webhooks 1.0.0.
//
// Receivers of either convention understand it: the body is Statuspage's, the headers webhook-id,
// webhook-timestamp and webhook-signature are the other's. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "notify/message.h"
#include "ports/sender.h"

namespace candor::notify {

struct WebhookOptions {
    std::string url;
    std::string secret;           // "whsec_" and base64; empty: not signed
    std::string message_id;       // the same at every try
    Timestamp now;                // of this try
    std::string unsubscribe_url;  // may be empty
    Reach reach = Reach::kPublicOnly;
};

outgoing::Http webhook_of(const Message& message, const WebhookOptions& options);

// {"meta":…,"page":…,"incident":…}.
std::string webhook_body(const Message& message, std::string_view unsubscribe_url);

// "v1,…": HMAC-SHA256 of "id.timestamp.body" under the secret's decoded bytes.
std::string webhook_signature(std::string_view secret, std::string_view id,
                              std::string_view timestamp, std::string_view body);

// "whsec_" and the base64 of 24 to 64 bytes.
bool is_webhook_secret(std::string_view text);

}  // namespace candor::notify
