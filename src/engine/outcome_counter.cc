#include "engine/outcome_counter.h"

#include <limits>
#include <string>
#include <utility>

namespace candor::engine {
namespace {

using impact::AttributeBook;
using impact::Number;

// Of an attribute that is loaded: nobody's place in an outcome.
constexpr std::size_t kNoPosition = std::numeric_limits<std::size_t>::max();

Result<void> expect_number(std::optional<Number> given, Number stored, std::string_view name) {
    if (given == stored) return {};
    return fail(ErrorCode::kCorrupt, "outcomes.db has lost a name: number " +
                                         std::to_string(stored) + ", \"" + std::string(name) +
                                         "\", does not follow the one before; restore a backup");
}

}  // namespace

OutcomeCounter::OutcomeCounter(OutcomeStore& store, std::uint64_t seed)
    : store_(store), book_(std::make_unique<impact::OutcomeBook>(seed)) {}

Result<std::unique_ptr<OutcomeCounter>> OutcomeCounter::open(OutcomeStore& store, Timestamp now) {
    const std::uint64_t seed = TRY(store.seed());
    std::unique_ptr<OutcomeCounter> counter(new OutcomeCounter(store, seed));
    TRY(counter->load(now));
    return counter;
}

Result<void> OutcomeCounter::load(Timestamp now) {
    TRY(store_.names([&](const NameKey& key, std::string_view name) {  //
        return take_name(key, name);
    }));
    stored_ = known();
    for (Number stream = 0; stream < book_->streams().size(); ++stream) {
        TRY(load_recent(stream, now));
    }
    return {};
}

Result<void> OutcomeCounter::load_recent(Number stream, Timestamp now) {
    impact::RecentMinutes& minutes = recent(stream);
    const auto add = [&](Timestamp start, std::string_view bytes) -> Result<void> {
        minutes.add(start, TRY(impact::decode_minute(bytes)));
        return {};
    };
    TRY(store_.minutes(stream, now - impact::kRecentKept, now + impact::kAheadMax, add));
    minutes.forget(now);
    return {};
}

impact::RecentMinutes& OutcomeCounter::recent(Number stream) {
    if (stream >= recent_.size()) recent_.resize(std::size_t{stream} + 1);
    return recent_[stream];
}

std::optional<OutcomeWindows> OutcomeCounter::windows(std::string_view stream, Timestamp now) {
    const std::optional<Number> number = book_->streams().find(stream);
    if (!number) return std::nullopt;
    recent(*number).forget(now);
    return recent(*number).windows(now);
}

void OutcomeCounter::remember() {
    for (const auto& [key, record] : unwritten_) recent(key.first).add(key.second, record);
    unwritten_.clear();
}

Result<void> OutcomeCounter::take_name(const NameKey& key, std::string_view name) {
    if (key.list == NameList::kCustomers) {
        return expect_number(book_->customers().add(name), key.number, name);
    }
    if (key.list == NameList::kStreams) {
        return expect_number(book_->streams().add(name), key.number, name);
    }
    if (key.stream >= book_->streams().size()) return expect_number({}, key.stream, name);
    AttributeBook& attributes = book_->attributes(key.stream);
    if (key.list == NameList::kAttributes) {
        return expect_number(attributes.attribute(name, kNoPosition), key.number, name);
    }
    if (key.attribute >= attributes.attributes()) return expect_number({}, key.attribute, name);
    return expect_number(attributes.value(key.attribute, name), key.number, name);
}

Result<impact::Counted> OutcomeCounter::count(const Outcome& outcome, Timestamp now) {
    if (refusal_) return std::unexpected(*refusal_);
    if (book_->full()) TRY(commit());
    const impact::Counted counted = book_->count(outcome, now);
    if (impact::problem_of(counted).empty() && !waiting_since_) waiting_since_ = now;
    return counted;
}

Result<void> OutcomeCounter::commit() {
    if (!waiting_since_) return {};
    if (refusal_ && refusal_->code != ErrorCode::kDiskFull) return std::unexpected(*refusal_);
    take_parts();
    OutcomeCommit commit;
    const Stored now_known = known();
    add_new_names(now_known, commit);
    auto done = add_minutes(commit);
    if (done) done = store_.commit(commit);
    if (!done) {
        refusal_ = done.error();
        return done;
    }
    refusal_.reset();
    remember();
    stored_ = now_known;
    waiting_since_.reset();
    return {};
}

void OutcomeCounter::take_parts() {
    for (impact::Part& part : book_->take()) {
        impact::MinuteRecord& record = unwritten_[{part.stream, part.minute}];
        record = record.empty() ? std::move(part.record) : impact::merged(record, part.record);
    }
}

OutcomeCounter::Stored OutcomeCounter::known() const {
    Stored out{
        .customers = book_->customers().size(), .streams = book_->streams().size(), .values = {}};
    for (Number stream = 0; stream < out.streams; ++stream) {
        const AttributeBook& attributes = book_->attributes(stream);
        std::vector<std::size_t>& values = out.values.emplace_back();
        for (Number a = 0; a < attributes.attributes(); ++a) values.push_back(attributes.values(a));
    }
    return out;
}

void OutcomeCounter::add_new_names(const Stored& known, OutcomeCommit& commit) const {
    const auto add = [&](NameKey key, std::string_view name) {
        commit.names.push_back({key, std::string(name)});
    };
    for (auto n = static_cast<Number>(stored_.customers); n < known.customers; ++n) {
        add({.list = NameList::kCustomers, .number = n}, book_->customers().name(n));
    }
    for (auto n = static_cast<Number>(stored_.streams); n < known.streams; ++n) {
        add({.list = NameList::kStreams, .number = n}, book_->streams().name(n));
    }
    for (Number stream = 0; stream < known.streams; ++stream) {
        static const std::vector<std::size_t> kNone;
        const auto& before = stream < stored_.values.size() ? stored_.values[stream] : kNone;
        const AttributeBook& attributes = book_->attributes(stream);
        for (Number a = 0; a < known.values[stream].size(); ++a) {
            if (a >= before.size()) {
                add({.list = NameList::kAttributes, .stream = stream, .number = a},
                    attributes.attribute_name(a));
            }
            // 0 is `other`, which has no name.
            for (auto v = static_cast<Number>(a < before.size() ? before[a] : 1);
                 v < known.values[stream][a]; ++v) {
                add({.list = NameList::kValues, .stream = stream, .attribute = a, .number = v},
                    attributes.value_text(a, v));
            }
        }
    }
}

Result<void> OutcomeCounter::add_minutes(OutcomeCommit& commit) {
    for (const auto& [key, record] : unwritten_) {
        const std::optional<std::string> stored = TRY(store_.minute(key.first, key.second));
        commit.minutes.push_back({.stream = key.first, .minute = key.second, .bytes = {}});
        commit.minutes.back().bytes =
            stored
                ? impact::encode_minute(impact::merged(TRY(impact::decode_minute(*stored)), record))
                : impact::encode_minute(record);
    }
    return {};
}

}  // namespace candor::engine
