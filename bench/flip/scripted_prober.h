// A prober whose targets answer at once: healthy, but for one that the bench wants to fail.
//
// start() may be called from the engine's thread, the rest from the bench's. Results go out from a
// thread of their own, as the real prober's do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "ports/prober.h"

namespace candor::bench {

class ScriptedProber final : public Prober {
   public:
    explicit ScriptedProber(ProbeSink sink);
    ~ScriptedProber() override;

    void configure(std::vector<CheckSpec>) override {}
    void start(const CheckId& check, std::uint64_t run) override;

    struct Failure {
        CheckId check;
        std::chrono::steady_clock::time_point at;  // just before the engine was told
    };
    // A probe of a check that never failed before fails, kPause probes from now, so that one flip
    // is over before the next; waits until that happened. A check that is still red, or held so
    // because it flaps, would flip nothing.
    Failure fail_next();
    // From its next probe on the check passes again.
    void heal(const CheckId& check);

   private:
    static constexpr int kPause = 60;

    struct Started {
        CheckId check;
        std::uint64_t run;
    };
    void loop();
    void answer(const Started& started);

    ProbeSink sink_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable happened_;
    std::deque<Started> queue_;      // guarded by mutex_
    std::set<std::string> failing_;  // guarded by mutex_
    std::set<std::string> failed_;   // ever; guarded by mutex_
    int wanted_in_ = 0;              // probes until the next failure; guarded by mutex_
    bool stopping_ = false;          // guarded by mutex_
    Failure newest_;                 // guarded by mutex_
    std::thread thread_;
};

}  // namespace candor::bench
