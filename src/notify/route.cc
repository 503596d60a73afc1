#include "notify/route.h"

#include <algorithm>
#include <string_view>

#include "base/sha256.h"
#include "notify/mail.h"
#include "notify/webhook.h"

namespace candor::notify {
namespace {

constexpr std::string_view kSubscriberPrefix = "subscriber:";

std::string lane_of(const Channel& channel) {
    return lane_of_channel(channel.id);
}

// A mail channel has one recipient for each address, so that a bad one does not hold up the rest.
std::vector<std::string> recipients_of(const Channel& channel) {
    const auto* mail = std::get_if<MailTarget>(&channel.target);
    if (mail == nullptr) return {lane_of(channel)};
    std::vector<std::string> out;
    for (const std::string& to : mail->to) out.push_back(lane_of(channel) + "/" + to);
    return out;
}

Delivery row_of(const Announcement& a, std::string recipient, std::string lane) {
    Delivery row;
    row.id = delivery_id(a, recipient);
    row.announcement = a.number;
    row.recipient = std::move(recipient);
    row.lane = std::move(lane);
    row.next_try = a.due;
    row.changed = a.due;
    return row;
}

outgoing::Mail mail_through(const MailServer& server, std::string to, std::string bytes) {
    return {.server = server.server,
            .security = server.security,
            .user = server.user,
            .password = server.password,
            .from = server.from,
            .to = std::move(to),
            .bytes = std::move(bytes)};
}

// What a channel's target makes of a message.
struct Encode {
    const Channel& channel;
    const Delivery& row;
    const Message& message;
    Timestamp now;

    Outgoing operator()(const SlackTarget& t) const { return {.what = slack_of(message, t.url)}; }
    Outgoing operator()(const TeamsTarget& t) const { return {.what = teams_of(message, t.url)}; }
    Outgoing operator()(const DiscordTarget& t) const {
        return {.what = discord_of(message, t.url)};
    }
    Outgoing operator()(const NtfyTarget& t) const { return {.what = ntfy_of(message, t)}; }
    Outgoing operator()(const PagerDutyTarget& t) const {
        return {.what = pagerduty_of(message, t)};
    }
    Outgoing operator()(const WebhookTarget& t) const {
        return {.what = webhook_of(message, {.url = t.url,
                                             .secret = t.secret,
                                             .message_id = "msg_" + row.id,
                                             .now = now,
                                             .unsubscribe_url = {},
                                             .reach = Reach::kAnywhere})};
    }
    Outgoing operator()(const MailTarget& t) const {
        const std::string to = row.recipient.substr(row.recipient.find('/') + 1);
        return {.what = mail_through(
                    t.server, to,
                    mail_of(message, {.message_id = row.id,
                                      .from = t.server.from,
                                      .to = to,
                                      .date = message.at,
                                      .manage_url = {},
                                      .unsubscribe_url = {},
                                      .why = "You get this mail because the channel \"" +
                                             channel.id + "\" names your address."}))};
    }
    Outgoing operator()(const CommandTarget& t) const {
        return {.what = outgoing::Command{t.argv, command_input(message, "msg_" + row.id)},
                .timeout = t.timeout};
    }
};

bool is_call(const Message& message) {
    return message.call_step != 0 && message.resolved_at.ms == 0 && !message.incident.empty();
}

// Who hears of the opening and the end anyway does not hear them twice for being on call.
bool concerns(const Routes& routes, const Channel& channel, const Message& message, Timestamp now) {
    if (message.call_step == 0) return wants(channel.filter, message);
    if (!is_called(routes.on_call, channel.id, message, now)) return false;
    if (message.kind == NewsKind::kCall || message.kind == NewsKind::kTest) return true;
    return !wants(channel.filter, message);
}

}  // namespace

std::string lane_of_channel(std::string_view id) {
    return "channel:" + std::string(id);
}

std::string delivery_id(const Announcement& a, const std::string& recipient) {
    std::string bytes = "candor delivery v1\n" + std::to_string(a.position) + '\n' +
                        std::to_string(a.kind) + '\n' + a.subject + '\n' + recipient;
    // What is said to one address is news of no position; each request is a message of its own.
    if (a.audience == Audience::kOne) bytes += '\n' + std::to_string(a.number);
    return to_hex(sha256(bytes)).substr(0, 32);
}

std::vector<Delivery> rows_for_channels(const Routes& routes, const Announcement& announcement,
                                        const Message& message, Timestamp now) {
    std::vector<Delivery> out;
    for (const Channel& channel : routes.channels) {
        if (!concerns(routes, channel, message, now)) continue;
        for (std::string& recipient : recipients_of(channel)) {
            out.push_back(row_of(announcement, std::move(recipient), lane_of(channel)));
        }
    }
    return out;
}

Delivery row_for_subscriber(const Announcement& announcement, const Subscriber& subscriber) {
    return row_of(announcement, std::string(kSubscriberPrefix) + subscriber.id.value,
                  kSubscribersLane);
}

Delivery row_for_address(const Announcement& announcement, const std::string& address) {
    return row_of(announcement, "address:" + address, kSubscribersLane);
}

std::optional<Outgoing> outgoing_to_channel(const Routes& routes, const Delivery& row,
                                            const Message& message, Timestamp now) {
    const auto found = std::ranges::find_if(
        routes.channels, [&](const Channel& channel) { return lane_of(channel) == row.lane; });
    if (found == routes.channels.end()) return std::nullopt;
    const auto recipients = recipients_of(*found);
    if (std::ranges::find(recipients, row.recipient) == recipients.end()) return std::nullopt;
    if (!routes.answer || !is_call(message)) {
        return std::visit(Encode{*found, row, message, now}, found->target);
    }
    Message call = message;
    call.answer_url = routes.answer(message.incident, found->id, now);
    return std::visit(Encode{*found, row, call, now}, found->target);
}

std::optional<Outgoing> outgoing_to_subscriber(const Routes& routes, const Delivery& row,
                                               const Subscriber& subscriber,
                                               const Message& message) {
    if (!routes.subscriber_mail || !routes.links) return std::nullopt;
    const SubscriberLinks links = routes.links(subscriber.id);
    return Outgoing{
        .what = mail_through(*routes.subscriber_mail, subscriber.address,
                             mail_of(message, {.message_id = row.id,
                                               .from = routes.subscriber_mail->from,
                                               .to = subscriber.address,
                                               .date = message.at,
                                               .manage_url = links.manage,
                                               .unsubscribe_url = links.unsubscribe,
                                               .why = "You get this mail because you asked " +
                                                      message.page.name + " for it."}))};
}

std::optional<Outgoing> outgoing_confirmation(const Routes& routes, const Delivery& row,
                                              const Confirmation& c) {
    if (!routes.subscriber_mail) return std::nullopt;
    const ConfirmationMail mail{.page_name = c.page_name,
                                .confirm_url = c.confirm_url,
                                .choice = c.choice,
                                .expires = c.expires};
    return Outgoing{
        .what = mail_through(*routes.subscriber_mail, c.address,
                             confirmation_mail_of(mail, {.message_id = row.id,
                                                         .from = routes.subscriber_mail->from,
                                                         .to = c.address,
                                                         .date = c.at,
                                                         .manage_url = {},
                                                         .unsubscribe_url = {},
                                                         .why = {}}))};
}

std::optional<SubscriberId> subscriber_of(const Delivery& row) {
    if (!row.recipient.starts_with(kSubscriberPrefix)) return std::nullopt;
    return SubscriberId{row.recipient.substr(kSubscriberPrefix.size())};
}

}  // namespace candor::notify
