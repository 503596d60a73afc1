#include "app/outcome_thread.h"

#include <chrono>
#include <utility>

#include "app/thread_priority.h"
#include "base/check.h"
#include "intake/gunzip.h"
#include "intake/outcome_lines.h"

namespace candor::app {
namespace {

// A full disk is tried again this often.
constexpr Duration kCommitRetryEvery = seconds(1);

std::unexpected<Error> too_busy() {
    return fail(ErrorCode::kBusy, "too many outcomes are waiting to be counted; send them again");
}

}  // namespace

OutcomeThread::OutcomeThread(Clock& clock, std::function<void(const std::string&)> log)
    : clock_(clock), log_(std::move(log)), lines_(std::make_unique<intake::OutcomeLines>()) {}

OutcomeThread::~OutcomeThread() {
    stop();
}

void OutcomeThread::start(std::function<Result<std::unique_ptr<OutcomeStore>>()> open_store) {
    CHECK(!thread_.joinable());
    {
        const std::lock_guard lock(mutex_);
        running_ = true;
    }
    thread_ = std::thread([this, open_store = std::move(open_store)] {
        set_lowest_priority();
        const Result<void> opened = open(open_store);
        if (!opened) {
            refusal_ = opened.error();
            log_("outcomes are refused: " + refusal_.message);
        }
        loop();
    });
}

Result<void> OutcomeThread::open(
    const std::function<Result<std::unique_ptr<OutcomeStore>>()>& open_store) {
    store_ = TRY(open_store());
    counter_ = TRY(engine::OutcomeCounter::open(*store_, clock_.now().wall));
    return {};
}

void OutcomeThread::stop() {
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void OutcomeThread::submit(std::string body, BodyEncoding encoding, OutcomesDone done) {
    {
        const std::lock_guard lock(mutex_);
        // A single body always fits: it is bounded by its route.
        if (running_ &&
            (bodies_.empty() || bytes_waiting_ + body.size() <= kOutcomeBytesWaitingMax)) {
            bytes_waiting_ += body.size();
            bodies_.push_back({std::move(body), encoding, std::move(done)});
            wake_.notify_one();
            return;
        }
        ++stats_.refused_bodies;
    }
    done(too_busy());
}

void OutcomeThread::measure(std::string stream, MeasureDone done) {
    {
        const std::lock_guard lock(mutex_);
        if (running_) {
            wanted_.push_back({std::move(stream), std::move(done)});
            wake_.notify_one();
            return;
        }
    }
    done(std::nullopt);
}

void OutcomeThread::loop() {
    while (true) {
        std::optional<Job> job = wait_for_job();
        const bool ending = !job && [&] {
            const std::lock_guard lock(mutex_);
            return !running_;
        }();
        if (job) std::visit([&](auto& one) { work(std::move(one)); }, *job);
        commit_if_due(ending);
        if (ending) return;
    }
}

std::optional<OutcomeThread::Job> OutcomeThread::wait_for_job() {
    std::unique_lock lock(mutex_);
    const auto ready = [&] { return !bodies_.empty() || !wanted_.empty() || !running_; };
    if (commit_at_) {
        const Duration left = *commit_at_ - clock_.now().steady;
        wake_.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>(left.ms, 0)), ready);
    } else {
        wake_.wait(lock, ready);
    }
    std::optional<Job> job;
    if (!wanted_.empty()) {
        job = std::move(wanted_.front());
        wanted_.pop_front();
    } else if (!bodies_.empty()) {
        bytes_waiting_ -= bodies_.front().bytes.size();
        job = std::move(bodies_.front());
        bodies_.pop_front();
    }
    return job;
}

void OutcomeThread::work(Measurement wanted) {
    if (counter_ == nullptr) return wanted.done(std::nullopt);
    const auto windows = counter_->windows(wanted.stream, clock_.now().wall);
    wanted.done(windows.value_or(OutcomeWindows{}));
}

void OutcomeThread::work(Body body) {
    Result<std::string> text = body.encoding == BodyEncoding::kGzip
                                   ? intake::gunzip(body.bytes, kOutcomeBodyBytesMax)
                                   : Result<std::string>(std::move(body.bytes));
    Result<OutcomesTaken> taken =
        text ? take(std::move(*text)) : std::unexpected(std::move(text.error()));
    {
        const std::lock_guard lock(mutex_);
        if (taken) {
            stats_.accepted += taken->accepted;
            stats_.rejected += taken->rejected;
        } else {
            ++stats_.refused_bodies;
        }
    }
    body.done(std::move(taken));
}

Result<OutcomesTaken> OutcomeThread::take(std::string body) {
    if (counter_ == nullptr) return std::unexpected(refusal_);
    const Timestamp now = clock_.now().wall;
    OutcomesTaken out;
    const auto reject = [&](std::string_view problem) {
        ++out.rejected;
        if (out.problems.size() >= kOutcomeProblemsMax) return;
        out.problems.push_back({lines_->line(), std::string(problem)});
    };
    lines_->open(std::move(body));
    while (true) {
        const intake::LineRead read = lines_->next();
        if (read == intake::LineRead::kEnd) break;
        if (read == intake::LineRead::kBad) {
            reject(lines_->problem());
            continue;
        }
        const auto counted = counter_->count(lines_->outcome(), now);
        // Of a store that fails half-way: what was counted stays counted, and is sent again; its
        // ids, where it has some, tell that it was.
        if (!counted) return std::unexpected(counted.error());
        const std::string_view problem = impact::problem_of(*counted);
        if (problem.empty()) {
            ++out.accepted;
        } else {
            reject(problem);
        }
    }
    out.watermark = counter_->watermark(now);
    return out;
}

void OutcomeThread::commit_if_due(bool ending) {
    if (counter_ == nullptr || !counter_->waiting_since()) {
        commit_at_.reset();
        return;
    }
    const Duration now = clock_.now().steady;
    if (!commit_at_) commit_at_ = now + engine::kOutcomesWaitMax;
    if (now < *commit_at_ && !ending) return;
    const Result<void> done = counter_->commit();
    commit_at_.reset();
    if (!done) commit_at_ = clock_.now().steady + kCommitRetryEvery;
    note_commit(done);
}

void OutcomeThread::note_commit(const Result<void>& done) {
    if (!done) log_("outcomes could not be written: " + done.error().message);
    const std::lock_guard lock(mutex_);
    ++(done ? stats_.commits : stats_.failed_commits);
    stats_.customers = counter_->book().customers().size();
    stats_.streams = counter_->book().streams().size();
}

OutcomeStats OutcomeThread::stats() const {
    const std::lock_guard lock(mutex_);
    return stats_;
}

}  // namespace candor::app
