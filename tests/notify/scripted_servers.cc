#include "tests/notify/scripted_servers.h"

#include <algorithm>
#include <utility>

namespace candor::test {
namespace {

std::string header_of(const outgoing::Http& post, const std::string& name) {
    const auto found = std::ranges::find_if(
        post.headers, [&](const auto& header) { return header.first == name; });
    return found == post.headers.end() ? "" : found->second;
}

Told told_by(const Outgoing& one) {
    if (const auto* post = std::get_if<outgoing::Http>(&one.what)) {
        return {post->url, header_of(*post, "webhook-id"), post->body};
    }
    if (const auto* mail = std::get_if<outgoing::Mail>(&one.what)) {
        constexpr std::string_view kStart = "Message-ID: <";
        const std::size_t at = mail->bytes.find(kStart) + kStart.size();
        return {mail->to, mail->bytes.substr(at, mail->bytes.find('@', at) - at), mail->bytes};
    }
    return {};
}

SendOutcome outcome_of(Manner manner) {
    switch (manner) {
        case Manner::kAsksLater: return SendOutcome::kLater;
        case Manner::kRefuses: return SendOutcome::kRefused;
        case Manner::kWantsNoMore: return SendOutcome::kGone;
        case Manner::kTakes:
        case Manner::kTakesSilently:
        case Manner::kHangs: break;
    }
    return SendOutcome::kDelivered;
}

}  // namespace

class ScriptedSender final : public Sender {
   public:
    ScriptedSender(ScriptedServers& servers, std::uint64_t number)
        : servers_(servers), number_(number) {}
    ~ScriptedSender() override { servers_.forget(number_); }

    void send(Outgoing outgoing, std::function<void(SendResult)> done) override {
        servers_.take({std::move(outgoing), std::move(done), number_});
    }

   private:
    ScriptedServers& servers_;
    std::uint64_t number_;
};

ScriptedServers::ScriptedServers() : thread_([this] { loop(); }) {}

ScriptedServers::~ScriptedServers() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

std::unique_ptr<Sender> ScriptedServers::sender() {
    const std::lock_guard lock(mutex_);
    return std::make_unique<ScriptedSender>(*this, ++senders_);
}

void ScriptedServers::behave(const std::string& to, Manner manner) {
    const std::lock_guard lock(mutex_);
    manners_[to] = manner;
}

void ScriptedServers::take(Asked asked) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(asked));
    }
    changed_.notify_all();
}

// Once this returns, nothing of that sender is answered any more.
void ScriptedServers::forget(std::uint64_t sender) {
    std::unique_lock lock(mutex_);
    const auto is_its = [sender](const Asked& asked) { return asked.sender == sender; };
    std::erase_if(queue_, is_its);
    std::erase_if(silent_, is_its);
    changed_.wait(lock, [this] { return !busy_; });
}

void ScriptedServers::loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        Asked asked = std::move(queue_.front());
        queue_.pop_front();
        busy_ = true;
        lock.unlock();
        answer(std::move(asked));
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
}

void ScriptedServers::answer(Asked asked) {
    Told what = told_by(asked.outgoing);
    Manner manner = Manner::kTakes;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = manners_.find(what.to); found != manners_.end()) {
            manner = found->second;
        }
        const bool takes = manner == Manner::kTakes || manner == Manner::kTakesSilently;
        if (takes) told_.push_back(std::move(what));
        if (manner == Manner::kHangs || manner == Manner::kTakesSilently) {
            silent_.push_back(std::move(asked));
            return;
        }
    }
    asked.done({asked.outgoing.number, outcome_of(manner), {}, "as told"});
}

bool ScriptedServers::is_idle() const {
    const std::lock_guard lock(mutex_);
    return queue_.empty() && !busy_;
}

std::vector<Told> ScriptedServers::told() const {
    const std::lock_guard lock(mutex_);
    return told_;
}

std::vector<Told> ScriptedServers::told_to(const std::string& to) const {
    std::vector<Told> out = told();
    std::erase_if(out, [&](const Told& one) { return one.to != to; });
    return out;
}

std::vector<std::string> ScriptedServers::doubled() const {
    std::map<std::string, int> times;
    for (const Told& one : told()) ++times[one.id];
    std::vector<std::string> out;
    for (const auto& [id, n] : times) {
        if (n > 1) out.push_back(id);
    }
    return out;
}

std::size_t ScriptedServers::hanging() const {
    const std::lock_guard lock(mutex_);
    return silent_.size();
}

}  // namespace candor::test
