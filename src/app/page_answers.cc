#include "app/page_answers.h"

#include "app/query_parameter.h"
#include "base/codec.h"
#include "core/apply.h"
#include "page/plain_pages.h"
#include "page/renderer.h"

namespace candor::app {
namespace {

constexpr const char* kHtmlType = "text/html; charset=utf-8";
constexpr std::string_view kNotUnderstood = "This address cannot be understood.";

PageAnswer plain_answer(int status, std::string body) {
    return {status, "text/plain; charset=utf-8", std::move(body), 0};
}

PageAnswer html_answer(const page::ResourcePtr& resource) {
    return {resource->status, resource->content_type, resource->identity, 0};
}

Resolution resolution_for(Duration step) {
    if (step >= days(1)) return Resolution::kDay;
    return step >= hours(1) ? Resolution::kHour : Resolution::kMinute;
}

// The check whose time readers care about: the first http one, else the first that measures time.
const CheckRule* timed_check(const Component& component) {
    const CheckRule* found = nullptr;
    for (const CheckRule& rule : component.checks) {
        if (rule.kind == CheckKind::kHttp) return &rule;
        if (found == nullptr && crosses_network(rule.kind)) found = &rule;
    }
    return found;
}

std::vector<view::LatencyPoint> points_of(const std::vector<Rollup>& rollups, Timestamp from,
                                          Duration step, std::int64_t count) {
    std::vector<view::LatencyPoint> points;
    std::size_t next = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const Timestamp start = from + step * i;
        Rollup sum;
        for (; next < rollups.size() && rollups[next].start < start + step; ++next) {
            if (rollups[next].start >= start) merge_into(sum, rollups[next]);
        }
        points.push_back(
            {start, latency_quantile_us(sum, 0.5), latency_quantile_us(sum, 0.95), sum.passed});
    }
    return points;
}

}  // namespace

PageAnswer busy_answer() {
    PageAnswer answer = plain_answer(
        503,
        "Many people are reading the history right now. The present status is at / and is always "
        "there; please try this page again in a moment.\n");
    answer.retry_after_s = kRetryAfterSeconds;
    return answer;
}

PageAnswers::PageAnswers(PageReaderOptions options, std::unique_ptr<JournalReader> journal,
                         std::unique_ptr<JournalReader> texts, std::unique_ptr<SeriesReader> series)
    : options_(std::move(options)),
      journal_(std::move(journal)),
      series_(std::move(series)),
      texts_(std::move(texts)) {}

view::ViewOptions PageAnswers::view_options(Timestamp as_of, bool historical) {
    return {.as_of = as_of,
            .version = options_.version,
            .page_id = options_.page_id,
            .text_of = [this](const SealedText& s) { return texts_.find(s); },
            .historical = historical,
            .subscribable = options_.subscribable && options_.subscribable()};
}

PageAnswer PageAnswers::answer(const PageQuery& query) {
    const std::string_view path = query.path;
    // A page in shadow shows nothing to strangers, also not its past.
    if (options_.newest().state->topology->page.publish == Publish::kShadow) return not_found();
    if (path == "/history") return history(query);
    if (path.starts_with("/components/")) return component(query);
    if (path.starts_with("/incidents/")) return incident(query);
    if (path.starts_with("/at/")) return at(query);
    return not_found();
}

PageAnswer PageAnswers::not_found() {
    const engine::Published now = options_.newest();
    const auto frame = view::build_frame(*now.state, view_options(now.as_of, false));
    return {404, kHtmlType, page::not_found_page(frame).take(), 0};
}

PageAnswer PageAnswers::notice(int status, std::string_view headline, std::string_view detail) {
    const engine::Published now = options_.newest();
    const auto frame = view::build_frame(*now.state, view_options(now.as_of, false));
    return {status, kHtmlType, page::notice_page(frame, headline, detail).take(), 0};
}

PageAnswer PageAnswers::history(const PageQuery& query) {
    const engine::Published now = options_.newest();
    const std::string_view wanted = query_parameter(query.query, "month");
    Timestamp month = now.as_of;
    if (!wanted.empty()) {
        const auto parsed = parse_rfc3339(std::string(wanted) + "-01T00:00Z");
        if (!parsed) {
            return notice(400, kNotUnderstood, "Write the month as in /history?month=2026-04.");
        }
        month = *parsed;
    }
    return html_answer(page::render_history(
        view::build_history_view(*now.state, view_options(now.as_of, false), month)));
}

PageAnswer PageAnswers::component(const PageQuery& query) {
    const engine::Published now = options_.newest();
    const std::string_view name = query_parameter(query.query, "range");
    const auto range = name.empty() ? view::Range::k90Days : view::range_from(name);
    if (!range) return notice(400, kNotUnderstood, "Choose a range of 24h, 7d, 30d, 90d or 365d.");
    const ComponentId id{query.path.substr(std::string_view("/components/").size())};
    auto view = view::build_component_view(*now.state, view_options(now.as_of, false), id, *range);
    if (!view) return not_found();
    add_latency(*view, *now.state);
    return html_answer(page::render_component(*view));
}

void PageAnswers::add_latency(view::ComponentDetailView& view, const core::State& state) {
    const Component* definition = core::find_definition(state, view.component.id);
    const CheckRule* rule = definition == nullptr ? nullptr : timed_check(*definition);
    if (rule == nullptr || series_ == nullptr) return;
    const view::BarScale scale = view::bar_scale(view.range);
    const Timestamp from = view::first_bar(scale, view.frame.as_of);
    const auto rollups = series_->rollups(rule->id, resolution_for(scale.step), from,
                                          from + scale.step * scale.count);
    if (!rollups) return;  // a broken series store costs the plot, never the page
    view.latency_step = scale.step;
    view.latency = points_of(*rollups, from, scale.step, scale.count);
}

PageAnswer PageAnswers::incident(const PageQuery& query) {
    const engine::Published now = options_.newest();
    const IncidentId id{query.path.substr(std::string_view("/incidents/").size())};
    const auto view = view::build_incident_view(*now.state, view_options(now.as_of, false), id);
    return view ? html_answer(page::render_incident(*view)) : not_found();
}

Result<core::State> PageAnswers::state_at(Timestamp t) {
    const JournalHead head = TRY(journal_->head_at(t));
    core::State state;
    if (const auto snapshot = TRY(journal_->snapshot(head.position, core::kApplyVersion))) {
        if (auto decoded = decode<core::State>(snapshot->bytes)) state = std::move(*decoded);
    }
    if (head.position - state.position > kAtReplayMax) {
        return fail(ErrorCode::kTooLarge, "that moment is too far from any snapshot");
    }
    const auto replay = [&state](const JournalRecord& record) -> Result<void> {
        const Batch batch = TRY(decode_batch(record.bytes));
        core::apply(state, record.position, batch);
        return {};
    };
    TRY(journal_->read(state.position, head.position - state.position, replay));
    return state;
}

PageAnswer PageAnswers::at(const PageQuery& query) {
    const std::string_view wanted =
        std::string_view(query.path).substr(std::string_view("/at/").size());
    const auto t = parse_rfc3339(wanted);
    if (!t) return notice(400, kNotUnderstood, "Write the moment as in /at/2026-04-04T21:05Z.");
    if (*t > options_.newest().as_of) {
        return notice(404, "That moment has not come yet.", "The record ends at the present.");
    }
    const auto state = state_at(*t);
    if (!state) return busy_answer();
    if (state->position == 0) {
        return notice(404, "Nothing was recorded by then.", "The record begins later.");
    }
    return html_answer(page::render_at(view::build_public_view(*state, view_options(*t, true))));
}

}  // namespace candor::app
