// The world outside that the notifier tells: servers that answer as they are told, on a thread of
// their own, and remember what they took.
//
// Outlives every sender that leads to it, as real servers outlive the processes that tell them.
// Safe from any thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ports/sender.h"

namespace candor::test {

enum class Manner : std::uint8_t {
    kTakes,
    kTakesSilently,  // takes it, and its answer never arrives
    kHangs,          // takes nothing and never answers
    kAsksLater,
    kRefuses,
    kWantsNoMore,
};

struct Told {
    std::string to;  // the address of a mail, the URL of a webhook
    std::string id;  // Message-ID, webhook-id
    std::string text;
};

class ScriptedServers final {
   public:
    ScriptedServers();
    ~ScriptedServers();
    ScriptedServers(const ScriptedServers&) = delete;
    ScriptedServers& operator=(const ScriptedServers&) = delete;

    // Of one process; what is under way when it ends is answered kLater or not at all.
    std::unique_ptr<Sender> sender();

    // From now on; everybody takes everything at first.
    void behave(const std::string& to, Manner manner);
    // Waits for no answer any more, but for those that hang.
    bool is_idle() const;
    std::vector<Told> told() const;
    std::vector<Told> told_to(const std::string& to) const;
    // Ids that were taken more than once.
    std::vector<std::string> doubled() const;
    std::size_t hanging() const;

   private:
    friend class ScriptedSender;
    struct Asked {
        Outgoing outgoing;
        std::function<void(SendResult)> done;
        std::uint64_t sender = 0;
    };

    void take(Asked asked);
    void forget(std::uint64_t sender);
    void loop();
    void answer(Asked asked);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Manner> manners_;  // guarded by mutex_
    std::deque<Asked> queue_;                // guarded by mutex_
    std::vector<Asked> silent_;              // guarded by mutex_
    std::vector<Told> told_;                 // guarded by mutex_
    bool busy_ = false;                      // guarded by mutex_
    bool stopping_ = false;                  // guarded by mutex_
    std::uint64_t senders_ = 0;              // guarded by mutex_
    std::thread thread_;
};

}  // namespace candor::test
