#include "web/api_maintenance.h"

#include <string>
#include <vector>

#include "ports/journal.h"
#include "web/json_object.h"

namespace candor::web {
namespace {

constexpr std::size_t kNameBytesMax = 120 * 4;
constexpr std::size_t kListMax = 1000;
constexpr std::size_t kItemBytesMax = 64;
constexpr std::size_t kTimeBytesMax = 64;

// A list of names; empty when it is absent.
Result<std::vector<std::string>> list_member(const json::object& object, std::string_view name) {
    if (!object.contains({name.data(), name.size()})) return std::vector<std::string>{};
    auto items = TRY(texts_member(object, name, kListMax));
    for (const std::string& item : items) {
        if (item.size() <= kItemBytesMax) continue;
        return fail(ErrorCode::kTooLarge, "#/" + std::string(name) + ": an item is longer than " +
                                              std::to_string(kItemBytesMax) + " bytes");
    }
    return items;
}

// "" when it is left out.
Result<std::string> optional_words(const json::object& object) {
    if (!object.contains("text")) return std::string{};
    return words_member(object, "text", kSealedTextBytesMax, TextKind::kLines);
}

Result<Command> parse_schedule(const json::object& object) {
    TRY(only_members(object, {"name", "text", "components", "expects", "start", "end"}));
    command::ScheduleMaintenance c;
    c.name = TRY(words_member(object, "name", kNameBytesMax, TextKind::kLine));
    c.text = TRY(words_member(object, "text", kSealedTextBytesMax, TextKind::kLines));
    for (std::string& id : TRY(list_member(object, "components"))) {
        c.components.push_back(ComponentId{std::move(id)});
    }
    c.expects = TRY(list_member(object, "expects"));
    c.start = TRY(time_member(object, "start", kTimeBytesMax, false));
    const auto end = TRY(time_member(object, "end", kTimeBytesMax, false));
    if (!end) return fail(ErrorCode::kInvalid, "#/end: missing; say when the work will be done");
    c.end = *end;
    return c;
}

Result<Command> parse_update(const MaintenanceId& id, const json::object& object) {
    TRY(only_members(object, {"text", "start", "end"}));
    command::UpdateMaintenance c;
    c.maintenance = id;
    c.text = TRY(optional_words(object));
    c.start = TRY(time_member(object, "start", kTimeBytesMax, false));
    c.end = TRY(time_member(object, "end", kTimeBytesMax, false));
    return c;
}

}  // namespace

Result<Command> parse_maintenance(Handler handler, std::string_view id,
                                  const json::object& object) {
    const MaintenanceId maintenance{std::string(id)};
    if (handler == Handler::kScheduleMaintenance) return parse_schedule(object);
    if (handler == Handler::kUpdateMaintenance) return parse_update(maintenance, object);
    TRY(only_members(object, {"text"}));
    std::string text = TRY(optional_words(object));
    if (handler == Handler::kFinishMaintenance)
        return command::FinishMaintenance{maintenance, std::move(text)};
    return command::CancelMaintenance{maintenance, std::move(text)};
}

}  // namespace candor::web
