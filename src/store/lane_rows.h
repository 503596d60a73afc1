// The table of lanes in trouble, of notify.db.
//
// Belongs to sqlite_deliveries.cc, whose transactions it runs in. One thread.
#pragma once

#include <span>
#include <vector>

#include "ports/deliveries.h"
#include "store/sqlite.h"

namespace candor::store {

class LaneRows final {
   public:
    explicit LaneRows(Connection& connection) : connection_(connection) {}

    // Forgets those with nothing given up.
    Result<void> put(std::span<const LaneTrouble> lanes);
    Result<std::vector<LaneTrouble>> all();

   private:
    Connection& connection_;
};

}  // namespace candor::store
