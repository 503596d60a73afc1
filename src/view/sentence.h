// A sentence for readers that may mention instants, such as "Not measured since 21:03:12 UTC."
//
// Keeps each instant as a Timestamp, so that a page can show it in the reader's zone while feeds
// and JSON print UTC. Plain value; holds only words that are fit for strangers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace candor::view {

class Sentence {
   public:
    struct Part {
        std::string text;  // words, when `at` is zero
        Timestamp at;

        friend bool operator==(const Part&, const Part&) = default;
    };

    Sentence& say(std::string_view words);
    Sentence& at(Timestamp t);
    Sentence& append(const Sentence& other);

    bool empty() const { return parts_.empty(); }
    const std::vector<Part>& parts() const { return parts_; }
    // With instants written by instant_words().
    std::string plain(Timestamp as_of) const;

    friend bool operator==(const Sentence&, const Sentence&) = default;

   private:
    std::vector<Part> parts_;
};

// "21:03:12 UTC" on the same UTC day as `as_of`, else "4 April 2026, 21:03:12 UTC".
std::string instant_words(Timestamp t, Timestamp as_of);

}  // namespace candor::view
