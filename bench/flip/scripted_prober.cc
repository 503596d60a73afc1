#include "bench/flip/scripted_prober.h"

#include <utility>

namespace candor::bench {

ScriptedProber::ScriptedProber(ProbeSink sink)
    : sink_(std::move(sink)), thread_([this] { loop(); }) {}

ScriptedProber::~ScriptedProber() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void ScriptedProber::start(const CheckId& check, std::uint64_t run) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back({check, run});
    }
    wake_.notify_one();
}

ScriptedProber::Failure ScriptedProber::fail_next() {
    std::unique_lock lock(mutex_);
    wanted_in_ = kPause;
    happened_.wait(lock, [&] { return wanted_in_ == 0; });
    return newest_;
}

void ScriptedProber::heal(const CheckId& check) {
    const std::lock_guard lock(mutex_);
    failing_.erase(check.value);
}

void ScriptedProber::loop() {
    while (true) {
        Started started;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (stopping_) return;
            started = std::move(queue_.front());
            queue_.pop_front();
        }
        answer(started);
    }
}

void ScriptedProber::answer(const Started& started) {
    Observation o;
    o.check = started.check;
    o.timing.total_us = 1'000;
    bool told = false;
    {
        const std::lock_guard lock(mutex_);
        if (wanted_in_ > 1) {
            --wanted_in_;
        } else if (wanted_in_ == 1 && failed_.insert(started.check.value).second) {
            failing_.insert(started.check.value);
            newest_ = {started.check, std::chrono::steady_clock::now()};
            wanted_in_ = 0;
            told = true;
        }
        if (failing_.contains(started.check.value)) {
            o.result = ObservationResult::kFail;
            o.evidence = Evidence{FailureKind::kRefused, 0, 0};
        }
    }
    sink_({started.run, std::move(o)});
    if (told) happened_.notify_all();
}

}  // namespace candor::bench
