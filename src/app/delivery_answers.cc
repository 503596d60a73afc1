#include "app/delivery_answers.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "app/console_reply.h"
#include "app/query_parameter.h"
#include "notify/message.h"
#include "page/json_writer.h"

namespace candor::app {
namespace {

constexpr std::string_view kChannelPrefix = "channel:";
constexpr std::string_view kAddressPrefix = "address:";

std::optional<DeliveryState> state_from(std::string_view name) {
    for (const DeliveryState state : {DeliveryState::kWaiting, DeliveryState::kFailed,
                                      DeliveryState::kSent, DeliveryState::kGivenUp}) {
        if (name_of(state) == name) return state;
    }
    return std::nullopt;
}

// "12-00ab…": the announcement and the row.
std::optional<DeliveryPlace> place_from(std::string_view cursor) {
    const std::size_t dash = cursor.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto number = number_in(cursor.substr(0, dash));
    if (!number || *number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return DeliveryPlace{*number, std::string(cursor.substr(dash + 1))};
}

Result<DeliveryQuery> query_from(const PageQuery& asked) {
    DeliveryQuery query;
    query.limit = TRY(limit_in(asked));
    query.subject = query_parameter(asked.query, "incident");
    if (const auto name = query_parameter(asked.query, "state"); !name.empty()) {
        query.state = state_from(name);
        if (!query.state) {
            return fail(ErrorCode::kInvalid, "state: use waiting, failed, sent or given_up");
        }
    }
    if (const auto cursor = query_parameter(asked.query, "cursor"); !cursor.empty()) {
        query.after = place_from(cursor);
        if (!query.after) return fail(ErrorCode::kInvalid, "cursor: take it from `next` as it is");
    }
    return query;
}

// A later version may have told of what this one has no word for.
std::string_view kind_of(const DeliveryLine& line) {
    if (line.audience == Audience::kOne) return "confirmation";
    if (line.kind < 0 || line.kind > static_cast<std::int64_t>(max_of(notify::NewsKind{}))) {
        return "other";
    }
    return name_of(static_cast<notify::NewsKind>(line.kind));
}

// What one person asked for is about no incident.
std::string_view incident_of(const DeliveryLine& line) {
    return line.audience == Audience::kOne ? std::string_view() : line.subject;
}

// Of "channel:lead/kim@acme.example" the channel's id and what follows it.
struct Recipient {
    std::string_view channel;
    std::string_view address;
};

Recipient recipient_of(const DeliveryLine& line) {
    std::string_view text = line.row.recipient;
    if (text.starts_with(kAddressPrefix)) return {{}, text.substr(kAddressPrefix.size())};
    if (!text.starts_with(kChannelPrefix)) return {{}, line.address};
    text.remove_prefix(kChannelPrefix.size());
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return {text, {}};
    return {text.substr(0, slash), text.substr(slash + 1)};
}

void put_or_null(page::JsonWriter& w, std::string_view name, std::string_view text) {
    if (text.empty()) {
        w.null_member(name);
    } else {
        w.member(name, text);
    }
}

void put_line(page::JsonWriter& w, const DeliveryLine& line, const std::string& title) {
    const Delivery& row = line.row;
    const Recipient to = recipient_of(line);
    const bool is_open =
        row.state == DeliveryState::kWaiting || row.state == DeliveryState::kFailed;
    w.begin_object().member("id", row.id).member("kind", kind_of(line));
    w.member("announcement", static_cast<std::int64_t>(row.announcement));
    put_or_null(w, "incident", incident_of(line));
    put_or_null(w, "title", title);
    put_or_null(w, "channel", to.channel);
    put_or_null(w, "address", mask_addresses(to.address));
    w.member("state", name_of(row.state)).member("attempts", row.attempts);
    w.member("next_try", is_open ? row.next_try : Timestamp{}).member("changed", row.changed);
    w.member("answer", mask_addresses(row.detail)).end_object();
}

void put_tally(page::JsonWriter& w, const DeliveryTally& tally) {
    const auto count = [&w](std::string_view name, std::uint64_t n) {
        w.member(name, static_cast<std::int64_t>(n));
    };
    w.key("counts").begin_object();
    count("waiting", tally.waiting);
    count("failed", tally.failed);
    count("sent", tally.sent);
    count("given_up", tally.given_up);
    w.member("next_try", tally.next_try).end_object();
}

bool is_local_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

// Its first character, whole also when it takes several bytes.
std::string_view first_character(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    return text.substr(0, end);
}

}  // namespace

std::string mask_addresses(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t at = text.find('@');
        if (at == std::string_view::npos) break;
        std::size_t start = at;
        while (start > 0 && is_local_part(text[start - 1])) --start;
        out += text.substr(0, start);
        if (start < at) out += std::string(first_character(text.substr(start, at - start))) + "…";
        out += '@';
        text.remove_prefix(at + 1);
    }
    return out += text;
}

PageAnswer answer_deliveries(const PageQuery& query, DeliveriesReader& deliveries,
                             const IncidentTitle& title_of) {
    const auto wanted = query_from(query);
    if (!wanted) return bad_parameter(wanted.error().message);
    const auto found = deliveries.lines(*wanted);
    if (!found) return unreadable(found.error());
    const auto tally = deliveries.tally(wanted->subject);
    if (!tally) return unreadable(tally.error());
    page::JsonWriter w;
    std::map<std::string, std::string> titles;
    w.begin_object().key("items").begin_array();
    for (const DeliveryLine& line : found->lines) {
        const std::string incident(incident_of(line));
        const auto [title, is_new] = titles.try_emplace(incident);
        if (is_new && !incident.empty()) title->second = title_of(IncidentId{incident});
        put_line(w, line, title->second);
    }
    w.end_array();
    put_tally(w, *tally);
    const auto& next = found->next;
    put_or_null(w, "next", next ? std::to_string(next->announcement) + "-" + next->id : "");
    return json_answer(w.end_object().take() + "\n");
}

}  // namespace candor::app
