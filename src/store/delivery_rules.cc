#include "store/delivery_rules.h"

namespace candor::store {
namespace {

Result<void> check_name(const std::string& name) {
    if (name.size() <= kDeliveryNameBytesMax) return {};
    return fail(ErrorCode::kTooLarge, "a name of a delivery has at most " +
                                          std::to_string(kDeliveryNameBytesMax) + " bytes");
}

}  // namespace

Result<void> check_take(std::optional<Position> now, Position next,
                        std::span<const Announcement> add) {
    if (now && next < *now) {
        return fail(ErrorCode::kInvalid, "the notifier's position would go back from " +
                                             std::to_string(*now) + " to " + std::to_string(next));
    }
    if (add.size() > kDeliveriesPerCallMax) {
        return fail(ErrorCode::kTooLarge, "too many announcements at once");
    }
    for (const Announcement& a : add) {
        TRY(check_name(a.subject));
        if (a.body.size() > kAnnouncementBytesMax) {
            return fail(ErrorCode::kTooLarge, "an announcement has at most " +
                                                  std::to_string(kAnnouncementBytesMax) + " bytes");
        }
    }
    return {};
}

Result<void> check_rows(std::span<const Delivery> rows) {
    if (rows.size() > kDeliveriesPerCallMax) {
        return fail(ErrorCode::kTooLarge, "too many deliveries at once");
    }
    for (const Delivery& row : rows) {
        TRY(check_name(row.recipient));
        TRY(check_name(row.lane));
        TRY(check_name(row.detail));
    }
    return {};
}

Result<void> check_lanes(std::span<const LaneTrouble> lanes) {
    if (lanes.size() > kDeliveriesPerCallMax) {
        return fail(ErrorCode::kTooLarge, "too many lanes at once");
    }
    for (const LaneTrouble& trouble : lanes) {
        TRY(check_name(trouble.lane));
        TRY(check_name(trouble.definition));
        TRY(check_name(trouble.reason));
    }
    return {};
}

Result<void> check_subscriber(const Subscriber& subscriber) {
    TRY(check_name(subscriber.address));
    if (subscriber.id.empty() || subscriber.address.empty()) {
        return fail(ErrorCode::kInvalid, "a subscriber has an id and an address");
    }
    if (subscriber.filter.size() <= kAnnouncementBytesMax) return {};
    return fail(ErrorCode::kTooLarge, "a subscriber's choice is too large");
}

}  // namespace candor::store
