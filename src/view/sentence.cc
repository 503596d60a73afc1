#include "view/sentence.h"

namespace candor::view {

Sentence& Sentence::say(std::string_view words) {
    if (!parts_.empty() && parts_.back().at.ms == 0) {
        parts_.back().text += words;
    } else {
        parts_.push_back(Part{std::string(words), {}});
    }
    return *this;
}

Sentence& Sentence::at(Timestamp t) {
    parts_.push_back(Part{"", t});
    return *this;
}

Sentence& Sentence::append(const Sentence& other) {
    for (const Part& part : other.parts_) {
        if (part.at.ms == 0) {
            say(part.text);
        } else {
            at(part.at);
        }
    }
    return *this;
}

std::string Sentence::plain(Timestamp as_of) const {
    std::string out;
    for (const Part& part : parts_) {
        out += part.at.ms == 0 ? part.text : instant_words(part.at, as_of);
    }
    return out;
}

std::string instant_words(Timestamp t, Timestamp as_of) {
    const bool same_day = format_date(t) == format_date(as_of);
    return (same_day ? "" : format_long_date(t) + ", ") + format_clock(t) + " UTC";
}

}  // namespace candor::view
