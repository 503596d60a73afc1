// Counts outcomes and makes them durable: the book's parts, merged into the minutes of the store.
//
// What is counted is answered before it is durable, so commit() follows within kOutcomesWaitMax;
// watermark() tells how far that has come. Reads no clock and no socket: the simulator drives this
// very class. Thread rule: one thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "impact/outcome_book.h"
#include "impact/recent_minutes.h"
#include "model/outcome_windows.h"
#include "ports/outcome_store.h"

namespace candor::engine {

// An accepted outcome is on stable storage within a second (DESIGN §3, rule 11): this much for
// waiting, the rest for the disk.
inline constexpr Duration kOutcomesWaitMax = milliseconds(500);

class OutcomeCounter final {
   public:
    // Reads every name of the store, which must outlive the counter, and the minutes that windows
    // reach. kCorrupt: its numbers have holes, or a minute is damaged.
    static Result<std::unique_ptr<OutcomeCounter>> open(OutcomeStore& store, Timestamp now);

    // A refusal of the outcome itself is a value of Counted. An error is the store's: kDiskFull
    // refuses everything until a commit() succeeds; kIo and kCorrupt for good.
    Result<impact::Counted> count(const Outcome& outcome, Timestamp now);

    // Makes everything counted durable. After kDiskFull nothing is lost: it may be tried again.
    Result<void> commit();

    // When the oldest outcome that is not durable was counted; nullopt: all are.
    std::optional<Timestamp> waiting_since() const { return waiting_since_; }
    // Everything that was counted before this instant is durable.
    Timestamp watermark(Timestamp now) const { return waiting_since_.value_or(now); }

    // Of what is durable; nullopt: the stream has never been seen.
    std::optional<OutcomeWindows> windows(std::string_view stream, Timestamp now);

    const impact::OutcomeBook& book() const { return *book_; }

   private:
    using MinuteKey = std::pair<impact::Number, Timestamp>;

    // How many names of each list are stored: a list only grows at its end.
    struct Stored {
        std::size_t customers = 0;
        std::size_t streams = 0;
        std::vector<std::vector<std::size_t>> values;  // by stream, then attribute
    };

    OutcomeCounter(OutcomeStore& store, std::uint64_t seed);
    Result<void> load(Timestamp now);
    Result<void> load_recent(impact::Number stream, Timestamp now);
    Result<void> take_name(const NameKey& key, std::string_view name);
    void take_parts();
    Stored known() const;
    void add_new_names(const Stored& known, OutcomeCommit& commit) const;
    Result<void> add_minutes(OutcomeCommit& commit);
    void remember();
    impact::RecentMinutes& recent(impact::Number stream);

    OutcomeStore& store_;
    std::unique_ptr<impact::OutcomeBook> book_;
    Stored stored_;
    std::map<MinuteKey, impact::MinuteRecord>
        unwritten_;                              // of commits that failed, and of this one
    std::vector<impact::RecentMinutes> recent_;  // by stream
    std::optional<Timestamp> waiting_since_;
    std::optional<Error> refusal_;  // of the last commit
};

}  // namespace candor::engine
