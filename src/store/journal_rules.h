// What every journal must refuse and compute alike: the chain, and the bounds of its arguments.
//
// Pure functions over values; no storage. Both implementations call these, so that a caller sees
// the same answer from memory as from disk.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "ports/journal.h"

namespace candor::store {

// SHA-256(previous || be64(position) || be64(at ms) || bytes).
Digest chain_after(const Digest& previous, Position position, Timestamp at, std::string_view bytes);

// Everything about the requests that can be told without storage, given the head they follow.
Result<void> check_requests(std::span<const AppendRequest> requests, const JournalHead& head);

Result<void> check_snapshot(const StateSnapshot& snapshot);
Result<void> check_stored_name(const std::string& name);
Result<void> check_meta(const std::string& name, const std::string& value);
Result<void> check_follower_position(const std::string& name, Position position, Position head);

// "batch 17 of the journal is damaged: expected chain ab12…, found cd34…; restore from a backup".
Error chain_damage(Position position, const Digest& expected, std::string_view found);
// "the journal lacks batch 17: found batch 19 in its place; …".
Error position_damage(Position expected, Position found);

}  // namespace candor::store
