// Every write of the deliveries in turn is the one at which the power goes: nothing that was to be
// told is lost, and a message is told twice only when its result was not recorded yet, under the
// same id.
//
// The whole way runs in virtual time: batches, fan-out, a mail server that accepts, refuses for a
// while, or hangs. The controls show that the sweep sees what it looks for.

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>

#include "base/codec.h"
#include "notify/dispatcher.h"
#include "notify/subscriber_record.h"
#include "store/sqlite_deliveries.h"
#include "tests/contract/temp_folder.h"
#include "tests/crash/fault_vfs.h"

namespace candor::test {
namespace {

using namespace notify;

constexpr Timestamp kStart{1'000'000};
constexpr int kPeople = 3;
constexpr Position kBatches = 4;

enum class Manner {
    kHonest,
    kRecordsBeforeSending,  // loses what was recorded but not sent
    kForgetsToAnnounce,     // moves the position in one transaction, announces in the next
};

Message message_at(Position position) {
    Message m;
    m.position = position;
    m.incident = {position <= 2 ? "first" : "second"};
    m.kind = position % 2 == 1 ? NewsKind::kPost : NewsKind::kResolved;
    m.at = kStart + seconds(static_cast<std::int64_t>(position));
    m.page.name = "Acme";
    m.title = "Batch " + std::to_string(position);
    return m;
}

Routes routes() {
    Routes r;
    r.channels.push_back({"ops", {}, SlackTarget{"https://slack.example/x"}});
    r.subscriber_mail = MailServer{.server = "mail:25", .from = "s@a.example"};
    r.links = [](const SubscriberId&) { return SubscriberLinks{"https://m", "https://u"}; };
    return r;
}

// The world outside: what servers accepted, however often Candor dies.
struct World {
    std::map<std::string, int> accepted;  // by delivery id
    std::set<std::string> in_doubt;       // accepted, but the result was not recorded
    std::uint64_t attempts = 0;
    bool people_subscribed = false;
};

// One life of the notifier; ends with an error when the disk struck.
class Life {
   public:
    Life(World& world, Deliveries& deliveries, Manner manner)
        : world_(world),
          deliveries_(deliveries),
          dispatcher_(deliveries, routes()),
          manner_(manner) {}

    Result<void> run() {
        TRY(dispatcher_.start());
        if (!world_.people_subscribed) TRY(subscribe());
        Timestamp now = kStart;
        while (true) {
            TRY(read_batches());
            while (TRY(dispatcher_.expand(now))) {
            }
            const auto sent = TRY(dispatcher_.take_due(now));
            TRY(deliver(sent, now));
            const Timestamp next = TRY(dispatcher_.next_wakeup(now));
            if (next.ms == 0 && sent.empty()) return {};
            now = std::max(next, now + milliseconds(1));
        }
    }

   private:
    Result<void> subscribe() {
        for (int i = 0; i < kPeople; ++i) {
            const std::string name = "person" + std::to_string(i);
            TRY(deliveries_.put_subscriber({.id = {name},
                                            .address = name + "@b.example",
                                            .filter = encode(SubscriberRecord{}),
                                            .confirmed = {}}));
        }
        world_.people_subscribed = true;
        return {};
    }

    Result<void> read_batches() {
        const auto before = TRY(deliveries_.position());
        for (Position p = before.value_or(0) + 1; p <= kBatches; ++p) {
            const PlanOptions options{.tell_after = minutes(2), .subscribers = true};
            if (manner_ == Manner::kForgetsToAnnounce) TRY(deliveries_.take(p, {}, {}));
            TRY(dispatcher_.announce(p, {message_at(p)}, options));
        }
        return {};
    }

    // The first two attempts of a life meet a server that asks to come again.
    Result<void> deliver(const std::vector<Outgoing>& sent, Timestamp now) {
        if (manner_ == Manner::kRecordsBeforeSending) {
            for (const Outgoing& o : sent) answer(o, SendOutcome::kDelivered, now);
            TRY(dispatcher_.record());
        }
        std::vector<std::string> accepted;
        for (const Outgoing& o : sent) {
            const bool later = ++world_.attempts % 7 == 0;
            if (!later) accepted.push_back(accept(o));
            if (manner_ != Manner::kRecordsBeforeSending) {
                answer(o, later ? SendOutcome::kLater : SendOutcome::kDelivered, now);
            }
        }
        TRY(dispatcher_.record());
        for (const std::string& id : accepted) world_.in_doubt.erase(id);
        return {};
    }

    void answer(const Outgoing& o, SendOutcome outcome, Timestamp now) {
        dispatcher_.on_result({o.number, outcome, {}, ""}, now, 1);
    }

    std::string accept(const Outgoing& o) {
        std::string id;
        if (const auto* mail = std::get_if<outgoing::Mail>(&o.what)) {
            const std::size_t at = mail->bytes.find("Message-ID: <") + 13;
            id = mail->bytes.substr(at, 32);
        } else {
            // A chat's POST carries no id of its own: the text of the one incident stands for it.
            id = std::get<outgoing::Http>(o.what).body;
        }
        ++world_.accepted[id];
        world_.in_doubt.insert(id);
        return id;
    }

    World& world_;
    Deliveries& deliveries_;
    Dispatcher dispatcher_;
    Manner manner_;
};

struct Outcome {
    std::uint64_t cycles = 0;
    std::uint64_t lost = 0;
    std::uint64_t doubled_in_the_window = 0;
    std::uint64_t doubled_outside = 0;
};

struct Sweep {
    Manner manner = Manner::kHonest;
    Fault fault = Fault::kPowerCut;
    store::Synchronous synchronous = store::Synchronous::kFull;
    bool syncs_lie = false;
    std::uint64_t every = 1;  // strike at each so-manieth operation
};

void judge(const World& world, const std::set<std::string>& in_doubt_at_crash, Outcome& outcome) {
    // Per batch: every subscriber's mail, and the channel's.
    const std::size_t expected = kBatches * (kPeople + 1);
    if (world.accepted.size() < expected) outcome.lost += expected - world.accepted.size();
    for (const auto& [id, times] : world.accepted) {
        if (times < 2) continue;
        if (times == 2 && in_doubt_at_crash.contains(id)) {
            ++outcome.doubled_in_the_window;
        } else {
            ++outcome.doubled_outside;
        }
    }
}

// Dies at the n-th operation, comes back on what the disk kept, and goes on to the end.
bool cycle(const Sweep& sweep, const std::string& folder, std::uint64_t n, Outcome& outcome) {
    FaultDisk disk;
    FaultVfs vfs("candor-fault", disk);
    disk.set_syncs_lie(sweep.syncs_lie);
    World world;
    const auto live = [&]() -> Result<void> {
        auto deliveries = TRY(store::open_sqlite_deliveries(
            {.folder = folder, .vfs = vfs.name(), .synchronous = sweep.synchronous}));
        return Life(world, *deliveries, sweep.manner).run();
    };
    disk.arm(sweep.fault, n);
    const auto first = live();
    const bool struck = disk.struck();
    EXPECT_TRUE(first || struck) << first.error().message;
    const std::set<std::string> in_doubt = world.in_doubt;
    disk.restart(static_cast<Survival>(n % 4), static_cast<std::uint32_t>(n));
    world.people_subscribed = world.people_subscribed && !sweep.syncs_lie &&
                              sweep.synchronous == store::Synchronous::kFull;
    const auto second = live();
    if (!second) {
        ++outcome.lost;  // damaged: only a control gets here
        return struck;
    }
    ++outcome.cycles;
    judge(world, in_doubt, outcome);
    return struck;
}

Outcome run(const Sweep& sweep) {
    const TempFolder folder;
    Outcome outcome;
    for (std::uint64_t n = 1; cycle(sweep, folder.path(), n, outcome); n += sweep.every) {
    }
    std::printf("%llu cycles: %llu lost, %llu doubled in the window, %llu doubled outside\n",
                static_cast<unsigned long long>(outcome.cycles),
                static_cast<unsigned long long>(outcome.lost),
                static_cast<unsigned long long>(outcome.doubled_in_the_window),
                static_cast<unsigned long long>(outcome.doubled_outside));
    return outcome;
}

TEST(DeliveriesSweep, a_power_cut_at_any_write_loses_nothing_and_doubles_only_in_the_window) {
    const Outcome outcome = run({});
    EXPECT_EQ(outcome.lost, 0U);
    EXPECT_EQ(outcome.doubled_outside, 0U);
    EXPECT_GT(outcome.doubled_in_the_window, 0U) << "the window was never hit";
    EXPECT_GT(outcome.cycles, 50U);
}

TEST(DeliveriesSweep, a_failed_write_or_sync_loses_nothing_and_doubles_only_in_the_window) {
    const Outcome outcome = run({.fault = Fault::kIoError});
    EXPECT_EQ(outcome.lost, 0U);
    EXPECT_EQ(outcome.doubled_outside, 0U);
}

TEST(DeliveriesSweepControl, recording_before_sending_is_caught) {
    EXPECT_GT(run({.manner = Manner::kRecordsBeforeSending, .every = 3}).lost, 0U);
}

TEST(DeliveriesSweepControl, a_position_in_a_transaction_of_its_own_is_caught) {
    EXPECT_GT(run({.manner = Manner::kForgetsToAnnounce, .every = 3}).lost, 0U);
}

TEST(DeliveriesSweepControl, a_disk_that_lies_about_syncs_is_caught) {
    EXPECT_GT(run({.syncs_lie = true, .every = 3}).doubled_outside, 0U);
}

}  // namespace
}  // namespace candor::test
