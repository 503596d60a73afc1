#include "notify/subscribe_links.h"

#include "base/codec.h"

namespace candor::notify {
namespace {

constexpr std::size_t kIdLength = 22;  // 128 bits

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

}  // namespace

SubscriberId SubscribeLinks::id_of(std::string_view address) const {
    return {signer_.mark("subscriber id", lower(address)).substr(0, kIdLength)};
}

std::string SubscribeLinks::confirm_word(const SubscribeClaim& claim) const {
    return signer_.seal("confirm", encode(claim));
}

std::optional<SubscribeClaim> SubscribeLinks::confirmed(std::string_view word,
                                                        Timestamp now) const {
    if (word.size() > kLinkBytesMax) return std::nullopt;
    const auto bytes = signer_.open("confirm", word);
    if (!bytes) return std::nullopt;
    auto claim = decode<SubscribeClaim>(*bytes);
    if (!claim || claim->expires < now) return std::nullopt;
    return *std::move(claim);
}

std::string SubscribeLinks::subscriber_word(const SubscriberId& id) const {
    return id.value + '.' + signer_.mark("subscriber", id.value);
}

std::optional<SubscriberId> SubscribeLinks::subscriber(std::string_view word) const {
    const std::size_t dot = word.find('.');
    if (dot != kIdLength) return std::nullopt;
    const std::string_view id = word.substr(0, dot);
    if (!signer_.is_mark(word.substr(dot + 1), "subscriber", id)) return std::nullopt;
    return SubscriberId{std::string(id)};
}

}  // namespace candor::notify
