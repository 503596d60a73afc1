#include "app/on_call_overrides.h"

#include <algorithm>
#include <string>

#include "web/json_object.h"

namespace candor::app {
namespace {

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kNameBytesMax = 120 * 4;
constexpr std::size_t kInstantBytesMax = 40;

template <class Items, class Name>
std::string listed(const Items& items, Name name) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "`" : ", `") + item.*name + "`";
    return out;
}

Result<const notify::Rotation*> rotation_in(const web::json::object& object,
                                            const notify::OnCall& on_call) {
    const std::string id = TRY(web::text_member(object, "rotation", kIdBytesMax, true));
    const notify::Rotation* found = notify::rotation_named(on_call, id);
    if (found != nullptr) return found;
    if (on_call.rotations.empty()) {
        return fail(ErrorCode::kInvalid,
                    "#/rotation: the configuration has no `rotations`, so nobody takes turns");
    }
    return fail(ErrorCode::kInvalid, "#/rotation: there is none called `" + id + "`, but " +
                                         listed(on_call.rotations, &notify::Rotation::id));
}

Result<std::string> person_in(const web::json::object& object, const notify::Rotation& rotation) {
    const std::string name = TRY(web::text_member(object, "who", kNameBytesMax, true));
    const auto found = std::ranges::find(rotation.people, name, &notify::OnCallPerson::name);
    if (found != rotation.people.end()) return found->key;
    return fail(ErrorCode::kInvalid, "#/who: nobody in `" + rotation.id + "` is called `" + name +
                                         "`; there are " +
                                         listed(rotation.people, &notify::OnCallPerson::name));
}

void put_times(page::JsonWriter& w, std::string_view rotation, Timestamp start, Timestamp end) {
    w.member("rotation", rotation).member("start", start).member("end", end);
}

void put_by_hand(page::JsonWriter& w, const notify::OnCall& configured,
                 const core::ShiftOverrideState& one) {
    w.begin_object().member("id", one.id.value);
    put_times(w, one.rotation, one.start, one.end);
    const notify::Rotation* rotation = notify::rotation_named(configured, one.rotation);
    const auto person =
        rotation == nullptr ? std::nullopt : notify::person_with_key(*rotation, one.person);
    if (person) {
        w.member("who", rotation->people[*person].name);
    } else {
        w.null_member("who");
    }
    w.member("origin", "hand").member("actor", one.actor.value).member("since", one.since);
    w.end_object();
}

}  // namespace

std::vector<notify::HandOverride> hand_overrides(const core::PagingState& paging) {
    std::vector<notify::HandOverride> out;
    for (const core::ShiftOverrideState& one : paging.overrides) {
        out.push_back({one.rotation, one.person, one.start, one.end});
    }
    return out;
}

Result<command::OverrideShift> parse_override(std::string_view body,
                                              const notify::OnCall& on_call) {
    const web::json::object object = TRY(web::parse_object(body));
    TRY(web::only_members(object, {"rotation", "who", "start", "end"}));
    const notify::Rotation* rotation = TRY(rotation_in(object, on_call));
    command::OverrideShift out;
    out.rotation = rotation->id;
    out.person = TRY(person_in(object, *rotation));
    out.start = TRY(web::time_member(object, "start", kInstantBytesMax, false));
    out.end = *TRY(web::time_member(object, "end", kInstantBytesMax, true));
    return out;
}

void put_overrides(page::JsonWriter& w, const notify::OnCall& configured,
                   const core::PagingState& paging, Timestamp at) {
    w.key("overrides").begin_array();
    for (const notify::Rotation& rotation : configured.rotations) {
        for (const notify::ShiftOverride& one : rotation.overrides) {
            if (one.to <= at) continue;
            w.begin_object().null_member("id");
            put_times(w, rotation.id, one.from, one.to);
            w.member("who", rotation.people[one.person].name).member("origin", "configuration");
            w.member("actor", "").null_member("since").end_object();
        }
    }
    for (const core::ShiftOverrideState& one : paging.overrides) {
        if (one.end > at) put_by_hand(w, configured, one);
    }
    w.end_array();
}

}  // namespace candor::app
