#include "web/json_object.h"

#include "web/json_members.h"

namespace candor::web {

Result<json::object> parse_object(std::string_view body) {
    if (body.empty()) return json::object{};
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    json::error_code code;
    json::value value = json::parse({body.data(), body.size()}, code, {}, options);
    if (code) {
        return fail(ErrorCode::kInvalid, "the body is not valid JSON (" + code.message() +
                                             "); send one object as docs/http.md shows");
    }
    if (!value.is_object()) {
        return fail(ErrorCode::kInvalid, "the body must be one JSON object");
    }
    if (const auto twice = repeated_member(body)) {
        return fail(ErrorCode::kInvalid, "#" + *twice + ": given more than once; give it once");
    }
    return std::move(value.as_object());
}

Result<void> only_members(const json::object& object,
                          std::initializer_list<std::string_view> names) {
    for (const auto& member : object) {
        bool known = false;
        std::string list;
        for (const std::string_view name : names) {
            known |= std::string_view(member.key()) == name;
            list += (list.empty() ? "" : ", ") + std::string(name);
        }
        if (!known) {
            return fail(ErrorCode::kInvalid,
                        "#/" + std::string(member.key()) +
                            ": no such member; known are: " + (list.empty() ? "none" : list));
        }
    }
    return {};
}

Result<std::string> text_member(const json::object& object, std::string_view name,
                                std::size_t bytes_max, bool required) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    const std::string at = "#/" + std::string(name);
    if (value == nullptr) {
        if (required) return fail(ErrorCode::kInvalid, at + ": missing; give it as a string");
        return std::string{};
    }
    if (!value->is_string()) return fail(ErrorCode::kInvalid, at + ": must be a string");
    const auto& text = value->as_string();
    if (required && text.empty()) return fail(ErrorCode::kInvalid, at + ": must not be empty");
    if (text.size() > bytes_max) {
        return fail(ErrorCode::kTooLarge,
                    at + ": longer than " + std::to_string(bytes_max) + " bytes; shorten it");
    }
    return std::string(text);
}

Result<std::string> words_member(const json::object& object, std::string_view name,
                                 std::size_t bytes_max, TextKind kind) {
    std::string text = TRY(text_member(object, name, bytes_max, true));
    if (const auto wrong = unreadable(text, kind)) {
        return fail(ErrorCode::kInvalid, "#/" + std::string(name) + ": " + *wrong);
    }
    return text;
}

Result<std::optional<Timestamp>> time_member(const json::object& object, std::string_view name,
                                             std::size_t bytes_max, bool required) {
    const std::string text = TRY(text_member(object, name, bytes_max, required));
    if (text.empty()) return std::nullopt;
    const auto time = parse_rfc3339(text);
    if (!time) {
        return fail(ErrorCode::kInvalid, "#/" + std::string(name) + ": " + time.error().message +
                                             "; write it like \"2026-04-04T20:45:00Z\"");
    }
    return *time;
}

Result<std::optional<bool>> truth_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    if (value == nullptr) return std::nullopt;
    if (!value->is_bool()) {
        return fail(ErrorCode::kInvalid, "#/" + std::string(name) + ": must be true or false");
    }
    return value->as_bool();
}

Result<std::vector<std::string>> texts_member(const json::object& object, std::string_view name,
                                              std::size_t items_max) {
    const std::string at = "#/" + std::string(name);
    const json::value* value = object.if_contains({name.data(), name.size()});
    if (value == nullptr || !value->is_array()) {
        return fail(ErrorCode::kInvalid, at + ": must be an array of strings");
    }
    if (value->as_array().size() > items_max) {
        return fail(ErrorCode::kTooLarge,
                    at + ": more than " + std::to_string(items_max) + " items");
    }
    std::vector<std::string> texts;
    for (const json::value& item : value->as_array()) {
        if (!item.is_string()) return fail(ErrorCode::kInvalid, at + ": must hold strings only");
        texts.emplace_back(item.as_string());
    }
    return texts;
}

}  // namespace candor::web
