// How a checked Value reaches a member of a draft: one function per member, made by the compiler.
//
// Only the field tables include this. `store<&CheckDraft::every>` writes one field,
// `enter<&CheckDraft::http>` opens a section or appends an item to a list of sections.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/config_schema.h"
#include "base/check.h"
#include "model/ids.h"

namespace candor::app {

template <class T>
struct MemberOf;
template <class C, class M>
struct MemberOf<M C::*> {
    using Class = C;
    using Type = M;
};

inline void assign(std::string& to, Value&& value) {
    to = std::move(value.text);
}
inline void assign(std::int64_t& to, Value&& value) {
    to = value.number;
}
inline void assign(bool& to, Value&& value) {
    to = value.number != 0;
}
inline void assign(Duration& to, Value&& value) {
    to = Duration{value.number};
}
inline void assign(Confirmation& to, Value&& value) {
    to = value.confirmation;
}
inline void assign(std::vector<std::string>& to, Value&& value) {
    to = std::move(value.list);
}
inline void assign(std::vector<std::pair<std::string, std::string>>& to, Value&& value) {
    to = std::move(value.map);
}
inline void assign(ListenAddress& to, Value&& value) {
    const auto address = parse_listen_address(value.text);
    CHECK(address.has_value());  // check_listen() passed
    to = *address;
}
template <class T>
    requires std::is_enum_v<T>
void assign(T& to, Value&& value) {
    to = static_cast<T>(value.number);
}
template <class T>
void assign(std::optional<T>& to, Value&& value) {
    assign(to.emplace(), std::move(value));
}

// `Class` where the member is of one of its bases.
template <auto Member, class Class = typename MemberOf<decltype(Member)>::Class>
void store(void* target, Value&& value) {
    assign(static_cast<Class*>(target)->*Member, std::move(value));
}

template <class T>
void* opened(std::optional<T>& section) {
    return &section.emplace();
}
template <class T>
void* opened(std::vector<T>& items) {
    return &items.emplace_back();
}
template <class T>
void* opened(T& section) {
    return &section;
}

template <auto Member>
void* enter(void* target) {
    using Class = typename MemberOf<decltype(Member)>::Class;
    return opened(static_cast<Class*>(target)->*Member);
}

// The same for a member of a member.
template <auto Outer, auto Member>
void store_in(void* target, Value&& value) {
    using Class = typename MemberOf<decltype(Outer)>::Class;
    assign(static_cast<Class*>(target)->*Outer.*Member, std::move(value));
}
template <auto Outer, auto Member>
void* enter_in(void* target) {
    using Class = typename MemberOf<decltype(Outer)>::Class;
    return opened(static_cast<Class*>(target)->*Outer.*Member);
}

template <class Draft>
void locate(void* target, const Node& node) {
    static_cast<Draft*>(target)->node = &node;
}

}  // namespace candor::app
