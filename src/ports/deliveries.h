// The deliveries port: what is to be told, to whom, and how far that has come.
//
// The store knows nothing of incidents or protocols: announcements are bytes, recipients are names.
// Durability: every call that changes something is one transaction and is on stable storage when it
// returns; the follower's position moves in the same transaction as what it led to, so that after a
// crash nothing is lost and nothing is announced twice. What is doubled is at most a message whose
// delivery was not yet record()ed, and then under the same id. Thread rule: one thread.
// Implementations: store/sqlite_deliveries.h, store/memory_deliveries.h; contract:
// tests/contract/deliveries_contract.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"

namespace candor {

// Bounds of one call; beyond them it answers kTooLarge and writes nothing.
inline constexpr std::size_t kAnnouncementBytesMax = 1024 * 1024;
inline constexpr std::size_t kDeliveriesPerCallMax = 4'096;
inline constexpr std::size_t kDeliveryNameBytesMax = 512;  // of a recipient, lane or subject
// More confirmed subscribers than this are refused with kBusy.
inline constexpr std::size_t kSubscribersMax = 1'000'000;

enum class Audience : std::uint8_t {
    kOperators,    // the channels of the configuration
    kSubscribers,  // who asked on the page
    kOne,          // one address; its delivery row names it
    kOnCall,       // whoever is called, unless paging is muted
};

struct Announcement {
    std::uint64_t number = 0;  // given by take(), ascending in the order of announcing
    Position position = 0;     // of the batch that it tells
    Audience audience = Audience::kOperators;
    std::string subject;    // what it is about: the incident; orders deliveries to one recipient
    std::int64_t kind = 0;  // the caller's
    Timestamp due;          // not told before
    std::string cursor;     // how far the fan-out has come; "" at the beginning
    bool expanded = false;  // every recipient has a row
    std::string body;       // the caller's bytes
};

enum class DeliveryState : std::uint8_t {
    kWaiting,  // not tried yet
    kFailed,   // tried; will be tried again
    kSent,
    kGivenUp,
};

std::string_view name_of(DeliveryState);  // "waiting", "given_up", …

struct Delivery {
    std::string id;  // stable: of position, kind and recipient; the same at every try
    std::uint64_t announcement = 0;
    std::string recipient;  // "channel:ops", "subscriber:…"
    std::string lane;       // recipients behind one server, paced together: a channel, "mail"
    DeliveryState state = DeliveryState::kWaiting;
    std::int64_t attempts = 0;
    Timestamp next_try;
    Timestamp changed;
    std::string detail;  // what the last attempt met; for operators
};

// A lane whose deliveries were given up one after the other; of one that fares well nothing is
// kept.
struct LaneTrouble {
    std::string lane;
    std::string definition;     // the caller's: of what the lane leads to
    std::int64_t given_up = 0;  // in a row
    Timestamp switched_off;     // zero: it is on
    std::string reason;         // what the last one met; for operators
};

struct Subscriber {
    SubscriberId id;
    std::string address;  // unique, without regard to case
    std::string filter;   // the caller's bytes
    Timestamp confirmed;
    std::int64_t failures = 0;  // refused deliveries in a row
    bool disabled = false;      // too many of them: gets no more until it confirms anew
};

struct DeliveryCounts {
    std::uint64_t waiting = 0;  // with those that failed and will be tried again
    std::uint64_t failed = 0;
    std::uint64_t sent = 0;
    std::uint64_t given_up = 0;
    std::uint64_t subscribers = 0;
    std::uint64_t disabled_subscribers = 0;
};

class Deliveries {
   public:
    virtual ~Deliveries() = default;

    // The batch up to which everything is announced; nothing before the first take().
    virtual Result<std::optional<Position>> position() = 0;

    // Moves the position (never back: kInvalid), adds announcements and withdraws those whose
    // fan-out has not begun. Numbers are given in the order of `add`.
    virtual Result<void> take(Position position, std::span<const Announcement> add,
                              std::span<const std::uint64_t> withdraw) = 0;

    // Announcements about a subject, in order; `body` is left empty.
    virtual Result<std::vector<Announcement>> about(const std::string& subject) = 0;
    // Those whose fan-out is not complete and that are due, in order; `with_calls` off leaves out
    // those to kOnCall.
    virtual Result<std::vector<Announcement>> to_expand(Timestamp now, std::size_t limit,
                                                        bool with_calls = true) = 0;
    // The earliest due time of those that are not due yet; zero: there is none.
    virtual Result<Timestamp> next_due(Timestamp now) = 0;
    virtual Result<std::optional<Announcement>> announcement(std::uint64_t number) = 0;

    // Adds rows for `number` and moves its cursor; rows whose id exists already are left alone.
    virtual Result<void> expand(std::uint64_t number, std::span<const Delivery> rows,
                                const std::string& cursor, bool expanded) = 0;

    // Rows of a lane to try now, the most overdue first; a row waits for earlier announcements of
    // the same subject to the same recipient, so that an end never overtakes its beginning.
    virtual Result<std::vector<Delivery>> due(const std::string& lane, Timestamp now,
                                              std::size_t limit) = 0;
    // The earliest next try in a lane of rows that wait for no other; zero: there is none.
    virtual Result<Timestamp> next_try(const std::string& lane) = 0;
    // Lanes with rows to try, sorted.
    virtual Result<std::vector<std::string>> lanes() = 0;

    // Writes back state, attempts, next_try, changed and detail of rows, by id; and what it means
    // for their lanes: one with nothing given up is forgotten.
    virtual Result<void> record(std::span<const Delivery> rows,
                                std::span<const LaneTrouble> lanes = {}) = 0;
    // Of every lane in trouble, sorted.
    virtual Result<std::vector<LaneTrouble>> lane_troubles() = 0;

    // The newest rows first.
    virtual Result<std::vector<Delivery>> newest(std::size_t limit) = 0;
    virtual Result<DeliveryCounts> counts() = 0;

    // Adds, or replaces by id or address. kBusy: kSubscribersMax reached.
    virtual Result<void> put_subscriber(const Subscriber& subscriber) = 0;
    // Also ends their waiting deliveries. An unknown id is no error.
    virtual Result<void> remove_subscriber(const SubscriberId& id) = 0;
    virtual Result<std::optional<Subscriber>> subscriber(const SubscriberId& id) = 0;
    virtual Result<std::optional<Subscriber>> subscriber_at(const std::string& address) = 0;
    // Ascending by id.
    virtual Result<std::vector<Subscriber>> subscribers(const SubscriberId& after,
                                                        std::size_t limit) = 0;

    // Forgets up to `limit` announcements that are told to the end and older than `before`, with
    // their rows. Returns whether there may be more.
    virtual Result<bool> forget(Timestamp before, std::size_t limit) = 0;
    // Forgets every announcement about a subject with its rows, whatever their state.
    virtual Result<void> forget_subject(const std::string& subject) = 0;
};

}  // namespace candor
