// Signs the words that links carry: what a message hands out and only its reader can bring back.
//
// HMAC-SHA-256 cut to 128 bits, each purpose apart; base64 for URLs, without padding. Compares in
// constant time. Pure; immutable, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace candor::notify {

class WordSigner final {
   public:
    // `key` is secret.
    explicit WordSigner(std::string key) : key_(std::move(key)) {}

    // 22 characters.
    std::string mark(std::string_view purpose, std::string_view bytes) const;
    bool is_mark(std::string_view mark, std::string_view purpose, std::string_view bytes) const;

    // The bytes themselves and their mark: "AAEC.Zm9v…".
    std::string seal(std::string_view purpose, std::string_view bytes) const;
    // Nothing for what was not sealed for this purpose.
    std::optional<std::string> open(std::string_view purpose, std::string_view word) const;

   private:
    std::string key_;
};

}  // namespace candor::notify
