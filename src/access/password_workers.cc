#include "access/password_workers.h"

namespace candor::access {

PasswordWorkers::PasswordWorkers() {
    for (std::size_t i = 0; i < kPasswordsAtOnce; ++i) threads_.emplace_back([this] { loop(); });
}

PasswordWorkers::~PasswordWorkers() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        queue_.clear();
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

bool PasswordWorkers::submit(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= kPasswordQueueMax) return false;
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void PasswordWorkers::loop() {
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return !queue_.empty() || stopping_; });
            if (stopping_) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        job();
    }
}

}  // namespace candor::access
