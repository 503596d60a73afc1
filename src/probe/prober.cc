#include "probe/prober.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>

#include "base/check.h"
#include "probe/event_loop.h"
#include "probe/probe_board.h"
#include "probe/unique_fd.h"

namespace candor::probe {
namespace {

struct StartCall {
    CheckId check;
    std::uint64_t run = 0;
};
struct ConfigureCall {
    std::vector<CheckSpec> checks;
};
struct StopCall {};
using Call = std::variant<StartCall, ConfigureCall, StopCall>;

// Calls from other threads, in order, with an eventfd that wakes the loop.
class CallQueue final {
   public:
    explicit CallQueue(std::size_t max)
        : max_(max), wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

    int wake_fd() const { return wake_.get(); }

    void push(Call call) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return calls_.size() < max_; });
        calls_.push_back(std::move(call));
        const bool was_empty = calls_.size() == 1;
        lock.unlock();
        if (was_empty) ::eventfd_write(wake_.get(), 1);
    }

    std::deque<Call> take_all() {
        eventfd_t ignored = 0;
        ::eventfd_read(wake_.get(), &ignored);
        std::deque<Call> calls;
        {
            const std::lock_guard lock(mutex_);
            calls.swap(calls_);
        }
        room_.notify_all();
        return calls;
    }

   private:
    const std::size_t max_;
    UniqueFd wake_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::deque<Call> calls_;
};

class EpollProber final : public Prober {
   public:
    static Result<std::unique_ptr<Prober>> create(const ProberOptions& options, ProbeSink sink) {
        std::unique_ptr<EpollProber> prober(new EpollProber(options.queued_max));
        if (prober->queue_.wake_fd() < 0) {
            return fail(ErrorCode::kIo,
                        std::string("cannot create the prober's wake-up: ") + std::strerror(errno));
        }
        prober->loop_ = TRY(EventLoop::create());
        prober->board_ = TRY(ProbeBoard::create(*prober->loop_, options, std::move(sink)));
        TRY(prober->loop_->watch(prober->queue_.wake_fd(), EPOLLIN,
                                 [p = prober.get()](std::uint32_t) { p->take_calls(); }));
        prober->thread_ = std::thread([p = prober.get()] { p->run(); });
        return prober;
    }

    ~EpollProber() override {
        if (!thread_.joinable()) return;
        queue_.push(StopCall{});
        thread_.join();
    }

    void configure(std::vector<CheckSpec> checks) override {
        queue_.push(ConfigureCall{std::move(checks)});
    }

    void start(const CheckId& check, std::uint64_t run) override {
        queue_.push(StartCall{check, run});
    }

   private:
    explicit EpollProber(std::size_t queued_max) : queue_(std::max<std::size_t>(queued_max, 1)) {}

    void run() {
        while (!stopping_) loop_->run_once();
    }

    void take_calls() {
        for (Call& call : queue_.take_all()) {
            if (auto* start = std::get_if<StartCall>(&call)) {
                board_->start(start->check, start->run);
            } else if (auto* configure = std::get_if<ConfigureCall>(&call)) {
                board_->configure(std::move(configure->checks));
            } else {
                stopping_ = true;
            }
        }
    }

    CallQueue queue_;
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<ProbeBoard> board_;
    bool stopping_ = false;  // the thread's
    std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Prober>> make_prober(ProberOptions options, ProbeSink sink) {
    return EpollProber::create(options, std::move(sink));
}

}  // namespace candor::probe
