#include "notify/answer_links.h"

#include "base/codec.h"

namespace candor::notify {

std::string AnswerLinks::word(const AnswerClaim& claim) const {
    return signer_.seal("answer", encode(claim));
}

std::optional<AnswerClaim> AnswerLinks::claimed(std::string_view word, Timestamp now) const {
    if (word.size() > kAnswerWordBytesMax) return std::nullopt;
    const auto bytes = signer_.open("answer", word);
    if (!bytes) return std::nullopt;
    auto claim = decode<AnswerClaim>(*bytes);
    if (!claim || claim->expires < now) return std::nullopt;
    return *std::move(claim);
}

}  // namespace candor::notify
