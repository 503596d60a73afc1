#include "store/lane_rows.h"

namespace candor::store {

Result<void> LaneRows::put(std::span<const LaneTrouble> lanes) {
    if (lanes.empty()) return {};
    Statement put =
        TRY(connection_.prepare("INSERT OR REPLACE INTO lane_troubles VALUES (?, ?, ?, ?, ?)"));
    Statement gone = TRY(connection_.prepare("DELETE FROM lane_troubles WHERE lane = ?"));
    for (const LaneTrouble& trouble : lanes) {
        if (trouble.given_up == 0) {
            gone.bind_text(1, trouble.lane);
            TRY(gone.run());
            continue;
        }
        put.bind_text(1, trouble.lane).bind_text(2, trouble.definition);
        put.bind(3, trouble.given_up).bind(4, trouble.switched_off.ms);
        put.bind_text(5, trouble.reason);
        TRY(put.run());
    }
    return {};
}

Result<std::vector<LaneTrouble>> LaneRows::all() {
    Statement rows = TRY(connection_.prepare(
        "SELECT lane, definition, given_up, switched_off, reason FROM lane_troubles "
        "ORDER BY lane"));
    std::vector<LaneTrouble> out;
    while (TRY(rows.step())) {
        LaneTrouble& trouble = out.emplace_back();
        trouble.lane = rows.bytes(0);
        trouble.definition = rows.bytes(1);
        trouble.given_up = rows.integer(2);
        trouble.switched_off = {rows.integer(3)};
        trouble.reason = rows.bytes(4);
    }
    return out;
}

}  // namespace candor::store
