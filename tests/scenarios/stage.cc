#include "tests/scenarios/stage.h"

#include <cstdio>
#include <cstdlib>

#include "base/check.h"
#include "core/apply.h"
#include "tests/scenarios/always.h"
#include "view/build_public_view.h"

namespace candor::scenarios {
namespace {

constexpr std::uint64_t kSeed = 1;

// CANDOR_TRACE=1 tells the story of a scenario while it is being written.
void trace(Position position, const Batch& batch) {
    std::fprintf(stderr, "%s  %llu %s\n", format_rfc3339(batch.at).substr(11, 12).c_str(),
                 static_cast<unsigned long long>(position), batch.cause.input.c_str());
    for (const Entry& entry : batch.entries) {
        if (std::holds_alternative<entry::ConfigurationSet>(entry)) continue;
        std::fprintf(stderr, "    %s\n", print_entry(entry).c_str());
    }
}

}  // namespace

Result<void> Stage::play(std::string_view text) {
    const auto lines = TRY(read_lines(text));
    Stage stage;
    int last = 0;
    for (const Line& line : lines) {
        last = line.number;
        Words words(line);
        const auto done = stage.perform(words);
        if (!done) return fail_in("line " + std::to_string(line.number), done.error());
    }
    if (stage.world_ == nullptr) return fail(ErrorCode::kInvalid, "nothing was ever started");
    const auto same = stage.compare_with_replay();
    if (!same) return fail_in("after line " + std::to_string(last), same.error());
    return {};
}

Result<void> Stage::perform(Words& words) {
    if (words.take_if("at")) {
        const Timestamp t = TRY(time_from(words.take("a time")));
        TRY(run_until(t));
        if (!words.done()) TRY(statement(words, words.take("a statement")));
    } else {
        TRY(statement(words, words.take("a statement")));
    }
    TRY(words.finish());
    if (!broken_.empty()) return fail(ErrorCode::kInternal, broken_);
    return {};
}

Result<void> Stage::statement(Words& words, const Result<std::string>& first) {
    if (!first) return std::unexpected(first.error());
    const std::string& verb = *first;
    if (verb == "refused") return refused(words);
    if (TRY(change_setup(*this, verb, words))) return {};
    if (TRY(act(*this, verb, words))) return {};
    if (TRY(expect(*this, verb, words))) return {};
    return fail(ErrorCode::kInvalid, "nobody understands `" + verb + "`");
}

// refused "PART OF THE MESSAGE" STATEMENT
Result<void> Stage::refused(Words& words) {
    const std::string wanted = TRY(words.take_quoted("the message"));
    const auto done = statement(words, words.take("a statement"));
    if (done) return fail(ErrorCode::kInvalid, "was accepted");
    if (done.error().message.find(wanted) != std::string::npos) return {};
    return fail(ErrorCode::kInvalid, "was refused with \"" + done.error().message + "\"");
}

Result<world::World*> Stage::world() {
    if (world_ == nullptr) return fail(ErrorCode::kInvalid, "`start` must come first");
    return world_.get();
}

Timestamp Stage::now() const {
    return world_ == nullptr ? world::kBegin : world_->clock().now().wall;
}

void Stage::saw(Position position, const Batch& batch) {
    core::apply(seen_, position, batch);
    batches_.push_back(batch);
    if (std::getenv("CANDOR_TRACE") != nullptr) trace(position, batch);
    if (broken_.empty()) broken_ = broken_in(seen_);
}

Result<void> Stage::boot() {
    if (world_ == nullptr) {
        world_ = std::make_unique<world::World>(setup_.build(), kSeed);
        world_->set_witness({[this](Position position, const Batch& b) { saw(position, b); },
                             [this](const engine::Published& p) {
                                 if (!broken_.empty()) return;
                                 view::ViewOptions options;
                                 options.as_of = p.as_of;
                                 broken_ = broken_on(view::build_public_view(*p.state, options));
                             },
                             [this](const std::string& line) { log_.push_back(line); }});
    }
    if (world_->running()) return fail(ErrorCode::kInvalid, "it is running already");
    // A process that died may have left batches behind that nobody was told of.
    if (auto left = replay()) seen_ = std::move(*left);
    TRY(world_->reload(setup_.build()));
    return world_->boot();
}

Result<core::State> Stage::replay() {
    const auto reader = TRY(world_->reader());
    core::State state;
    const auto take = [&](const JournalRecord& record) -> Result<void> {
        const Batch batch = TRY(decode_batch(record.bytes));
        core::apply(state, record.position, batch);
        return {};
    };
    TRY(reader->read(0, SIZE_MAX, take));
    return state;
}

Result<void> Stage::run_until(Timestamp t) {
    world::World* world = TRY(this->world());
    const Duration ahead = t - now();
    if (ahead.ms < 0) return fail(ErrorCode::kInvalid, "time cannot run backwards");
    // The disk may end the process on the way; what readers see then is for the scenario to say.
    (void)world->run(ahead);
    world->stand_still(t - now());
    return {};
}

Result<Timestamp> Stage::time_from(const Result<std::string>& text) const {
    if (!text) return std::unexpected(text.error());
    if (text->find('T') != std::string::npos) return parse_rfc3339(*text);
    const auto t = parse_rfc3339(format_date(now()) + "T" + *text + "Z");
    if (!t) return fail(ErrorCode::kInvalid, "`" + *text + "` is no time like 21:00:10");
    return *t;
}

Result<view::PublicView> Stage::page() {
    world::World* world = TRY(this->world());
    const auto& published = world->published();
    if (!published) return fail(ErrorCode::kInvalid, "nothing was published yet");
    const auto reader = TRY(world->reader());
    view::ViewOptions options;
    options.as_of = published->as_of;
    options.text_of = [&](const SealedText& sealed) { return reader->sealed_text(sealed.value); };
    return view::build_public_view(*published->state, options);
}

Result<const core::State*> Stage::state() {
    world::World* world = TRY(this->world());
    if (!world->published()) return fail(ErrorCode::kInvalid, "nothing was published yet");
    return world->published()->state.get();
}

Result<const core::IncidentState*> Stage::incident(const Result<std::int64_t>& number) {
    if (!number) return std::unexpected(number.error());
    const std::int64_t n = *number;
    const core::State* state = TRY(this->state());
    const auto count = static_cast<std::int64_t>(state->incident_order.size());
    if (n < 1 || n > count) {
        return fail(ErrorCode::kInvalid, "there is no incident " + std::to_string(n) + ", only " +
                                             std::to_string(count));
    }
    return &*state->incidents.at(state->incident_order[static_cast<std::size_t>(n - 1)]);
}

Result<void> Stage::compare_with_replay() {
    if (!world_->running()) return {};
    const core::State replayed = TRY(replay());
    if (core::state_hash(replayed) == core::state_hash(world_->engine().state())) return {};
    return fail(ErrorCode::kInternal, "the journal, replayed, gives another state");
}

}  // namespace candor::scenarios
