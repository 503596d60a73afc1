#include "app/page_reader.h"

#include "app/page_answers.h"
#include "app/thread_priority.h"

namespace candor::app {

PageReader::PageReader() = default;

PageReader::~PageReader() {
    stop();
}

void PageReader::open(PageAnswering answering, ReaderPriority priority) {
    answering_ = std::move(answering);
    {
        const std::lock_guard lock(mutex_);
        running_ = true;
    }
    thread_ = std::thread([this, priority] { loop(priority); });
}

void PageReader::stop() {
    std::deque<Job> left;
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
        left = std::exchange(queue_, {});
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (Job& job : left) job.done(busy_answer());
}

void PageReader::render(PageQuery query, PageDone done) {
    {
        const std::lock_guard lock(mutex_);
        if (running_ && queue_.size() < kPageQueueMax) {
            queue_.push_back({std::move(query), std::move(done)});
            wake_.notify_one();
            return;
        }
    }
    done(busy_answer());
}

void PageReader::loop(ReaderPriority priority) {
    if (priority == ReaderPriority::kLowest) set_lowest_priority();
    while (true) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return !queue_.empty() || !running_; });
            if (!running_) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        job.done(answering_(job.query));
    }
}

}  // namespace candor::app
