// Writes JSON (RFC 8259) straight into a string, members in the order they are given.
//
// Exists because Statuspage's shapes fix the order readers are used to, and because a thousand
// components are written anew at every flip. Strings always come out as valid UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace candor::page {

void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
   public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char*) = delete;  // would become a bool
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(bool truth);
    JsonWriter& null();
    // "2026-04-04T21:05:00.123Z"; null for zero.
    JsonWriter& value(Timestamp t);

    template <class T>
    JsonWriter& member(std::string_view name, const T& of) {
        return key(name).value(of);
    }
    JsonWriter& member(std::string_view name, const char* text) {
        return key(name).value(std::string_view(text));
    }
    JsonWriter& null_member(std::string_view name) { return key(name).null(); }

    const std::string& text() const { return out_; }
    std::string take() { return std::move(out_); }
    void reserve(std::size_t bytes) { out_.reserve(bytes); }

   private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void comma();

    std::string out_;
    bool needs_comma_ = false;
};

}  // namespace candor::page
