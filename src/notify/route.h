// From one delivery row and its announcement to what a sender takes.
//
// Knows the channels and the subscribers' mail server of one configuration; immutable, replaced
// whole by a reload. Pure but for the links' signatures, which a callback makes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notify/channel.h"
#include "notify/message.h"
#include "notify/on_call.h"
#include "ports/deliveries.h"
#include "ports/sender.h"

namespace candor::notify {

inline constexpr const char* kSubscribersLane = "subscribers";

// An address asks to subscribe; the body of an announcement to one.
struct Confirmation {
    std::string page_name;
    std::string address;
    std::string confirm_url;
    std::string choice;
    std::string expires;
    Timestamp at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("page_name", self.page_name);
        visit("address", self.address);
        visit("confirm_url", self.confirm_url);
        visit("choice", self.choice);
        visit("expires", self.expires);
        visit("at", self.at);
    }
};

struct SubscriberLinks {
    std::string manage;
    std::string unsubscribe;
};

struct Routes {
    std::vector<Channel> channels;
    OnCall on_call;
    std::optional<MailServer> subscriber_mail;  // nothing: nobody can subscribe
    std::function<SubscriberLinks(const SubscriberId&)> links;
    // Where whoever reads the channel answers a call; empty: nowhere.
    std::function<std::string(const IncidentId&, const std::string& channel, Timestamp now)> answer;
};

// How deliveries name the lane of a channel.
std::string lane_of_channel(std::string_view id);

// 32 hexadecimal digits of a digest: stable for the same news and recipient.
std::string delivery_id(const Announcement& announcement, const std::string& recipient);

// Rows for every channel that wants the message, or is called by it `now`.
std::vector<Delivery> rows_for_channels(const Routes& routes, const Announcement& announcement,
                                        const Message& message, Timestamp now);
Delivery row_for_subscriber(const Announcement& announcement, const Subscriber& subscriber);
Delivery row_for_address(const Announcement& announcement, const std::string& address);

// Nothing when the channel is no longer configured.
std::optional<Outgoing> outgoing_to_channel(const Routes& routes, const Delivery& row,
                                            const Message& message, Timestamp now);
std::optional<Outgoing> outgoing_to_subscriber(const Routes& routes, const Delivery& row,
                                               const Subscriber& subscriber,
                                               const Message& message);
std::optional<Outgoing> outgoing_confirmation(const Routes& routes, const Delivery& row,
                                              const Confirmation& confirmation);

// The subscriber that a row is for; nothing when it is for somebody else.
std::optional<SubscriberId> subscriber_of(const Delivery& row);

}  // namespace candor::notify
