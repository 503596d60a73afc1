// The scenario language's words: lines of text become statements, statements are read word by word.
//
// Knows spelling only: what a statement means is told in stage.h. A word that nobody reads is an
// error, so that no misspelt expectation passes. Plain values; nothing here throws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace candor::scenarios {

struct Word {
    std::string text;
    bool quoted = false;
};

struct Line {
    int number = 0;
    std::vector<Word> words;
};

// Words are separated by spaces; "double quotes" make one word of several; `#` begins a comment.
Result<std::vector<Line>> read_lines(std::string_view text);

// "10s", "500ms", "1h30m", "2d", "1.5s".
Result<Duration> duration_from(std::string_view text);

class Words {
   public:
    explicit Words(const Line& line) : words_(line.words) {}

    bool done() const { return next_ == words_.size(); }
    bool next_is_quoted() const { return !done() && words_[next_].quoted; }
    // True, and one word further, when the next word is this one.
    bool take_if(std::string_view word);
    // The next word, whatever it is; `what` names it in the complaint when there is none.
    Result<std::string> take(std::string_view what);
    Result<std::string> take_quoted(std::string_view what);
    Result<std::int64_t> take_number(std::string_view what);
    Result<Duration> take_duration(std::string_view what);
    // "a,b,c"
    Result<std::vector<std::string>> take_list(std::string_view what);

    // One of the enumeration's wire names.
    template <class Enum>
    Result<Enum> take_name(std::string_view what) {
        const std::string text = TRY(take(what));
        if (const Enum* found = named<Enum>(text)) return *found;
        return fail(ErrorCode::kInvalid, "`" + text + "` is no " + std::string(what));
    }
    // The same, if the next word is one of them.
    template <class Enum>
    const Enum* take_name_if() {
        const Enum* found = done() || words_[next_].quoted ? nullptr : named<Enum>(peek());
        if (found != nullptr) ++next_;
        return found;
    }

    // Every word must have been read.
    Result<void> finish() const;

   private:
    const std::string& peek() const { return words_[next_].text; }

    template <class Enum>
    static const Enum* named(std::string_view text) {
        static const std::vector<Enum> kAll = [] {
            std::vector<Enum> all;
            for (int i = 0; i <= static_cast<int>(max_of(Enum{})); ++i) {
                all.push_back(static_cast<Enum>(i));
            }
            return all;
        }();
        for (const Enum& value : kAll) {
            if (name_of(value) == text) return &value;
        }
        return nullptr;
    }

    const std::vector<Word>& words_;
    std::size_t next_ = 0;
};

}  // namespace candor::scenarios
