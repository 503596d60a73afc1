// The calls that are going on: some hundred at a time, starting and ending by themselves.
//
// Not stored: a restart begins with as many as were normal. Safe from any thread. The number moves
// slowly, so that a watcher of it has something to learn.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <queue>
#include <string>
#include <vector>

namespace acme {

class Calls {
   public:
    using Time = std::chrono::steady_clock::time_point;

    // Ends what is over at `now` and starts what came in since the last question.
    std::size_t active(Time now);

   private:
    void start_calls(Time now);

    std::mutex mutex_;
    std::priority_queue<Time, std::vector<Time>, std::greater<>> ends_;  // protected by mutex_
    Time last_{};                                                        // protected by mutex_
    std::uint64_t state_ = 1;                                            // protected by mutex_
};

}  // namespace acme
