// NDJSON to outcomes, one line at a time (POST /v1/outcomes, docs/outcomes.md).
//
// A bad line costs only itself: it is named with what is wrong and the reading goes on. Not the
// counting (impact) and not the clock: `t` is passed on as it was written. Pull, so that the caller
// decides what becomes of each outcome without a copy. Thread rule: one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "model/outcome.h"

namespace candor::intake {

inline constexpr std::size_t kOutcomeLineBytesMax = 16 * 1024;

enum class LineRead : std::uint8_t {
    kOutcome,  // outcome() holds it
    kBad,      // problem() says what is wrong
    kEnd,
};

class OutcomeLines final {
   public:
    OutcomeLines();
    ~OutcomeLines();
    OutcomeLines(const OutcomeLines&) = delete;
    OutcomeLines& operator=(const OutcomeLines&) = delete;

    // Starts over with these lines. Takes the bytes as they are: the parser wants room behind them,
    // which a moved string gets without a copy when it has spare capacity.
    void open(std::string body);

    // Blank lines are passed over, and counted as lines.
    LineRead next();

    // Valid until the next call.
    const Outcome& outcome() const;
    // For the sender: names the field and how to mend it. Valid until the next call.
    std::string_view problem() const;
    // Of what next() returned, from 1.
    std::uint64_t line() const;

   private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace candor::intake
