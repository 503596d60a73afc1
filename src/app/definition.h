// Digests that stand for private things: what a check is, where its pings go.
//
// The journal tells that a check's definition changed without telling what it is: its digest is
// salted with a value only this instance knows. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"

namespace candor::app {

// Sets CheckRule::definition of every check and anchor: 32 hexadecimal digits of
// sha256(salt, canonical definition). Also writes Config::redacted anew.
void seal_definitions(Config& config, std::string_view salt);

// The redacted canonical text: topology and rules; no target, address, folder or secret.
std::string redacted_text(const Config& config);

// The lower-case UUID (RFC 9562, version 8) of a heartbeat's ping URL. Unguessable without the
// instance secret, the same at every start, and never the secret itself.
std::string derive_ping_uuid(std::string_view instance_secret, const CheckId& check);
// The one key of all /ping/<key>/<slug> URLs: 22 characters [a-z0-9].
std::string derive_ping_key(std::string_view instance_secret);
// Signs the links in subscribers' mails.
std::string derive_subscriber_key(std::string_view instance_secret);
// Signs the links by which whoever is on call answers.
std::string derive_answer_key(std::string_view instance_secret);
// Under it channels are digested, to tell whether one was changed.
std::string derive_channel_key(std::string_view instance_secret);
// Fills OnCallPerson::key: what the journal calls whoever stands in, so that it holds no name.
void set_people_keys(Config& config, std::string_view instance_secret);
// Fills HeartbeatTarget::ping_uuid of every heartbeat.
void set_ping_uuids(Config& config, std::string_view instance_secret);

}  // namespace candor::app
