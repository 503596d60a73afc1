// Counts outcomes by stream and minute, and for each by customer and by value of each attribute.
//
// Holds only what was counted since the last take(): whoever owns the store merges those parts into
// the records of their minutes (impact/minute_record.h), in any order. Knows every customer and
// value ever seen. Pure: time and the seed enter as data; one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "impact/attribute_book.h"
#include "impact/customer_tallies.h"
#include "impact/minute_record.h"
#include "impact/names.h"
#include "impact/repeats.h"
#include "model/outcome.h"

namespace candor::impact {

inline constexpr std::size_t kStreamsMax = 64;
inline constexpr std::size_t kCustomersMax = 4'000'000;
// Later than this it still counts, and is marked as amended (DESIGN §9).
inline constexpr Duration kLateCounts = minutes(10);
inline constexpr Duration kLateMax = hours(24);
inline constexpr Duration kAheadMax = minutes(5);
// Memory between two calls of take(): beyond it, full() says that one is due.
inline constexpr std::size_t kMinutesOpenMax = 256;
inline constexpr std::size_t kPagesOpenMax = 32'768;  // of 2 KiB

enum class Counted : std::uint8_t {
    kCounted,
    kAmended,           // counted, more than kLateCounts after it happened
    kRepeated,          // its id was counted before: nothing changes
    kTooOld,            // more than kLateMax ago
    kTooFarAhead,       // more than kAheadMax in the future
    kTooManyStreams,    // a new stream beyond kStreamsMax
    kTooManyCustomers,  // a new customer beyond kCustomersMax
};

// For the sender, of what was not counted: what is wrong and how to mend it. Empty for the others.
std::string_view problem_of(Counted counted);

struct Part {
    Number stream = 0;
    Timestamp minute;  // its start
    MinuteRecord record;
};

class OutcomeBook final {
   public:
    // `seed`: random, and the same for as long as numbers are stored (impact/names.h).
    explicit OutcomeBook(std::uint64_t seed);

    // `now` stamps an outcome without a time and judges the others.
    Counted count(const Outcome& outcome, Timestamp now);

    // take() is due before anything more is counted.
    bool full() const;
    // What was counted since the last call, ascending by stream, then minute.
    std::vector<Part> take();

    Names& customers() { return customers_; }
    const Names& customers() const { return customers_; }
    Names& streams() { return streams_; }
    const Names& streams() const { return streams_; }
    // Of a stream that was counted or is known to streams().
    AttributeBook& attributes(Number stream);

   private:
    struct Minute {
        Timestamp start;
        CustomerTallies customers;
        std::vector<std::vector<Tally>> values;  // by attribute, then value
        Tally total;
        std::uint64_t amended = 0;
    };
    struct Stream {
        explicit Stream(std::uint64_t seed) : attributes(seed) {}
        AttributeBook attributes;
        std::vector<std::unique_ptr<Minute>> minutes;
        Minute* newest = nullptr;  // of the outcome before
    };

    Stream& stream_at(Number stream);
    Minute& minute_at(Stream& stream, Timestamp at);
    void count_values(Stream& stream, Minute& minute, Number customer, const Outcome& outcome);

    std::uint64_t seed_;
    Names customers_;
    Names streams_;
    Repeats repeats_;
    std::vector<std::unique_ptr<Stream>> books_;
    std::size_t minutes_open_ = 0;
    std::size_t pages_open_ = 0;
};

}  // namespace candor::impact
