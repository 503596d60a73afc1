// The outcomes port: names with their numbers, and what each stream did in each minute.
//
// The store knows no meaning: a minute is bytes, and whoever owns it merges before it writes.
// Durability: commit() is one transaction, on stable storage when it returns. Losing this store
// never stops the light that health checks give. Thread rule: one thread.
// Implementations: store/sqlite_outcomes.h, store/memory_outcomes.h; contract:
// tests/contract/outcomes_contract.h.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace candor {

// Bounds of one commit(); beyond them it answers kTooLarge and writes nothing.
inline constexpr std::size_t kNamesPerCommitMax = 4'100'000;
inline constexpr std::size_t kMinutesPerCommitMax = 4'096;
inline constexpr std::size_t kMinuteBytesMax = 256 * 1024 * 1024;

// Which list of names: each numbers its own from 0.
enum class NameList : std::uint8_t { kCustomers, kStreams, kAttributes, kValues };

struct NameKey {
    NameList list = NameList::kCustomers;
    std::uint32_t stream = 0;     // of kAttributes and kValues; else 0
    std::uint32_t attribute = 0;  // of kValues; else 0
    std::uint32_t number = 0;

    friend auto operator<=>(const NameKey&, const NameKey&) = default;
};

struct NewName {
    NameKey key;
    std::string name;
};

struct StoredMinute {
    std::uint32_t stream = 0;
    Timestamp minute;  // its start
    std::string bytes;
};

struct OutcomeCommit {
    std::vector<NewName> names;         // none was written before: kConflict
    std::vector<StoredMinute> minutes;  // each replaces what was stored of it
};

class OutcomeStore {
   public:
    virtual ~OutcomeStore() = default;

    // Random, made with the store and never changed.
    virtual Result<std::uint64_t> seed() = 0;

    // Every name, ascending by key. An error of `visit` ends it and is returned.
    virtual Result<void> names(
        const std::function<Result<void>(const NameKey&, std::string_view)>& visit) = 0;

    virtual Result<std::optional<std::string>> minute(std::uint32_t stream, Timestamp start) = 0;
    // Of one stream, those that start in [from, to), ascending. An error of `visit` ends it.
    virtual Result<void> minutes(
        std::uint32_t stream, Timestamp from, Timestamp to,
        const std::function<Result<void>(Timestamp, std::string_view)>& visit) = 0;

    // kDiskFull leaves the store usable; kIo and kCorrupt mean that it must not be written again
    // before it was reopened.
    virtual Result<void> commit(const OutcomeCommit& commit) = 0;

    // Forgets up to `limit` minutes that started before `before`. True when there may be more.
    virtual Result<bool> forget(Timestamp before, std::size_t limit) = 0;
};

}  // namespace candor
