#include "app/console_answers.h"

#include <algorithm>
#include <utility>

#include "app/console_reply.h"
#include "app/delivery_answers.h"
#include "app/query_parameter.h"
#include "core/revision.h"
#include "model/batch.h"
#include "page/console_json.h"
#include "view/build_public_view.h"
#include "view/incident_view.h"

namespace candor::app {
namespace {

constexpr std::size_t kReadChunk = 1'000;

bool is_wanted(const core::IncidentState& incident, std::string_view state) {
    if (state == "open") return incident.is_open();
    if (state == "closed") return !incident.is_open();
    return true;
}

// Batches [after, after + count) in one go, oldest first.
Result<std::vector<JournalRecord>> records(JournalReader& journal, Position after,
                                           std::size_t count) {
    std::vector<JournalRecord> out;
    const auto keep = [&out](const JournalRecord& record) -> Result<void> {
        out.push_back(record);
        return {};
    };
    TRY(journal.read(after, count, keep));
    return out;
}

using Items = std::vector<view::TimelineItem>;

// The story of one incident, oldest first; keeps the newest kTimelineItemsMax.
struct Story {
    Items items;
    bool cut = false;
};

Result<Story> story_of(JournalReader& journal, const core::State& state,
                       const core::IncidentState& incident) {
    Story story;
    Position after = TRY(journal.head_at(incident.started - kTimelineLead)).position;
    const Timestamp end = incident.is_open() ? state.at : incident.changed;
    const Position last = TRY(journal.head_at(end)).position;
    if (last > after + kTimelineBatchesMax) {
        after = last - kTimelineBatchesMax;
        story.cut = true;
    }
    const auto tell = [&](const JournalRecord& record) -> Result<void> {
        const Batch batch = TRY(decode_batch(record.bytes));
        for (const Entry& entry : batch.entries) {
            auto item = view::timeline_item(state, incident, record.position, batch.at, entry);
            if (item) story.items.push_back(std::move(*item));
        }
        return {};
    };
    TRY(journal.read(after, last - after, tell));
    if (story.items.size() > kTimelineItemsMax) {
        story.items.erase(story.items.begin(), story.items.end() - kTimelineItemsMax);
        story.cut = true;
    }
    return story;
}

}  // namespace

ConsoleAnswers::ConsoleAnswers(PageReaderOptions options, std::unique_ptr<JournalReader> journal,
                               std::unique_ptr<JournalReader> texts,
                               std::unique_ptr<SeriesReader> series,
                               std::unique_ptr<DeliveriesReader> deliveries)
    : options_(std::move(options)),
      journal_(std::move(journal)),
      series_(std::move(series)),
      deliveries_(std::move(deliveries)),
      texts_(std::move(texts)) {}

PageAnswer ConsoleAnswers::answer(const PageQuery& query) {
    constexpr std::string_view kIncident = "/api/v1/incidents/";
    constexpr std::string_view kCheck = "/api/v1/checks/";
    constexpr std::string_view kMaintenance = "/api/v1/maintenances/";
    const std::string_view path = query.path;
    if (path == "/api/v1/state") return now();
    if (path == "/api/v1/incidents") return incidents(query);
    if (path == "/api/v1/checks") return checks(query);
    if (path == "/api/v1/audit") return audit(query);
    if (path == "/api/v1/deliveries") return deliveries(query);
    if (path == "/api/v1/maintenances") return maintenances(query);
    if (path.starts_with(kIncident)) {
        return incident(IncidentId{std::string(path.substr(kIncident.size()))});
    }
    if (path.starts_with(kMaintenance)) {
        return maintenance(MaintenanceId{std::string(path.substr(kMaintenance.size()))});
    }
    if (path.starts_with(kCheck)) return check(CheckId{std::string(path.substr(kCheck.size()))});
    return problem_answer(404, "Not Found", "there is nothing at this address");
}

view::ViewOptions ConsoleAnswers::view_options(Timestamp as_of) {
    return {.as_of = as_of,
            .version = options_.version,
            .page_id = options_.page_id,
            .text_of = [this](const SealedText& s) { return texts_.find(s); },
            .historical = false};
}

void ConsoleAnswers::fill_in_texts(std::vector<view::TimelineItem>& timeline) {
    for (view::TimelineItem& item : timeline) {
        if (item.sealed_text.empty()) continue;
        item.words = texts_.find(item.sealed_text).value_or("(the text is not here any more)");
    }
}

// A broken series store costs the details, never the answer.
std::optional<Observation> ConsoleAnswers::newest_of(const CheckId& id) {
    auto newest = series_->newest(id, 1);
    if (!newest || newest->empty()) return std::nullopt;
    return std::move(newest->front());
}

PageAnswer ConsoleAnswers::now() {
    const engine::Published published = options_.newest();
    page::ConsoleNow out;
    out.view = view::build_public_view(*published.state, view_options(published.as_of));
    out.suspects = published.stats.suspects;
    out.blind = published.stats.blind;
    out.store_failed = published.stats.store_failed;
    for (view::ConsoleCheck& check : view::build_checks(*published.state, published.as_of)) {
        auto newest = newest_of(check.rule.id);
        const bool fine = check.last.verdict == Verdict::kPass &&
                          (!newest || newest->result != ObservationResult::kFail);
        if (!fine) out.troubled.push_back({std::move(check), std::move(newest)});
    }
    return json_answer(page::console_now_json(out));
}

PageAnswer ConsoleAnswers::incidents(const PageQuery& query) {
    const engine::Published published = options_.newest();
    const core::State& state = *published.state;
    const auto limit = limit_in(query);
    if (!limit) return bad_parameter(limit.error().message);
    const std::string_view wanted = query_parameter(query.query, "state");
    const std::string_view cursor = query_parameter(query.query, "cursor");
    bool reached = cursor.empty();
    const view::ComponentNames names(*state.topology);
    const auto from_cursor = [&](const core::IncidentState& incident) {
        reached = reached || incident.id.value == cursor;
        return reached && is_wanted(incident, wanted);
    };
    auto found =
        view::build_incidents(state, names, view_options(published.as_of), *limit + 1, from_cursor);
    if (!reached) return bad_parameter("cursor: it stands for no incident");
    std::string next;
    if (found.size() > *limit) {
        next = found.back().id.value;
        found.pop_back();
    }
    return json_answer(page::console_incidents_json(found, next));
}

PageAnswer ConsoleAnswers::incident(const IncidentId& id) {
    const engine::Published published = options_.newest();
    const core::State& state = *published.state;
    auto detail = view::build_incident_view(state, view_options(published.as_of), id);
    if (!detail) return unknown("incident", id.value);
    page::ConsoleIncident out;
    out.incident = std::move(detail->incident);
    const auto concerned = [&](const ComponentId& component) {
        return std::ranges::any_of(out.incident.components,
                                   [&](const auto& c) { return c.id == component; });
    };
    for (view::ConsoleCheck& check : view::build_checks(state, published.as_of)) {
        if (!concerned(check.component)) continue;
        auto newest = newest_of(check.rule.id);
        out.checks.push_back({std::move(check), std::move(newest)});
    }
    const core::IncidentState& known = *state.incidents.at(id);
    auto story = story_of(*journal_, state, known);
    if (!story) return unreadable(story.error());
    out.timeline = std::move(story->items);
    out.timeline_cut = story->cut;
    fill_in_texts(out.timeline);
    PageAnswer answer = json_answer(page::console_incident_json(out));
    answer.revision = core::revision_of(known);
    return answer;
}

PageAnswer ConsoleAnswers::checks(const PageQuery& query) {
    const engine::Published published = options_.newest();
    const std::string_view component = query_parameter(query.query, "component");
    std::vector<view::CheckWithResult> out;
    for (view::ConsoleCheck& check : view::build_checks(*published.state, published.as_of)) {
        if (!component.empty() && check.component.value != component) continue;
        auto newest = newest_of(check.rule.id);
        out.push_back({std::move(check), std::move(newest)});
    }
    return json_answer(page::console_checks_json(out));
}

PageAnswer ConsoleAnswers::check(const CheckId& id) {
    const engine::Published published = options_.newest();
    const auto check = view::build_check(*published.state, id, published.as_of);
    if (!check) return unknown("check", id.value);
    const auto newest = series_->newest(id, kObservationsShown);
    if (!newest) return unreadable(newest.error());
    return json_answer(page::console_check_json(*check, *newest));
}

PageAnswer ConsoleAnswers::deliveries(const PageQuery& query) {
    const engine::Published published = options_.newest();
    return answer_deliveries(query, *deliveries_, [&](const IncidentId& id) {
        const auto found =
            view::build_incident_view(*published.state, view_options(published.as_of), id);
        return found ? found->incident.title : std::string();
    });
}

// The journal reads forwards: one chunk before the cursor at a time, each turned around.
PageAnswer ConsoleAnswers::audit(const PageQuery& query) {
    const auto limit = limit_in(query);
    if (!limit) return bad_parameter(limit.error().message);
    Position before = options_.newest().state->position + 1;
    if (const auto cursor = query_parameter(query.query, "cursor"); !cursor.empty()) {
        const auto value = number_in(cursor);
        if (!value || *value == 0) {
            return bad_parameter("cursor: take it from `next` as it is");
        }
        before = std::min<Position>(before, *value);
    }
    Items items;
    const Position lowest = before > kAuditBatchesMax ? before - kAuditBatchesMax : 1;
    while (before > lowest && items.size() < *limit) {
        const Position first = before > lowest + kReadChunk ? before - kReadChunk : lowest;
        auto chunk = records(*journal_, first - 1, before - first);
        if (!chunk) return unreadable(chunk.error());
        for (auto record = chunk->rbegin(); record != chunk->rend(); ++record) {
            if (items.size() >= *limit) break;
            before = record->position;
            const auto batch = decode_batch(record->bytes);
            if (!batch) return unreadable(batch.error());
            for (const Entry& entry : batch->entries) {
                auto item = view::audit_item(record->position, batch->at, entry);
                if (item) items.push_back(std::move(*item));
            }
        }
    }
    return json_answer(
        page::console_audit_json(items, before > 1 ? std::to_string(before) : std::string()));
}

}  // namespace candor::app
