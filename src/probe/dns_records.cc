#define CARES_NO_DEPRECATED  // newer releases rename calls that Debian 12's does not have yet
#include "probe/dns_records.h"

#include <ares.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace candor::probe {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kQuestionTailBytes = 4;  // type, class
constexpr std::size_t kRecordHeadBytes = 10;   // type, class, ttl, length

std::string lower_name(std::string_view name) {
    std::string out;
    for (const char c : name) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (out.size() > 1 && out.back() == '.') out.pop_back();
    return out;
}

// A position in the message that never leaves it.
class Cursor final {
   public:
    explicit Cursor(std::string_view message) : message_(message) {}

    bool has(std::size_t bytes) const { return message_.size() - at_ >= bytes; }
    std::size_t at() const { return at_; }
    void skip(std::size_t bytes) { at_ += bytes; }

    unsigned number16() {
        const auto high = static_cast<unsigned char>(message_[at_]);
        const auto low = static_cast<unsigned char>(message_[at_ + 1]);
        at_ += 2;
        return (static_cast<unsigned>(high) << 8) | low;
    }

    // Nullopt when the name runs out of the message, loops or is too long.
    std::optional<std::string> name() {
        if (!has(1)) return std::nullopt;
        const auto* bytes = reinterpret_cast<const unsigned char*>(message_.data());
        char* text = nullptr;
        long length = 0;
        const int status =
            ares_expand_name(bytes + at_, bytes, static_cast<int>(message_.size()), &text, &length);
        if (status != ARES_SUCCESS) return std::nullopt;
        const std::unique_ptr<char, void (*)(void*)> owned(text, &ares_free_string);
        if (length < 0 || !has(static_cast<std::size_t>(length))) return std::nullopt;
        at_ += static_cast<std::size_t>(length);
        return lower_name(owned.get());
    }

   private:
    std::string_view message_;
    std::size_t at_ = 0;
};

std::string address_text(int family, std::string_view bytes) {
    char text[INET6_ADDRSTRLEN] = {};
    return ::inet_ntop(family, bytes.data(), text, sizeof text) != nullptr ? text : "";
}

std::optional<std::string> joined_strings(std::string_view data) {
    std::string text;
    while (!data.empty()) {
        const auto length = static_cast<unsigned char>(data[0]);
        data.remove_prefix(1);
        if (length > data.size()) return std::nullopt;
        text += data.substr(0, length);
        data.remove_prefix(length);
    }
    return text;
}

// The text of one record whose data is message[at, at + length).
std::optional<std::string> record_text(std::string_view message, std::size_t at, std::size_t length,
                                       int type) {
    const std::string_view data = message.substr(at, length);
    Cursor cursor(message);
    cursor.skip(at);
    switch (type) {
        case ns_t_a:
            if (length != 4) return std::nullopt;
            return address_text(AF_INET, data);
        case ns_t_aaaa:
            if (length != 16) return std::nullopt;
            return address_text(AF_INET6, data);
        case ns_t_ns:
        case ns_t_cname: return cursor.name();
        case ns_t_mx: {
            if (length < 3) return std::nullopt;
            const std::string preference = std::to_string(cursor.number16());
            const auto name = cursor.name();
            return name ? std::optional(preference + " " + *name) : std::nullopt;
        }
        case ns_t_txt: return joined_strings(data);
        default: return std::nullopt;
    }
}

std::unexpected<Error> malformed() {
    return fail(ErrorCode::kInvalid, "the name server's answer is malformed");
}

}  // namespace

std::optional<int> dns_type_from(std::string_view name) {
    if (name == "A") return ns_t_a;
    if (name == "AAAA") return ns_t_aaaa;
    if (name == "CNAME") return ns_t_cname;
    if (name == "MX") return ns_t_mx;
    if (name == "NS") return ns_t_ns;
    if (name == "TXT") return ns_t_txt;
    return std::nullopt;
}

Result<std::vector<std::string>> dns_records(std::string_view message, int type) {
    Cursor cursor(message);
    if (!cursor.has(kHeaderBytes)) return malformed();
    cursor.skip(4);
    const unsigned questions = cursor.number16();
    const unsigned answers = cursor.number16();
    cursor.skip(4);
    for (unsigned i = 0; i < questions; ++i) {
        if (!cursor.name() || !cursor.has(kQuestionTailBytes)) return malformed();
        cursor.skip(kQuestionTailBytes);
    }
    std::vector<std::string> records;
    for (unsigned i = 0; i < answers && records.size() < kDnsRecordsMax; ++i) {
        if (!cursor.name() || !cursor.has(kRecordHeadBytes)) return malformed();
        const unsigned record_type = cursor.number16();
        const unsigned record_class = cursor.number16();
        cursor.skip(4);
        const std::size_t length = cursor.number16();
        if (!cursor.has(length)) return malformed();
        if (record_type == static_cast<unsigned>(type) && record_class == ns_c_in) {
            auto text = record_text(message, cursor.at(), length, type);
            if (!text) return malformed();
            records.push_back(std::move(*text));
        }
        cursor.skip(length);
    }
    std::sort(records.begin(), records.end());
    records.erase(std::unique(records.begin(), records.end()), records.end());
    return records;
}

std::string normal_record(std::string_view text, int type) {
    if (type == ns_t_txt) return std::string(text);
    if (type == ns_t_a || type == ns_t_aaaa) {
        const int family = type == ns_t_a ? AF_INET : AF_INET6;
        char bytes[16] = {};
        const std::string copy(text);
        if (::inet_pton(family, copy.c_str(), bytes) == 1) return address_text(family, {bytes, 16});
        return copy;
    }
    return lower_name(text);
}

}  // namespace candor::probe
