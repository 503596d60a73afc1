// Every question that can be asked of series.db, over whichever connection asks.
//
// Reads raw rows only by check and number, and for roll-ups only the tail that maintain() has not
// counted yet, so that a page costs the same after years as after a day.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ports/series.h"
#include "store/sqlite.h"

namespace candor::store {

struct StoredCheck {
    std::int64_t id = 0;
    std::int64_t rolled = 0;  // observations up to this number are in the stored roll-ups
};

class SeriesQueries final {
   public:
    explicit SeriesQueries(Connection& connection) : connection_(connection) {}

    Result<std::vector<Observation>> observations_after(const CheckId& check, std::uint64_t after,
                                                        std::size_t limit);
    Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit);
    Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                        Timestamp to);
    Result<std::uint64_t> last_number();
    Result<Timestamp> last_at();

    Result<std::optional<StoredCheck>> find_check(const CheckId& check);

   private:
    Result<std::vector<Rollup>> merged_rollups(const CheckId& check, Resolution resolution,
                                               Timestamp from, Timestamp to);

    Connection& connection_;
};

// Reads the columns number, at, facts from column 0 on.
Result<Observation> observation_from(const Statement& row, const CheckId& check);

}  // namespace candor::store
