#include "impact/outcome_book.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace candor::impact {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

Timestamp minute_of(Timestamp at) {
    return {at.ms - at.ms % kMinuteMs};
}

std::vector<ValueTally> listed(const std::vector<std::vector<Tally>>& values) {
    std::vector<ValueTally> out;
    for (std::size_t attribute = 0; attribute < values.size(); ++attribute) {
        for (std::size_t value = 0; value < values[attribute].size(); ++value) {
            const Tally& tally = values[attribute][value];
            if (tally.attempts == 0) continue;
            out.push_back({static_cast<Number>(attribute), static_cast<Number>(value), tally});
        }
    }
    return out;
}

}  // namespace

std::string_view problem_of(Counted counted) {
    switch (counted) {
        case Counted::kCounted:
        case Counted::kAmended: return "";
        case Counted::kRepeated: return "an outcome with this `id` was counted before";
        case Counted::kTooOld: return "`t` is more than 24 h ago";
        case Counted::kTooFarAhead:
            return "`t` is more than 5 min in the future: check the sender's clock";
        case Counted::kTooManyStreams:
            return "there are 64 streams already: send under the name of one of them";
        case Counted::kTooManyCustomers:
            return "there are 4,000,000 customers already: is `customer` a session's or a "
                   "request's name?";
    }
    return "";
}

OutcomeBook::OutcomeBook(std::uint64_t seed)
    : seed_(seed), customers_(seed, kCustomersMax), streams_(seed, kStreamsMax) {}

Counted OutcomeBook::count(const Outcome& outcome, Timestamp now) {
    CHECK(!full());
    const Timestamp at = outcome.at == Timestamp{} ? now : outcome.at;
    if (at - now > kAheadMax) return Counted::kTooFarAhead;
    if (now - at > kLateMax) return Counted::kTooOld;
    const std::optional<Number> number = streams_.add(outcome.stream);
    if (!number) return Counted::kTooManyStreams;
    const std::optional<Number> customer = customers_.add(outcome.customer);
    if (!customer) return Counted::kTooManyCustomers;
    // Last of all checks, so that what was refused may be sent again once it is mended.
    if (!outcome.id.empty() && repeats_.seen(customers_.hash(outcome.id), now)) {
        return Counted::kRepeated;
    }
    Stream& stream = stream_at(*number);
    Minute& minute = minute_at(stream, minute_of(at));
    const std::size_t pages = minute.customers.pages();
    minute.customers.count(*customer, outcome.ok);
    pages_open_ += minute.customers.pages() - pages;
    minute.total.count(outcome.ok);
    count_values(stream, minute, *customer, outcome);
    if (now - at <= kLateCounts) return Counted::kCounted;
    ++minute.amended;
    return Counted::kAmended;
}

void OutcomeBook::count_values(Stream& stream, Minute& minute, Number customer,
                               const Outcome& outcome) {
    std::size_t position = 0;
    for (const OutcomeAttribute& one : outcome.attributes) {
        const auto attribute = stream.attributes.attribute(one.name, position++);
        if (!attribute) continue;
        const Number value = stream.attributes.value(*attribute, one.value);
        stream.attributes.note(customer, *attribute, value, outcome.ok);
        if (*attribute >= minute.values.size()) minute.values.resize(*attribute + 1);
        std::vector<Tally>& tallies = minute.values[*attribute];
        if (value >= tallies.size()) tallies.resize(value + 1);
        tallies[value].count(outcome.ok);
    }
}

OutcomeBook::Stream& OutcomeBook::stream_at(Number stream) {
    while (books_.size() <= stream) books_.push_back(std::make_unique<Stream>(seed_));
    return *books_[stream];
}

AttributeBook& OutcomeBook::attributes(Number stream) {
    CHECK(stream < streams_.size());
    return stream_at(stream).attributes;
}

OutcomeBook::Minute& OutcomeBook::minute_at(Stream& stream, Timestamp start) {
    if (stream.newest != nullptr && stream.newest->start == start) return *stream.newest;
    const auto place = std::ranges::lower_bound(stream.minutes, start, {},
                                                [](const auto& minute) { return minute->start; });
    if (place != stream.minutes.end() && (*place)->start == start) {
        stream.newest = place->get();
    } else {
        auto made = std::make_unique<Minute>();
        made->start = start;
        stream.newest = made.get();
        stream.minutes.insert(place, std::move(made));
        ++minutes_open_;
    }
    return *stream.newest;
}

bool OutcomeBook::full() const {
    return minutes_open_ >= kMinutesOpenMax || pages_open_ >= kPagesOpenMax;
}

std::vector<Part> OutcomeBook::take() {
    std::vector<Part> parts;
    for (std::size_t number = 0; number < books_.size(); ++number) {
        Stream& stream = *books_[number];
        for (const auto& minute : stream.minutes) {
            Part part{.stream = static_cast<Number>(number), .minute = minute->start, .record = {}};
            part.record.total = minute->total;
            part.record.amended = minute->amended;
            part.record.customers.reserve(minute->customers.seen());
            minute->customers.for_each([&](Number customer, const Tally& tally) {
                part.record.customers.push_back({customer, tally});
            });
            part.record.values = listed(minute->values);
            parts.push_back(std::move(part));
        }
        stream.minutes.clear();
        stream.newest = nullptr;
    }
    minutes_open_ = 0;
    pages_open_ = 0;
    return parts;
}

}  // namespace candor::impact
