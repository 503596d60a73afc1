// What somebody typed into the subscribe form, or sent as a client of Statuspage, as far as it
// makes sense.
//
// application/x-www-form-urlencoded, bounded; fields that are not ours are ignored. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "notify/audience.h"

namespace candor::notify {

inline constexpr std::size_t kFormBytesMax = 16 * 1024;
inline constexpr std::size_t kFormFieldsMax = 400;

struct SubscribeForm {
    std::string mail;
    Filter filter;  // none ticked: everything
};

// kInvalid, kTooLarge with a sentence for the person who typed.
Result<SubscribeForm> parse_subscribe_form(std::string_view body, bool with_address,
                                           std::span<const ComponentId> known);

// A component as Statuspage's clients call it.
struct ForeignId {
    std::string name;
    ComponentId id;
};

// subscriber[email], and subscriber[component_ids][] as often as one likes. kUnsupported for a
// telephone or a webhook, which nobody can be told by here.
Result<SubscribeForm> parse_statuspage_subscriber(std::string_view body,
                                                  std::span<const ForeignId> known);

}  // namespace candor::notify
