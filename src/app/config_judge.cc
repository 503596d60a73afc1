#include "app/config_judge.h"

#include <algorithm>

#include "app/nearest_name.h"

namespace candor::app {

namespace {

using Judged = std::expected<Value, Complaint>;

constexpr std::size_t kShownBytesMax = 60;

std::unexpected<Complaint> wrong(std::string message, std::string hint = {}) {
    return std::unexpected(Complaint{std::move(message), std::move(hint)});
}

bool may_show(std::string_view text, bool from_outside) {
    const auto odd = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '@' || c == '?';
    };
    return !from_outside && text.size() <= kShownBytesMax && std::ranges::none_of(text, odd);
}

std::string shown(const std::string& text, bool from_outside) {
    return may_show(text, from_outside) ? quoted(text) : "this value";
}

Judged judge_integer(const Field& field, const std::string& text, bool from_outside) {
    const std::string range =
        "from " + std::to_string(field.min) + " to " + std::to_string(field.max);
    const auto number = parse_integer(text);
    if (!number) {
        return wrong(
            quoted(field.name) + " must be a whole number, not " + shown(text, from_outside),
            "write a number " + range);
    }
    if (*number < field.min || *number > field.max) {
        return wrong(quoted(field.name) + " must be " + range + ", not " +
                     shown(text, from_outside));
    }
    Value value;
    value.number = *number;
    return value;
}

Judged judge_duration(const Field& field, const std::string& text, bool from_outside) {
    const auto duration = parse_duration(text);
    if (!duration) {
        return wrong(quoted(field.name) + " must be a duration, not " + shown(text, from_outside),
                     "write a whole number and its unit: 500ms, 10s, 5m, 2h or 35d");
    }
    if (duration->ms < field.min || duration->ms > field.max) {
        return wrong(quoted(field.name) + " must be from " + format_duration({field.min}) + " to " +
                     format_duration({field.max}) + ", not " + shown(text, from_outside));
    }
    Value value;
    value.number = duration->ms;
    return value;
}

Judged judge_confirmation(const Field& field, const std::string& text, bool from_outside) {
    const auto confirmation = parse_confirmation(text);
    if (!confirmation) {
        return wrong(quoted(field.name) + " must be k/n, not " + shown(text, from_outside),
                     "write k of the last n, like 3/5, with 1 <= k <= n <= " +
                         std::to_string(kConfirmationWindowMax));
    }
    Value value;
    value.confirmation = *confirmation;
    return value;
}

Judged judge_choice(const Field& field, const std::string& text, bool from_outside) {
    std::vector<std::string_view> names;
    for (const Choice& choice : field.choices) {
        names.push_back(choice.name);
        if (choice.name == text) return Value{text, choice.value, {}, {}, {}};
    }
    const auto near = from_outside ? std::nullopt : nearest_name(text, names);
    return wrong(quoted(field.name) + " must be one of " + joined(names) + ", not " +
                     shown(text, from_outside),
                 near ? "did you mean " + quoted(*near) + "?" : "");
}

}  // namespace

std::string quoted(std::string_view name) {
    return "`" + std::string(name) + "`";
}

std::string joined(const std::vector<std::string_view>& names) {
    std::string out;
    for (const std::string_view name : names) {
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

std::expected<Value, Complaint> judge_text(const Field& field, const std::string& text,
                                           bool from_outside) {
    const bool item = field.type == FieldType::kTextList;
    if (!item && text.size() > static_cast<std::size_t>(field.max)) {
        return wrong(quoted(field.name) + " has " + std::to_string(text.size()) +
                     " bytes; at most " + std::to_string(field.max) + " are allowed");
    }
    if (field.check != nullptr) {
        if (auto complaint = field.check(text)) {
            std::string subject = std::string(field.name);
            if (may_show(text, from_outside)) subject += ": " + text;
            return wrong(quoted(subject) + " " + complaint->message, std::move(complaint->hint));
        }
    }
    Value value;
    value.text = text;
    return value;
}

std::expected<Value, Complaint> judge_scalar(const Field& field, const std::string& text,
                                             bool from_outside) {
    switch (field.type) {
        case FieldType::kInteger: return judge_integer(field, text, from_outside);
        case FieldType::kDuration: return judge_duration(field, text, from_outside);
        case FieldType::kConfirmation: return judge_confirmation(field, text, from_outside);
        case FieldType::kChoice: return judge_choice(field, text, from_outside);
        default: return judge_text(field, text, from_outside);
    }
}

}  // namespace candor::app
