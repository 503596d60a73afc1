// Rolling up and trimming series.db in bounded steps, check after check.
//
// Counts each observation once into its minute, its hour and its day, in the transaction that moves
// the check's `rolled` mark past it; so stored roll-ups plus the tail behind the mark are exact at
// every commit, wherever a crash or a pause falls. Runs inside the writer's transactions.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ports/series.h"
#include "store/series_queries.h"
#include "store/sqlite.h"

namespace candor::store {

// One step looks at this many checks and touches about this many rows.
inline constexpr std::size_t kUpkeepChecksPerStep = 64;
inline constexpr std::int64_t kUpkeepRowsPerStep = 4'096;

class SeriesUpkeep final {
   public:
    // The connection must outlive it. Every statement is compiled here and once: a pass over a
    // thousand checks runs several thousand of them, and compiling one costs more than running it.
    static Result<SeriesUpkeep> create(Connection& connection);

    struct Progress {
        std::int64_t cursor = 0;  // the last check that is done in this pass; 0: the pass ended
        bool more = false;
    };
    // Goes on behind `cursor`. To be called inside a transaction; keep the progress only if that
    // commits.
    Result<Progress> step(std::int64_t cursor, Timestamp now, Duration keep);

   private:
    struct Statements {
        Statement checks;
        Statement raw;
        Statement rolled;
        Statement rollup;
        Statement put_rollup;
        Statement old_raw;
        Statement trim_raw;
        Statement old_rollups;
        Statement trim_rollups;
    };

    explicit SeriesUpkeep(Statements statements) : statements_(std::move(statements)) {}
    Result<std::vector<StoredCheck>> checks_after(std::int64_t cursor);
    Result<void> keep_up(StoredCheck check, Timestamp now, Duration keep);
    Result<void> roll(StoredCheck& check, Timestamp before);
    Result<void> add(std::int64_t check, Resolution resolution, const Rollup& counted);
    Result<void> trim_raw(const StoredCheck& check, Timestamp before);
    Result<void> trim_rollups(const StoredCheck& check, Resolution resolution, Timestamp before);

    Statements statements_;
    std::int64_t rows_left_ = 0;
};

}  // namespace candor::store
