#include "app/page_reader.h"

#include "app/page_answers.h"
#include "app/thread_priority.h"

namespace candor::app {

struct PageReader::Parts {
    PageAnswers answers;
};

PageReader::PageReader() = default;

PageReader::~PageReader() {
    stop();
}

void PageReader::open(PageReaderOptions options, std::unique_ptr<JournalReader> journal,
                      std::unique_ptr<JournalReader> texts, std::unique_ptr<SeriesReader> series) {
    parts_ = std::make_unique<Parts>(Parts{
        PageAnswers(std::move(options), std::move(journal), std::move(texts), std::move(series))});
    {
        const std::lock_guard lock(mutex_);
        running_ = true;
    }
    thread_ = std::thread([this] { loop(); });
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

void PageReader::loop() {
    set_lowest_priority();
    while (true) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return !queue_.empty() || !running_; });
            if (!running_) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        job.done(parts_->answers.answer(job.query));
    }
}

}  // namespace candor::app
