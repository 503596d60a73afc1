#include "notify/subscribe_form.h"

#include <algorithm>
#include <optional>

#include "notify/mail.h"
#include "notify/subscribe_links.h"

namespace candor::notify {
namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        char c = text.front();
        std::size_t length = 1;
        if (c == '+') c = ' ';
        if (c == '%') {
            if (text.size() < 3 || digit_of(text[1]) < 0 || digit_of(text[2]) < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(digit_of(text[1]) * 16 + digit_of(text[2]));
            length = 3;
        }
        out += c;
        text.remove_prefix(length);
    }
    return out;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::optional<IncidentImpact> impact_from(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(max_of(IncidentImpact{})); ++i) {
        const auto impact = static_cast<IncidentImpact>(i);
        if (name_of(impact) == name) return impact;
    }
    return std::nullopt;
}

Result<void> choose(const ComponentId& id, SubscribeForm& out) {
    auto& chosen = out.filter.components;
    if (std::ranges::find(chosen, id) == chosen.end()) chosen.push_back(id);
    if (chosen.size() > kChosenMax) {
        return fail(ErrorCode::kTooLarge,
                    "Choose at most " + std::to_string(kChosenMax) +
                        " components, or none of them to hear of everything.");
    }
    return {};
}

Result<void> take_field(const std::string& name, const std::string& value,
                        std::span<const ComponentId> known, SubscribeForm& out) {
    if (name == "mail") out.mail = trimmed(value);
    if (name == "impact") {
        const auto impact = impact_from(value);
        if (!impact) return fail(ErrorCode::kInvalid, "Choose how bad it must be.");
        out.filter.min_impact = *impact;
    }
    if (name != "component") return {};
    if (std::ranges::find(known, ComponentId{value}) == known.end()) {
        return fail(ErrorCode::kInvalid,
                    "One of the components is gone meanwhile. Please choose again.");
    }
    return choose({value}, out);
}

// Statuspage's names of fields; the brackets may come escaped.
Result<void> take_foreign_field(const std::string& name, const std::string& value,
                                std::span<const ForeignId> known, SubscribeForm& out) {
    if (name == "subscriber[email]") out.mail = trimmed(value);
    for (const char* other : {"subscriber[endpoint]", "subscriber[phone_number]"}) {
        if (name != other) continue;
        return fail(ErrorCode::kUnsupported,
                    name + ": Candor tells subscribers by mail; send subscriber[email]");
    }
    if (name != "subscriber[component_ids][]") return {};
    const auto found = std::ranges::find(known, value, &ForeignId::name);
    if (found == known.end()) {
        return fail(ErrorCode::kInvalid, name +
                                             ": there is no such component; read "
                                             "/api/v2/components.json");
    }
    return choose(found->id, out);
}

// Calls `take` with the decoded name and value of every field.
template <class Take>
Result<void> each_field(std::string_view body, Take&& take) {
    const auto garbled = [] { return fail(ErrorCode::kInvalid, "The form came garbled."); };
    std::size_t fields = 0;
    if (body.size() > kFormBytesMax) return garbled();
    while (!body.empty()) {
        const std::string_view pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = decoded(pair.substr(0, equals));
        const auto value = decoded(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value || ++fields > kFormFieldsMax) return garbled();
        TRY(take(*name, *value));
    }
    return {};
}

}  // namespace

Result<SubscribeForm> parse_subscribe_form(std::string_view body, bool with_address,
                                           std::span<const ComponentId> known) {
    SubscribeForm out;
    TRY(each_field(body, [&](const std::string& name, const std::string& value) {
        return take_field(name, value, known, out);
    }));
    if (with_address && !is_mail_address(out.mail)) {
        return fail(ErrorCode::kInvalid,
                    "That is not a mail address as we can use it. It looks like kim@example.org.");
    }
    return out;
}

Result<SubscribeForm> parse_statuspage_subscriber(std::string_view body,
                                                  std::span<const ForeignId> known) {
    SubscribeForm out;
    TRY(each_field(body, [&](const std::string& name, const std::string& value) {
        return take_foreign_field(name, value, known, out);
    }));
    if (!is_mail_address(out.mail)) {
        return fail(ErrorCode::kInvalid,
                    "send a form with subscriber[email], as in subscriber[email]=kim@example.org");
    }
    return out;
}

}  // namespace candor::notify
