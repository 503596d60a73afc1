// Where the web server hands bodies of outcomes to, and what became of their lines.
//
// Implemented by app/outcome_thread.h. Never blocks the caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace candor {

// Of one body, also after it was inflated.
inline constexpr std::size_t kOutcomeBodyBytesMax = 16 * 1024 * 1024;
// Problems named in one answer; the count of rejected lines goes on.
inline constexpr std::size_t kOutcomeProblemsMax = 100;

enum class BodyEncoding : std::uint8_t { kIdentity, kGzip };

struct OutcomeProblem {
    std::uint64_t line = 0;  // from 1
    std::string problem;
};

struct OutcomesTaken {
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::vector<OutcomeProblem> problems;  // the first kOutcomeProblemsMax
    // Everything that was accepted before this instant is on stable storage.
    Timestamp watermark;
};

using OutcomesDone = std::function<void(Result<OutcomesTaken>)>;

class OutcomeIntake {
   public:
    virtual ~OutcomeIntake() = default;

    // Safe from any thread; returns at once. `done` runs exactly once, on any thread, also inside
    // this call. What was accepted is durable within a second (rule 11). kBusy: too much is
    // waiting; kTooLarge, kInvalid: the body does not inflate; kDiskFull: nothing is taken.
    virtual void submit(std::string body, BodyEncoding encoding, OutcomesDone done) = 0;
};

}  // namespace candor
