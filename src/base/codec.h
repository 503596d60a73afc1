// One description of a struct's fields serves encoding, decoding and printing.
//
// A codec'd struct declares
//     template <class Self, class Visit> static void fields(Self& self, Visit&& visit) {
//         visit("component", self.component); ...
//     }
// The order of the visits is the wire order and is frozen per entry version (model/entry.h).
// Wire: integers as zigzag LEB128 varints, bools and enums as varints, strings and sequences with
// a varint length in front, optionals with a 0/1 byte. No field names and no padding. Decoding
// never reads past its input nor allocates more than it holds, and refuses trailing bytes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace candor {

namespace codec {

struct AnyVisitor {
    template <class T>
    void operator()(const char*, T&&) const {}
};

template <class T>
concept HasFields = requires(T& t, AnyVisitor& v) { std::remove_const_t<T>::fields(t, v); };

// Strong strings (model/ids.h) expose their text as `value`.
template <class T>
concept StrongText = requires(T& t) {
    { t.value } -> std::convertible_to<std::string_view>;
    typename std::remove_const_t<T>::StrongTag;
};

void put_varint(std::string& out, std::uint64_t value);

inline std::uint64_t zigzag(std::int64_t n) {
    return (static_cast<std::uint64_t>(n) << 1) ^ static_cast<std::uint64_t>(n >> 63);
}
inline std::int64_t unzigzag(std::uint64_t n) {
    return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
}

}  // namespace codec

class Encoder {
   public:
    template <class T>
    void operator()(const char*, const T& value) {
        put(value);
    }

    template <class T>
    void put(const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            codec::put_varint(out_, value ? 1 : 0);
        } else if constexpr (std::is_enum_v<T>) {
            codec::put_varint(out_, static_cast<std::uint64_t>(value));
        } else if constexpr (std::is_integral_v<T>) {
            codec::put_varint(out_, codec::zigzag(static_cast<std::int64_t>(value)));
        } else if constexpr (std::is_same_v<T, Timestamp> || std::is_same_v<T, Duration>) {
            codec::put_varint(out_, codec::zigzag(value.ms));
        } else if constexpr (std::is_same_v<T, std::string>) {
            put_text(value);
        } else if constexpr (codec::StrongText<T>) {
            put_text(value.value);
        } else {
            T::fields(value, *this);
        }
    }
    template <class T>
    void put(const std::vector<T>& items) {
        codec::put_varint(out_, items.size());
        for (const T& item : items) put(item);
    }
    template <class T>
    void put(const std::optional<T>& item) {
        codec::put_varint(out_, item ? 1 : 0);
        if (item) put(*item);
    }
    template <class K, class V, class C>
    void put(const std::map<K, V, C>& items) {
        codec::put_varint(out_, items.size());
        for (const auto& [key, value] : items) {
            put(key);
            put(value);
        }
    }

    std::string take() { return std::move(out_); }

   private:
    void put_text(std::string_view text) {
        codec::put_varint(out_, text.size());
        out_ += text;
    }

    std::string out_;
};

class Decoder {
   public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    void operator()(const char*, T& value) {
        get(value);
    }

    template <class T>
    void get(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = varint() != 0;
        } else if constexpr (std::is_enum_v<T>) {
            const std::uint64_t raw = varint();
            if (raw > static_cast<std::uint64_t>(max_of(T{}))) bad_ = true;
            value = bad_ ? T{} : static_cast<T>(raw);
        } else if constexpr (std::is_integral_v<T>) {
            const std::int64_t raw = codec::unzigzag(varint());
            value = static_cast<T>(raw);
            if (static_cast<std::int64_t>(value) != raw) bad_ = true;
        } else if constexpr (std::is_same_v<T, Timestamp> || std::is_same_v<T, Duration>) {
            value.ms = codec::unzigzag(varint());
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = text();
        } else if constexpr (codec::StrongText<T>) {
            value.value = text();
        } else {
            T::fields(value, *this);
        }
    }
    template <class T>
    void get(std::vector<T>& items) {
        items.clear();
        const std::uint64_t n = count();
        for (std::uint64_t i = 0; i < n && !bad_; ++i) get(items.emplace_back());
    }
    template <class T>
    void get(std::optional<T>& item) {
        item.reset();
        if (varint() != 0 && !bad_) get(item.emplace());
    }
    template <class K, class V, class C>
    void get(std::map<K, V, C>& items) {
        items.clear();
        const std::uint64_t n = count();
        for (std::uint64_t i = 0; i < n && !bad_; ++i) {
            K key{};
            get(key);
            get(items[std::move(key)]);
        }
    }

    // True while every read so far was whole and in range.
    bool good() const { return !bad_; }
    bool at_end() const { return rest_.empty(); }
    // Marks the input as malformed; the outermost caller reports it.
    void set_bad() { bad_ = true; }

    std::uint64_t varint();
    std::string text();

   private:
    // A sequence cannot have more items than bytes are left: bounds what a hostile count allocates.
    std::uint64_t count();

    std::string_view rest_;
    bool bad_ = false;
};

// Prints "name=value name=value"; sequences as [a b], structs as {..}, absent optionals are left
// out.
class Printer {
   public:
    template <class T>
    void operator()(const char* name, const T& value) {
        if constexpr (requires { value.has_value(); }) {
            if (!value) return;
        }
        if (!out_.empty() && out_.back() != '{') out_ += ' ';
        out_ += name;
        out_ += '=';
        put(value);
    }

    template <class T>
    void put(const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            out_ += value ? "true" : "false";
        } else if constexpr (std::is_enum_v<T>) {
            out_ += name_of(value);
        } else if constexpr (std::is_integral_v<T>) {
            out_ += std::to_string(value);
        } else if constexpr (std::is_same_v<T, Timestamp>) {
            out_ += value.ms == 0 ? std::string("never") : format_rfc3339(value);
        } else if constexpr (std::is_same_v<T, Duration>) {
            out_ += std::to_string(value.ms) + "ms";
        } else if constexpr (std::is_same_v<T, std::string>) {
            put_text(value);
        } else if constexpr (codec::StrongText<T>) {
            out_ += value.value;
        } else {
            out_ += '{';
            T::fields(value, *this);
            out_ += '}';
        }
    }
    template <class T>
    void put(const std::vector<T>& items) {
        out_ += '[';
        for (const T& item : items) {
            if (out_.back() != '[') out_ += ' ';
            put(item);
        }
        out_ += ']';
    }
    template <class T>
    void put(const std::optional<T>& item) {
        if (item) put(*item);
    }
    template <class K, class V, class C>
    void put(const std::map<K, V, C>& items) {
        out_ += '[';
        for (const auto& [key, value] : items) {
            if (out_.back() != '[') out_ += ' ';
            put(key);
            out_ += ':';
            put(value);
        }
        out_ += ']';
    }

    std::string take() { return std::move(out_); }

   private:
    void put_text(std::string_view text);

    std::string out_;
};

template <class T>
std::string encode(const T& value) {
    Encoder encoder;
    encoder.put(value);
    return encoder.take();
}

// Refuses truncated, trailing and out-of-range bytes with kCorrupt.
template <class T>
Result<T> decode(std::string_view bytes) {
    Decoder decoder(bytes);
    T value{};
    decoder.get(value);
    if (!decoder.good() || !decoder.at_end()) {
        return fail(ErrorCode::kCorrupt,
                    "stored bytes do not decode: truncated, trailing or out of range");
    }
    return value;
}

template <class T>
std::string print_fields(const T& value) {
    Printer printer;
    T::fields(value, printer);
    return printer.take();
}

}  // namespace candor
