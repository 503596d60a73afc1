// The threads that hash and verify passwords: two at once, a queue of 32, then no.
//
// A hash costs 80 ms and 46 MiB; without this bound a few strangers at the sign-in form could take
// the machine. Safe from any thread; a job runs on a worker's thread and may call anything that is
// safe there.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace candor::access {

inline constexpr std::size_t kPasswordsAtOnce = 2;
inline constexpr std::size_t kPasswordQueueMax = 32;

class PasswordWorkers final {
   public:
    PasswordWorkers();
    ~PasswordWorkers();  // runs no job that has not begun; waits for those that have
    PasswordWorkers(const PasswordWorkers&) = delete;
    PasswordWorkers& operator=(const PasswordWorkers&) = delete;

    // False when the queue is full: the caller answers 429. Never blocks.
    bool submit(std::function<void()> job);

   private:
    void loop();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;  // guarded by mutex_
    bool stopping_ = false;                    // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace candor::access
