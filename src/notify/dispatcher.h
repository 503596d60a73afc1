// Drives the deliveries: announcements to rows, rows to the sender, results back to rows.
//
// Holds no thread, clock or socket: app/notifier.h runs it, tests and the crash sweep run it in
// virtual time. Every step is one bounded transaction, so that fifty thousand recipients are many
// short steps. Invariant: a row is written as sent only after its server accepted it; a crash
// between the two doubles that message, under the same id, and loses none. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "notify/hand_overrides.h"
#include "notify/plan.h"
#include "notify/route.h"

namespace candor::notify {

inline constexpr std::size_t kRowsPerStep = 1'000;
// So many deliveries of a lane are under way at once.
inline constexpr std::size_t kChannelWindow = 2;
inline constexpr std::size_t kSubscriberWindow = 32;
// Deliveries of one channel given up in a row before it is switched off.
inline constexpr int kGivenUpMax = 5;
// Refused mails in a row before a subscriber gets no more.
inline constexpr std::int64_t kSubscriberFailuresMax = 3;

class Dispatcher final {
   public:
    // What it hands out is numbered after `numbers_after`, so that a late result of an earlier
    // dispatcher is not taken for one of this.
    Dispatcher(Deliveries& deliveries, Routes routes, std::uint64_t numbers_after = 0);

    // Reads how the channels fared before; comes first.
    Result<void> start();
    // A reload; also switches on again, from the next record() on, what was changed in it.
    void set_routes(Routes routes);
    const Routes& routes() const { return routes_; }
    // Nobody is called before; what is due meanwhile waits, and an answer ends it as ever.
    void mute_calls_until(Timestamp until) { muted_until_ = until; }
    // Who stands in for whom, in the order they were set; from the next call on.
    void set_hand_overrides(std::vector<HandOverride> by_hand);

    // Announces a batch's messages and moves the position, in one transaction. Nobody more is
    // called about incidents that a person `answered` in it.
    Result<void> announce(Position position, const std::vector<Message>& messages,
                          const PlanOptions& options, std::span<const IncidentId> answered = {});
    // `subject` names the mail for forget_subject().
    Result<void> announce_to_one(const std::string& subject, const Confirmation& confirmation);

    // A kTest message with a call_step, for whoever that step calls now, muted or not.
    Result<void> announce_test(const std::string& subject, const Message& message);

    // Writes rows of due announcements, at most kRowsPerStep. True: there is more to do.
    Result<bool> expand(Timestamp now);

    // What to hand to the sender now; each is under way until its result came.
    Result<std::vector<Outgoing>> take_due(Timestamp now);

    // Gathers a result; record() writes them. `random` spreads the next try.
    void on_result(const SendResult& result, Timestamp now, std::uint64_t random);
    Result<void> record();

    // When there is something to do again; zero: nothing waits.
    Result<Timestamp> next_wakeup(Timestamp now);

    std::uint64_t last_number() const { return last_number_; }
    std::size_t under_way() const { return under_way_.size(); }
    // Channels switched off, with the reason; what was added since the last call.
    std::vector<std::string> take_notices();
    // By lane: the channels that gave up what they were last to deliver, on or switched off.
    const std::map<std::string, LaneTrouble>& troubles() const { return troubles_; }
    // From record() on the lane is tried again, if it was switched off at `at` already.
    void switch_on(const std::string& lane, Timestamp at);

   private:
    Result<bool> expand_one(const Announcement& announcement, Timestamp now);
    Result<void> expand_to_subscribers(const Announcement& announcement);
    Result<void> take_lane(const std::string& lane, Timestamp now, std::vector<Outgoing>& out);
    Result<std::optional<Outgoing>> encode_row(const Delivery& row, Timestamp now);
    void settle(Delivery& row, const SendResult& result, Timestamp now, std::uint64_t random);
    void note_end(const Delivery& row, SendOutcome outcome);
    void note_channel(const Delivery& row, SendOutcome outcome);
    bool is_off(const std::string& lane) const;
    void forget_trouble(const std::string& lane);
    void forget_changed_channels();
    std::vector<LaneTrouble> changed_troubles() const;
    void give_up(Delivery row, Timestamp now, std::string why);
    Result<void> record_subscriber(const SubscriberId& id, SendOutcome outcome);

    Deliveries& deliveries_;
    Routes routes_;
    std::uint64_t last_number_;
    Timestamp muted_until_;
    OnCall configured_;  // what routes_.on_call is without stand-ins
    std::vector<HandOverride> by_hand_;
    std::map<std::uint64_t, Delivery> under_way_;  // by the sender's number
    std::set<std::string> ids_under_way_;
    std::vector<Delivery> settled_;  // results not yet written
    std::map<SubscriberId, SendOutcome> subscriber_ends_;
    std::map<std::string, LaneTrouble> troubles_;  // by lane
    std::set<std::string> changed_lanes_;          // whose trouble is not yet written
    std::vector<std::string> notices_;
};

}  // namespace candor::notify
