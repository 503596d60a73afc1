// What came of the deliveries, for operators who ask whether somebody was told.
//
// Reads beside the notifier, which owns the file: never waits for it and never makes it wait.
// Answers of one call are of one moment. Thread rule: one thread. Implementation:
// store/sqlite_deliveries_reader.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ports/deliveries.h"

namespace candor {

// The next try of a tally is the earliest among this many failed rows, the newest ones.
inline constexpr std::size_t kNextTriesLookedAtMax = 1'000;

// A place in the list; the row itself is not part of what follows it.
struct DeliveryPlace {
    std::uint64_t announcement = 0;
    std::string id;
};

struct DeliveryQuery {
    std::string subject = {};  // "": about everything
    std::optional<DeliveryState> state = {};
    std::optional<DeliveryPlace> after = {};  // nothing: from the newest
    std::size_t limit = 50;
};

struct DeliveryLine {
    Delivery row;
    std::string subject;
    std::int64_t kind = 0;
    Audience audience = Audience::kOperators;
    std::string address;  // of a subscriber who is still known
};

struct DeliveryLines {
    std::vector<DeliveryLine> lines;    // newest announcement first
    std::optional<DeliveryPlace> next;  // there may be more after it
};

struct DeliveryTally {
    std::uint64_t waiting = 0;  // without those that failed
    std::uint64_t failed = 0;
    std::uint64_t sent = 0;
    std::uint64_t given_up = 0;
    Timestamp next_try;  // of those that failed; zero: none
};

class DeliveriesReader {
   public:
    virtual ~DeliveriesReader() = default;

    // Blocks on the disk. Nothing while nobody was ever to be told.
    virtual Result<DeliveryLines> lines(const DeliveryQuery& query) = 0;
    // Of one subject; "": of everything.
    virtual Result<DeliveryTally> tally(const std::string& subject) = 0;
};

}  // namespace candor
