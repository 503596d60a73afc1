#include "app/on_call_desk.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "app/console_reply.h"
#include "app/on_call_overrides.h"
#include "app/page_answers.h"
#include "core/revision.h"
#include "page/json_writer.h"

namespace candor::app {
namespace {

constexpr std::string_view kPath = "/api/v1/on_call";
constexpr std::string_view kOverrides = "/api/v1/on_call/overrides";

// The one whole number that a body like {"for_s":3600} holds.
Result<std::int64_t> number_in(std::string_view body, std::string_view name) {
    const std::string wanted = "write it like {\"" + std::string(name) + "\": 3600}";
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(body, error);
    if (error || !value.is_object()) return fail(ErrorCode::kInvalid, wanted);
    const boost::json::object& object = value.as_object();
    const boost::json::value* found = object.if_contains(name);
    if (object.size() != 1 || found == nullptr || !found->is_int64()) {
        return fail(ErrorCode::kInvalid, wanted);
    }
    return found->as_int64();
}

void put_shift(page::JsonWriter& w, const notify::Rotation& rotation, const notify::Shift& shift) {
    const notify::OnCallPerson& person = rotation.people[shift.person];
    w.begin_object().member("name", person.name).key("channels").begin_array();
    for (const std::string& id : person.channels) w.value(std::string_view(id));
    w.end_array().member("from", shift.from).member("to", shift.to);
    w.member("overridden", shift.overridden).end_object();
}

void put_step(page::JsonWriter& w, const notify::CallStep& step) {
    w.begin_object().member("after_s", step.after.ms / 1000).member("repeat", step.repeat);
    w.member("every_s", step.every.ms / 1000).key("notify").begin_array();
    for (const std::string& id : step.channels) w.value(std::string_view(id));
    w.end_array().end_object();
}

notify::Message test_message(const core::State& state, const PageReaderOptions& options,
                             std::int64_t step, Timestamp at) {
    notify::Message m;
    m.kind = notify::NewsKind::kTest;
    m.position = state.position;
    m.at = at;
    m.page.id = options.page_id;
    m.page.name = state.topology->page.name;
    m.page.url = state.topology->page.url;
    m.page.time_zone = state.topology->page.time_zone;
    m.title = "A test call: nothing is wrong";
    m.started = at;
    m.text = "An operator tries whether calls of step " + std::to_string(step) +
             " reach you. There is nothing to do.";
    m.call_step = step;
    return m;
}

}  // namespace

void OnCallDesk::open(PageReaderOptions options, Notifier& notifier) {
    const std::lock_guard lock(mutex_);
    options_ = std::make_shared<const PageReaderOptions>(std::move(options));
    notifier_ = &notifier;
}

void OnCallDesk::close() {
    const std::lock_guard lock(mutex_);
    options_ = nullptr;
    notifier_ = nullptr;
}

void OnCallDesk::set(notify::OnCall on_call) {
    const std::lock_guard lock(mutex_);
    on_call_ = std::make_shared<const notify::OnCall>(std::move(on_call));
}

void OnCallDesk::render(PageQuery query, PageDone done) {
    std::shared_ptr<const PageReaderOptions> options;
    std::shared_ptr<const notify::OnCall> on_call;
    {
        const std::lock_guard lock(mutex_);
        options = options_;
        on_call = on_call_;
    }
    if (options == nullptr) return done(busy_answer());
    const engine::Published now = options->newest();
    if (query.path == kPath) return done(read(now, *on_call));
    if (query.path == std::string(kPath) + "/test") {
        return test(query, *on_call, now, std::move(done));
    }
    if (query.path.starts_with(kOverrides)) {
        if (query.removes) return remove_override(query, std::move(done));
        return override_shift(query, *on_call, std::move(done));
    }
    if (query.removes) return unmute(query, std::move(done));
    mute(query, std::move(done));
}

PageAnswer OnCallDesk::read(const engine::Published& now, const notify::OnCall& on_call) const {
    const Timestamp at = clock_.now().wall;
    const core::PagingState& paging = now.state->paging;
    const notify::OnCall effective = notify::with_hand_overrides(on_call, hand_overrides(paging));
    page::JsonWriter w;
    w.begin_object().key("steps").begin_array();
    for (const notify::CallStep& step : on_call.steps) put_step(w, step);
    w.end_array().key("rotations").begin_array();
    for (const notify::Rotation& rotation : effective.rotations) {
        w.begin_object().member("id", rotation.id).member("time_zone", rotation.time_zone);
        w.key("people").begin_array();
        for (const notify::OnCallPerson& person : rotation.people) {
            w.value(std::string_view(person.name));
        }
        w.end_array().key("shifts").begin_array();
        for (const notify::Shift& shift : notify::shifts_from(rotation, at, kShiftsShown)) {
            put_shift(w, rotation, shift);
        }
        w.end_array().end_object();
    }
    w.end_array();
    put_overrides(w, on_call, paging, at);
    if (paging.muted_until > at) {
        w.key("muted").begin_object().member("until", paging.muted_until);
        w.member("since", paging.changed).member("actor", paging.actor.value).end_object();
    } else {
        w.null_member("muted");
    }
    PageAnswer answer = json_answer(w.end_object().take() + "\n");
    answer.revision = core::revision_of(paging);
    return answer;
}

void OnCallDesk::mute(const PageQuery& query, PageDone done) {
    const auto wanted = number_in(query.body, "for_s");
    if (!wanted) return done(refused(wanted.error()));
    // Whatever is out of bounds stays so; the engine judges it.
    const std::int64_t most = days(365).ms / 1000;
    const Duration length = seconds(std::clamp(*wanted, std::int64_t{0}, most));
    if (length.ms == 0) return done(refused({ErrorCode::kInvalid, "for_s: at least 60"}));
    commands_.submit(request_of(query, command::MutePaging{length}),
                     reply_position(std::move(done)));
}

void OnCallDesk::unmute(const PageQuery& query, PageDone done) {
    commands_.submit(request_of(query, command::MutePaging{}), reply_nothing(std::move(done)));
}

void OnCallDesk::override_shift(const PageQuery& query, const notify::OnCall& on_call,
                                PageDone done) {
    auto wanted = parse_override(query.body, on_call);
    if (!wanted) return done(refused(wanted.error()));
    commands_.submit(request_of(query, *std::move(wanted)),
                     [done = std::move(done)](const Result<CommandAnswer>& answer) {
                         if (!answer) return done(refused(answer.error()));
                         page::JsonWriter w;
                         w.begin_object().member("id", answer->account);
                         w.member("position", static_cast<std::int64_t>(answer->position));
                         PageAnswer made = json_answer(w.end_object().take() + "\n");
                         made.status = 201;
                         done(std::move(made));
                     });
}

void OnCallDesk::remove_override(const PageQuery& query, PageDone done) {
    const std::size_t id_at = std::min(kOverrides.size() + 1, query.path.size());
    const ShiftOverrideId id{query.path.substr(id_at)};
    commands_.submit(request_of(query, command::RemoveShiftOverride{id}),
                     reply_nothing(std::move(done)));
}

void OnCallDesk::test(const PageQuery& query, const notify::OnCall& on_call,
                      const engine::Published& now, PageDone done) {
    const auto step = number_in(query.body, "step");
    if (!step) return done(refused(step.error()));
    if (*step < 1 || *step > std::ssize(on_call.steps)) {
        return done(refused({ErrorCode::kInvalid, "step: there are " +
                                                      std::to_string(on_call.steps.size()) +
                                                      " steps in `on_call`; the first is 1"}));
    }
    const std::lock_guard lock(mutex_);
    if (notifier_ == nullptr) return done(busy_answer());
    const Timestamp at = clock_.now().wall;
    const std::string subject = "test-" + std::to_string(clock_.entropy());
    const auto answer = std::make_shared<PageDone>(std::move(done));
    const bool taken =
        notifier_->post([answer, subject, message = test_message(*now.state, *options_, *step, at)](
                            Deliveries*, notify::Dispatcher* dispatcher) {
            if (dispatcher == nullptr || !dispatcher->announce_test(subject, message)) {
                return (*answer)(refused({ErrorCode::kBusy, "notify.db cannot be used now"}));
            }
            page::JsonWriter w;
            w.begin_object().member("subject", subject);
            PageAnswer out = json_answer(w.end_object().take() + "\n");
            out.status = 202;
            (*answer)(std::move(out));
        });
    if (!taken) (*answer)(refused({ErrorCode::kBusy, "too much is asked at once; try again"}));
}

}  // namespace candor::app
