#include "ports/deliveries.h"

#include <string_view>

namespace candor {

std::string_view name_of(DeliveryState state) {
    switch (state) {
        case DeliveryState::kWaiting: return "waiting";
        case DeliveryState::kFailed: return "failed";
        case DeliveryState::kSent: return "sent";
        case DeliveryState::kGivenUp: return "given_up";
    }
    return "waiting";
}

}  // namespace candor
