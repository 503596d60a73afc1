// The real sender: HTTP, SMTP and commands on one thread of its own.
//
// Nothing waits for anything else: a server that hangs keeps its own transfers until their timeout,
// at most kConnectionsPerHost of them connected. Destroying it ends what is under way, answered as
// kLater.
#pragma once

#include <memory>

#include "base/reach.h"
#include "base/result.h"
#include "ports/sender.h"

namespace candor::notify {

inline constexpr long kConnectionsPerHost = 8;
inline constexpr long kConnectionsTotal = 64;

// `strangers`: where targets that the operator has not written may lead.
Result<std::unique_ptr<Sender>> start_sender(ReachRules strangers = reach_of_strangers());

}  // namespace candor::notify
