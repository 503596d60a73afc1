// The readings of maintenance windows; a part of ConsoleAnswers.
#include <algorithm>
#include <utility>

#include "app/console_answers.h"
#include "app/console_reply.h"
#include "app/query_parameter.h"
#include "core/revision.h"
#include "model/batch.h"
#include "page/console_json.h"
#include "view/console_maintenance.h"

namespace candor::app {
namespace {

// The batches of exactly these instants, however far apart: a window's life can take months.
Result<std::vector<view::TimelineItem>> history_of(JournalReader& journal, const core::State& state,
                                                   const core::MaintenanceState& window) {
    std::vector<view::TimelineItem> out;
    const auto tell = [&](const JournalRecord& record) -> Result<void> {
        const Batch batch = TRY(decode_batch(record.bytes));
        for (const Entry& entry : batch.entries) {
            auto item = view::maintenance_item(state, window.id, record.position, batch.at, entry);
            if (item) out.push_back(std::move(*item));
        }
        return {};
    };
    for (const Timestamp at : view::moments_of(window)) {
        const Position before = TRY(journal.head_at(at - milliseconds(1))).position;
        const Position last = TRY(journal.head_at(at)).position;
        const std::size_t count = std::min<std::size_t>(last - before, kBatchesAtOnceMax);
        if (count > 0) TRY(journal.read(before, count, tell));
    }
    return out;
}

}  // namespace

PageAnswer ConsoleAnswers::maintenances(const PageQuery& query) {
    const engine::Published published = options_.newest();
    const core::State& state = *published.state;
    const auto limit = limit_in(query);
    if (!limit) return bad_parameter(limit.error().message);
    const auto ids = view::maintenances_in_order(state, query_parameter(query.query, "state"));
    const std::string_view cursor = query_parameter(query.query, "cursor");
    auto from = ids.begin();
    if (!cursor.empty()) {
        from = std::ranges::find(ids, cursor, &MaintenanceId::value);
        if (from == ids.end()) {
            return bad_parameter("cursor: it stands for no maintenance");
        }
    }
    const view::ComponentNames names(*state.topology);
    const view::ViewOptions options = view_options(published.as_of);
    std::vector<view::ConsoleMaintenance> found;
    for (; from != ids.end() && found.size() < *limit; ++from) {
        found.push_back(
            view::build_console_maintenance(state, *state.maintenances.at(*from), names, options));
    }
    return json_answer(
        page::console_maintenances_json(found, from == ids.end() ? std::string() : from->value));
}

PageAnswer ConsoleAnswers::maintenance(const MaintenanceId& id) {
    const engine::Published published = options_.newest();
    const core::State& state = *published.state;
    const auto window = state.maintenances.find(id);
    if (window == state.maintenances.end()) return unknown("maintenance", id.value);
    view::ConsoleMaintenance out = view::build_console_maintenance(
        state, *window->second, view::ComponentNames(*state.topology),
        view_options(published.as_of));
    auto history = history_of(*journal_, state, *window->second);
    if (!history) return unreadable(history.error());
    out.timeline = std::move(*history);
    fill_in_texts(out.timeline);
    PageAnswer answer = json_answer(page::console_maintenance_json(out));
    answer.revision = core::revision_of(*window->second);
    return answer;
}

}  // namespace candor::app
