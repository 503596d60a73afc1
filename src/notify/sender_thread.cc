#include "notify/sender_thread.h"

#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "notify/command_run.h"
#include "notify/transfer.h"

namespace candor::notify {
namespace {

constexpr int kPollMs = 1'000;

std::int64_t steady_now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void initialise_libcurl() {
    static std::once_flag once;  // libcurl's own rule: once per process
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

using Done = std::function<void(SendResult)>;

class SenderThread final : public Sender {
   public:
    SenderThread(CURLM* multi, ReachRules strangers)
        : multi_(multi), strangers_(std::move(strangers)) {
        curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsPerHost);
        curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, kConnectionsTotal);
        thread_ = std::thread([this] { loop(); });
    }

    ~SenderThread() override {
        stopping_ = true;
        curl_multi_wakeup(multi_);
        thread_.join();
        curl_multi_cleanup(multi_);
    }

    void send(Outgoing outgoing, Done done) override {
        {
            const std::lock_guard lock(mutex_);
            queue_.emplace_back(std::move(outgoing), std::move(done));
        }
        curl_multi_wakeup(multi_);
    }

   private:
    using Queue = std::vector<std::pair<Outgoing, Done>>;

    void loop() {
        while (!stopping_) {
            take_queue();
            int running = 0;
            curl_multi_perform(multi_, &running);
            collect();
            end_commands();
            wait();
        }
        end_all();
    }

    void take_queue() {
        Queue taken;
        {
            const std::lock_guard lock(mutex_);
            taken.swap(queue_);
        }
        for (auto& [outgoing, done] : taken) begin(std::move(outgoing), std::move(done));
    }

    void begin(Outgoing outgoing, Done done) {
        if (transfers_.size() + commands_.size() >= kSendsUnderWayMax) {
            return done({outgoing.number, SendOutcome::kLater, {}, "too many are under way"});
        }
        if (std::holds_alternative<outgoing::Command>(outgoing.what)) {
            auto run = std::make_unique<CommandRun>(std::move(outgoing), std::move(done));
            if (run->start(steady_now_ms())) commands_.push_back(std::move(run));
            return;
        }
        auto transfer =
            std::make_unique<Transfer>(std::move(outgoing), strangers_, std::move(done));
        CURL* handle = transfer->handle();
        if (handle == nullptr || curl_multi_add_handle(multi_, handle) != CURLM_OK) {
            return transfer->finish(SendOutcome::kLater, "no memory for another transfer");
        }
        transfers_.emplace(handle, std::move(transfer));
    }

    void collect() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;
            const auto found = transfers_.find(message->easy_handle);
            const std::unique_ptr<Transfer> ended = std::move(found->second);
            transfers_.erase(found);
            curl_multi_remove_handle(multi_, ended->handle());
            ended->finish(code);
        }
    }

    void end_commands() {
        const std::int64_t now = steady_now_ms();
        std::erase_if(commands_, [&](const auto& run) { return run->finish_if_over(now); });
    }

    void wait() {
        std::vector<curl_waitfd> ends;
        std::int64_t wait_ms = kPollMs;
        const std::int64_t now = steady_now_ms();
        for (const auto& run : commands_) {
            if (run->pidfd() >= 0) ends.push_back({run->pidfd(), CURL_WAIT_POLLIN, 0});
            wait_ms = std::min(wait_ms, std::max<std::int64_t>(run->deadline_ms() - now, 0) + 1);
        }
        curl_multi_poll(multi_, ends.data(), static_cast<unsigned>(ends.size()),
                        static_cast<int>(wait_ms), nullptr);
    }

    void end_all() {
        take_queue();
        for (auto& [handle, transfer] : transfers_) {
            curl_multi_remove_handle(multi_, handle);
            transfer->finish(SendOutcome::kLater, "stopped");
        }
        transfers_.clear();
        for (const auto& run : commands_) run->finish(SendOutcome::kLater, "stopped");
        commands_.clear();
    }

    CURLM* multi_;
    const ReachRules strangers_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    Queue queue_;  // guarded by mutex_
    // The thread's own:
    std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
    std::vector<std::unique_ptr<CommandRun>> commands_;
    std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Sender>> start_sender(ReachRules strangers) {
    initialise_libcurl();
    CURLM* multi = curl_multi_init();
    if (multi == nullptr) return fail(ErrorCode::kInternal, "libcurl cannot be set up");
    return std::make_unique<SenderThread>(multi, std::move(strangers));
}

}  // namespace candor::notify
