// The subscribers' table of notify.db.
//
// Belongs to sqlite_deliveries.cc, whose transactions it runs in. One thread.
#pragma once

#include <optional>
#include <vector>

#include "ports/deliveries.h"
#include "store/sqlite.h"

namespace candor::store {

class SubscriberRows final {
   public:
    explicit SubscriberRows(Connection& connection) : connection_(connection) {}

    Result<void> put(const Subscriber& subscriber);
    Result<void> remove(const SubscriberId& id);
    Result<std::optional<Subscriber>> by_id(const SubscriberId& id);
    Result<std::optional<Subscriber>> by_address(const std::string& address);
    Result<std::vector<Subscriber>> after(const SubscriberId& after, std::size_t limit);
    Result<void> count(DeliveryCounts& counts);

   private:
    Connection& connection_;
};

// How deliveries name a subscriber.
std::string recipient_of(const SubscriberId& id);

}  // namespace candor::store
